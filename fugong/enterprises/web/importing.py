from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from fugong.core.clock import now as present
from fugong.core.importing.choices import BatchState
from fugong.core.web.handed_in import Offer, UploadForm, book_answer
from fugong.core.web.pages import AskingRequest, action, page
from fugong.core.web.refusing import or_errors
from fugong.enterprises import operations, permissions, queries
from fugong.enterprises.models import ImportBatch
from fugong.enterprises.web.books import error_book, template_book
from fugong.enterprises.web.imported import PAGES, Preview


@action(permissions.IMPORT)
def imports(request: AskingRequest) -> HttpResponse:
    """The lists handed in before, and the form for another."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_valid():
        with or_errors(form):
            batch = operations.start_import(form.cleaned_data["file"], actor=request.actor, now=present())
            return redirect("enterprises:import", batch.id)
    return PAGES.uploading(request, form, queries.list_imports(request.actor))


@page(permissions.IMPORT)
def preview(request: AskingRequest, batch_id: UUID) -> HttpResponse:
    batch = queries.get_import(request.actor, batch_id)
    return PAGES.preview(
        request,
        batch,
        Preview(batch, request.actor).table(request),
        Offer(batch.new + batch.changed, _confirming(batch)),
    )


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
    return book_answer(error_book(batch), "enterprises-errors.xlsx")


@page(permissions.IMPORT)
def template(request: AskingRequest) -> HttpResponse:
    return book_answer(template_book(request.actor), "enterprises.xlsx")


def _confirming(batch: ImportBatch) -> str:
    if not batch.new + batch.changed:
        return _("Nothing to take over: the register says all of this already, or the rows have errors.")
    numbers = {"new": batch.new, "changed": batch.changed, "refused": batch.refused}
    return (
        _(
            "Confirming enters %(new)s enterprises and changes %(changed)s. "
            "Rows with errors (%(refused)s) are left out."
        )
        % numbers
    )


def _taken(batch: ImportBatch) -> str:
    numbers = {"new": batch.new, "changed": batch.changed}
    return _("Taken over: %(new)s new, %(changed)s changed.") % numbers
