"""Roles: who may do what, as one table for auditors; and changing what a role allows."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from fugong.accounts import operations, queries
from fugong.accounts.choices import context_of, known_permissions
from fugong.accounts.models import Role
from fugong.accounts.web.forms import RoleForm
from fugong.core.clock import now
from fugong.core.web.pages import AskingRequest, action, page
from fugong.core.web.refusing import or_errors


@dataclass(frozen=True, slots=True)
class Line:
    """One permission: whether each role, in the order of the columns, allows it."""

    permission: str
    label: str | Promise
    allowed: tuple[bool, ...]


def matrix(roles: list[Role]) -> list[list[Line]]:
    """The permissions of each context together, in the order of their names."""
    labels = known_permissions()
    lines = [
        Line(name, label, tuple(name in role.permissions for role in roles)) for name, label in labels.items()
    ]
    ordered = sorted(lines, key=lambda line: (context_of(line.permission), line.permission))
    return [list(group) for _context, group in groupby(ordered, key=lambda line: context_of(line.permission))]


@page("users.see")
def roles(request: AskingRequest) -> HttpResponse:
    found = queries.list_roles(actor=request.actor)
    values = {"roles": found, "groups": matrix(found), "may_edit": request.actor.may("roles.edit")}
    return render(request, "accounts/roles.html", values)


@page("users.see")
def role(request: AskingRequest, code: str) -> HttpResponse:
    found = queries.get_role(code, actor=request.actor)
    labels = known_permissions()
    values = {
        "role": found,
        "permissions": [(name, labels[name]) for name in found.permissions],
        "holders": queries.list_role_holders(code, actor=request.actor, now=now()),
        "may_edit": request.actor.may("roles.edit"),
    }
    return render(request, "accounts/role.html", values)


@action("roles.edit")
def edit(request: AskingRequest, code: str) -> HttpResponse:
    found = queries.get_role(code, actor=request.actor)
    choices = list(known_permissions().items())
    form = RoleForm(request.POST or None, permissions=choices, initial={"permissions": found.permissions})
    if request.method == "POST" and form.is_valid():
        with or_errors(form):
            wanted = form.cleaned_data["permissions"]
            operations.edit_role(found, permissions_wanted=wanted, actor=request.actor, now=now())
            messages.success(request, _("Changed, for all holders at once."))
            return redirect("accounts:role", code)
    return render(
        request, "accounts/role_edit.html", {"form": form, "role": found}, status=422 if form.errors else 200
    )
