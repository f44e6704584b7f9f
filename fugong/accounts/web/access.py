"""Letting people in again: invitations, new passwords, unlocking; and the page where a code is used."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from fugong.accounts import operations, queries
from fugong.accounts.operations import IssuedCode
from fugong.accounts.web.counting import knock_of
from fugong.accounts.web.forms import NoteForm, ReasonForm, WelcomeForm
from fugong.core.clock import now
from fugong.core.web.pages import AskingRequest, action, public
from fugong.core.web.refusing import or_errors


@action("users.grant")
def invite(request: AskingRequest, user_id: UUID) -> HttpResponse:
    person = queries.get_user(user_id, actor=request.actor)
    form = NoteForm(request.POST or None)
    if request.method == "POST":
        with or_errors(form):
            return _show(request, operations.invite(person, actor=request.actor, now=now()))
    return render(request, "accounts/invite.html", {"person": person, "form": form}, status=_status(form))


@action("users.grant")
def reset(request: AskingRequest, user_id: UUID) -> HttpResponse:
    person = queries.get_user(user_id, actor=request.actor)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with or_errors(form):
            note = form.cleaned_data["note"]
            return _show(
                request, operations.reset_password(person, actor=request.actor, now=now(), note=note)
            )
    return render(request, "accounts/reset.html", {"person": person, "form": form}, status=_status(form))


@action("users.grant")
def clear_factors(request: AskingRequest, user_id: UUID) -> HttpResponse:
    person = queries.get_user(user_id, actor=request.actor)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with or_errors(form):
            note = form.cleaned_data["note"]
            operations.clear_second_factors(person, actor=request.actor, now=now(), note=note)
            messages.success(
                request, _("Removed. The person signs in with the password only until a new one is set up.")
            )
            return redirect("accounts:user", user_id)
    return render(
        request, "accounts/clear_factors.html", {"person": person, "form": form}, status=_status(form)
    )


@action("users.grant", methods=("POST",))
def unlock(request: AskingRequest, user_id: UUID) -> HttpResponse:
    operations.unlock(queries.get_user(user_id, actor=request.actor), actor=request.actor, now=now())
    messages.success(request, _("Unlocked."))
    return redirect("accounts:user", user_id)


def _status(form: NoteForm | ReasonForm) -> int:
    return 422 if form.errors else 200


def _show(request: AskingRequest, issued: IssuedCode) -> HttpResponse:
    """Answered at once and not by a redirect: the code is nowhere kept from which it could be shown again."""
    address = request.build_absolute_uri(f"{reverse('accounts:welcome')}?user={issued.user.username}")
    return render(request, "accounts/code.html", {"issued": issued, "address": address})


@public("who has no password yet cannot sign in; tries are counted and locked like sign-in")
@sensitive_post_parameters("code", "password", "again")
@never_cache
def welcome(request: HttpRequest) -> HttpResponse:
    form = WelcomeForm(request.POST or None, initial={"username": request.GET.get("user", "")[:60]})
    if request.method == "POST" and form.is_valid() and _redeemed(form):
        messages.success(request, _("Your password is set. Sign in with it."))
        return redirect("account_login")
    return render(request, "accounts/welcome.html", {"form": form}, status=422 if form.errors else 200)


def _redeemed(form: WelcomeForm) -> bool:
    entered = form.cleaned_data
    with or_errors(form):
        operations.redeem(
            knock_of(entered["username"]), code=entered["code"], password=entered["password"], now=now()
        )
        return True
    return False
