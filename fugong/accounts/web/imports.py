"""Importing users: a file, what it would do, and doing it when that was seen."""

from __future__ import annotations

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fugong.accounts import operations
from fugong.accounts.choices import Finding
from fugong.accounts.rules import Rows
from fugong.accounts.web.forms import ImportForm
from fugong.accounts.web.reading import rows_of
from fugong.core.actor import Actor
from fugong.core.clock import now
from fugong.core.refusals import Invalid
from fugong.core.web.pages import AskingRequest, action
from fugong.core.web.refusing import or_errors

SEEN_FOR = 3600


@action("users.manage")
def preview(request: AskingRequest) -> HttpResponse:
    """Between the two steps the rows are kept on the page itself, sealed against change: nowhere else."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with or_errors(form):
            rows = rows_of(form.cleaned_data["file"])
            lines = operations.preview_users(rows, actor=request.actor)
            new = sum(line.finding is Finding.NEW for line in lines)
            wrong = sum(line.finding is Finding.WRONG for line in lines)
            values = {"lines": lines, "new": new, "wrong": wrong, "kept": _kept(rows, request.actor)}
            return render(request, "accounts/import_preview.html", values)
    return render(request, "accounts/import.html", {"form": form}, status=422 if form.errors else 200)


@action("users.manage", methods=("POST",))
def commit(request: AskingRequest) -> HttpResponse:
    done = operations.import_users(
        _opened(request.POST.get("kept", ""), request.actor), actor=request.actor, now=now()
    )
    messages.success(
        request,
        _("%(added)s users added, %(known)s known already.") % {"added": done.added, "known": done.known},
    )
    return redirect("accounts:users")


def _kept(rows: Rows, actor: Actor) -> str:
    return signing.dumps(rows, salt=_salt(actor), compress=True)


def _opened(kept: str, actor: Actor) -> Rows:
    """Raises Invalid for a page that is too old, of somebody else, or changed."""
    try:
        rows: Rows = signing.loads(kept, salt=_salt(actor), max_age=SEEN_FOR)
    except signing.BadSignature:
        raise Invalid(_("The preview is too old. Hand the list in again."), code="old_preview") from None
    return rows


def _salt(actor: Actor) -> str:
    return f"fugong.accounts.import:{actor.user_id}"
