from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fugong.core.clock import now as present
from fugong.core.refusals import Refused
from fugong.core.web.exports import XLSX
from fugong.core.web.pages import AskingRequest, action, page
from fugong.core.web.rendering import render_page
from fugong.enterprises import operations, permissions, queries
from fugong.enterprises.choices import BatchState
from fugong.enterprises.models import ImportBatch
from fugong.enterprises.rules.importing.faults import notice
from fugong.enterprises.web.books import error_book, template_book
from fugong.enterprises.web.forms import add_refusal
from fugong.enterprises.web.imported import Preview, figures_of

BUSY = (BatchState.READING, BatchState.CONFIRMING)
FAILURES = {
    "register_moved": gettext_lazy(
        "The register has changed since the file was read. Hand it in again; nothing was taken over."
    ),
}
OTHER_FAILURE = gettext_lazy("The list was not taken over, and nothing was changed.")


class UploadForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("List of enterprises"), allow_empty_file=True)


@action(permissions.IMPORT)
def imports(request: AskingRequest) -> HttpResponse:
    """The lists handed in before, and the form for another."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_valid():
        try:
            batch = operations.start_import(form.cleaned_data["file"], actor=request.actor, now=present())
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            return redirect("enterprises:import", batch.id)
    values = {"form": form, "batches": queries.list_imports(request.actor)}
    return render(request, "enterprises/imports.html", values, status=422 if form.errors else 200)


@page(permissions.IMPORT)
def preview(request: AskingRequest, batch_id: UUID) -> HttpResponse:
    """What taking the list over would do; while the worker is at it, how far it is."""
    batch = queries.get_import(request.actor, batch_id)
    values = {
        "batch": batch,
        "is_busy": batch.state in BUSY,
        "is_reading": batch.state == BatchState.READING,
        "is_waiting": batch.state == BatchState.READ,
        "to_take": batch.new + batch.changed,
        "figures": figures_of(batch),
        "notices": [notice(code, details) for code, details in batch.notices],
        "failure": FAILURES.get(batch.failure, OTHER_FAILURE) if batch.failure else "",
    }
    table = None if batch.state in BUSY else Preview(batch, request.actor).table(request)
    return render_page(request, "enterprises/import.html", values, table=table, part="import-state")


@action(permissions.IMPORT, methods=("POST",))
def confirm(request: AskingRequest, batch_id: UUID) -> HttpResponse:
    batch = operations.confirm_import(batch_id, actor=request.actor, now=present())
    if batch.state == BatchState.CONFIRMED:
        messages.success(request, _taken(batch))
    return redirect("enterprises:import", batch.id)


@action(permissions.IMPORT, methods=("POST",))
def discard(request: AskingRequest, batch_id: UUID) -> HttpResponse:
    operations.discard_import(batch_id, actor=request.actor, now=present())
    messages.success(request, _("The list was discarded; nothing was taken over."))
    return redirect("enterprises:imports")


@page(permissions.IMPORT)
def errors(request: AskingRequest, batch_id: UUID) -> HttpResponse:
    """The person's own rows back, each with what is wrong."""
    batch = queries.get_import(request.actor, batch_id)
    return _book(error_book(batch), "enterprises-errors.xlsx")


@page(permissions.IMPORT)
def template(request: AskingRequest) -> HttpResponse:
    return _book(template_book(request.actor), "enterprises.xlsx")


def _taken(batch: ImportBatch) -> str:
    numbers = {"new": batch.new, "changed": batch.changed}
    return _("Taken over: %(new)s new, %(changed)s changed.") % numbers


def _book(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
