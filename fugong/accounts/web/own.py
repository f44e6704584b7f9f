"""One's own account: what it may do, its password, its second factors."""

from __future__ import annotations

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fugong.accounts import operations, queries
from fugong.accounts.models import User
from fugong.accounts.web.forms import NewPasswordForm
from fugong.accounts.web.panels import responsibilities
from fugong.core.clock import now
from fugong.core.refusals import Refused
from fugong.core.web.pages import AskingRequest, action, page


class PersonRequest(AskingRequest):
    """Behind the closed door `request.user` is always somebody."""

    user: User


@page()
def account(request: PersonRequest) -> HttpResponse:
    history = queries.own_history(actor=request.actor)
    return render(
        request, "accounts/own.html", {"person": history.user, **responsibilities(history, now=now())}
    )


@action()
def password(request: PersonRequest) -> HttpResponse:
    """Asks for the present password first, on the page that counts tries, unless it was just given at sign-
    in."""
    if not request.user.must_change_password:
        raise_if_reauthentication_required(request, app="allauth.account")
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _changed(request, form):
        messages.success(request, _("Your password is changed. Your other sessions have ended."))
        return redirect("accounts:own")
    values = {"form": form, "first": request.user.must_change_password}
    return render(request, "accounts/own_password.html", values, status=422 if form.errors else 200)


def _changed(request: PersonRequest, form: NewPasswordForm) -> bool:
    try:
        user = operations.change_own_password(
            request.user, password=form.cleaned_data["password"], actor=request.actor, now=now()
        )
    except Refused as refusal:
        form.add_error("password", str(refusal))
        return False
    update_session_auth_hash(request, user)
    return True
