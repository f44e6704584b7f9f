"""Users: the list, one person's page, adding, correcting, leaving."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from fugong.accounts import operations, permissions, queries
from fugong.accounts.models import User
from fugong.accounts.web.forms import CorrectionForm, ReasonForm, UserForm
from fugong.accounts.web.panels import person_page
from fugong.accounts.web.tables import USERS
from fugong.core.clock import now
from fugong.core.web.exports import answer_export
from fugong.core.web.pages import AskingRequest, action, page
from fugong.core.web.refusing import or_errors
from fugong.core.web.rendering import render_page
from fugong.core.web.tables import BoundTable


@page("users.see")
def users(request: AskingRequest) -> HttpResponse:
    values = {"may_manage": permissions.may_manage(request.actor)}
    return render_page(request, "accounts/users.html", values, table=_table(request, now()))


@action("users.see", methods=("POST",))
def export(request: AskingRequest) -> FileResponse:
    """Whoever sees the users is an administrator, and `exports.make` would be business in that hand."""
    at = now()
    return answer_export(request, _table(request, at), now=at, needs=("users.see",))


def _table(request: AskingRequest, at: datetime) -> BoundTable[User]:
    rows = queries.list_users(actor=request.actor, now=at)
    return USERS.bind(rows, request, export_url=reverse("accounts:export"))


@page("users.see")
def user(request: AskingRequest, user_id: UUID) -> HttpResponse:
    return render(request, "accounts/user.html", person_page(user_id, actor=request.actor, now=now()))


@action("users.manage")
def new(request: AskingRequest) -> HttpResponse:
    form = UserForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        entered = form.cleaned_data
        with or_errors(form):
            added = operations.create_user(
                entered["username"],
                name=entered["name"],
                phone=entered["phone"],
                actor=request.actor,
                now=now(),
            )
            messages.success(
                request, _("Added. The security administrator can now invite the person and grant roles.")
            )
            return redirect("accounts:user", added.id)
    return render(request, "accounts/new.html", {"form": form}, status=422 if form.errors else 200)


@action("users.manage")
def correct(request: AskingRequest, user_id: UUID) -> HttpResponse:
    person = queries.get_user(user_id, actor=request.actor)
    form = CorrectionForm(request.POST or None, initial={"name": person.name, "phone": person.phone})
    if request.method == "POST" and form.is_valid():
        entered = form.cleaned_data
        with or_errors(form):
            operations.correct(
                person, name=entered["name"], phone=entered["phone"], actor=request.actor, now=now()
            )
            messages.success(request, _("Corrected."))
            return redirect("accounts:user", user_id)
    values = {"form": form, "person": person}
    return render(request, "accounts/correct.html", values, status=422 if form.errors else 200)


@action("users.manage")
def leave(request: AskingRequest, user_id: UUID) -> HttpResponse:
    person = queries.get_user(user_id, actor=request.actor)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with or_errors(form):
            operations.leave(person, actor=request.actor, now=now(), note=form.cleaned_data["note"])
            messages.success(request, _("Recorded. Roles and responsibilities have ended, sessions too."))
            return redirect("accounts:user", user_id)
    values = {"form": form, "person": person, "history": queries.user_history(user_id, actor=request.actor)}
    return render(request, "accounts/leave.html", values, status=422 if form.errors else 200)


@action("users.manage", methods=("POST",))
def return_to_work(request: AskingRequest, user_id: UUID) -> HttpResponse:
    person = queries.get_user(user_id, actor=request.actor)
    operations.return_to_work(person, actor=request.actor, now=now())
    messages.success(request, _("The person is back; roles and a password have to be given anew."))
    return redirect("accounts:user", user_id)
