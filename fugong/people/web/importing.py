from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fugong.core.actor import Actor
from fugong.core.clock import now as present
from fugong.core.importing.choices import BatchState
from fugong.core.web.handed_in import Link, Offer, UploadForm, book_answer
from fugong.core.web.pages import AskingRequest, action, page
from fugong.core.web.refusing import or_errors
from fugong.people import operations, permissions, queries
from fugong.people.models import ImportBatch
from fugong.people.operations.importing.kind import STAFF
from fugong.people.queries.places import places_for
from fugong.people.web.books import error_book, template_book
from fugong.people.web.imported import PAGES, Preview, changes_of, number_of

QUESTIONS_A_PAGE = 100


class StaffForm(UploadForm):
    """Who keeps the files of one enterprise need not say which; the others may leave it to the file."""

    enterprise_id = forms.TypedChoiceField(
        label=gettext_lazy("Enterprise"), coerce=UUID, required=False, empty_value=None
    )

    def __init__(self, *args: object, actor: Actor, only: str = "", **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        places = places_for(actor)
        field = self.fields["enterprise_id"]
        assert isinstance(field, forms.TypedChoiceField)
        several = [] if len(places) == 1 else [("", _("As the column “Enterprise” of the file says"))]
        field.choices = [*several, *places]
        field.required = not several
        field.initial = only or places[0][0] if len(places) == 1 else only


@action(permissions.REGISTER)
def imports(request: AskingRequest) -> HttpResponse:
    """The lists handed in before, and the form for another."""
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = StaffForm(*sent, actor=request.actor, only=request.GET.get("enterprise", ""))
    if form.is_valid():
        given = form.cleaned_data
        with or_errors(form):
            batch = operations.start_import(
                given["file"], enterprise_id=given["enterprise_id"], actor=request.actor, now=present()
            )
            return redirect("people:import", batch.id)
    return PAGES.uploading(request, form, queries.list_imports(request.actor))


@page(permissions.REGISTER)
def preview(request: AskingRequest, batch_id: UUID) -> HttpResponse:
    batch = queries.get_import(request.actor, batch_id)
    return PAGES.preview(
        request,
        batch,
        Preview(batch, request.actor).table(request),
        Offer(STAFF.to_take(batch), _confirming(batch), _links(batch)),
    )


@action(permissions.REGISTER)
def questions(request: AskingRequest, batch_id: UUID) -> HttpResponse:
    """The same number, another name: the same person, or somebody's slip. Nobody but a person can say."""
    batch = queries.get_import(request.actor, batch_id)
    if request.method == "POST":
        shown, same = (_ids(request.POST.getlist(name)) for name in ("shown", "same"))
        operations.choose_rows(batch_id, same=same, other=shown - same, actor=request.actor, now=present())
        messages.success(request, _("Your decisions are kept; confirm the list when you are ready."))
        return redirect("people:import", batch_id)
    rows = [
        {"row": row, "number": number_of(row), "changes": changes_of(row)}
        for row in queries.questions_of_import(batch)[:QUESTIONS_A_PAGE]
    ]
    return render(request, "people/import_questions.html", {"batch": batch, "pages": PAGES, "rows": rows})


@action(permissions.REGISTER, methods=("POST",))
def confirm(request: AskingRequest, batch_id: UUID) -> HttpResponse:
    batch = operations.confirm_import(batch_id, actor=request.actor, now=present())
    if batch.state == BatchState.CONFIRMED:
        messages.success(request, _taken(batch))
    return redirect("people:import", batch.id)


@action(permissions.REGISTER, methods=("POST",))
def discard(request: AskingRequest, batch_id: UUID) -> HttpResponse:
    operations.discard_import(batch_id, actor=request.actor, now=present())
    messages.success(request, _("The list was discarded; nothing was taken over."))
    return redirect("people:imports")


@page(permissions.REGISTER)
def errors(request: AskingRequest, batch_id: UUID) -> HttpResponse:
    """The person's own rows back, each with what is wrong."""
    batch = queries.get_import(request.actor, batch_id)
    return book_answer(error_book(batch), "staff-errors.xlsx")


@page(permissions.REGISTER)
def template(request: AskingRequest) -> HttpResponse:
    return book_answer(template_book(request.actor), "staff.xlsx")


def _links(batch: ImportBatch) -> list[Link]:
    if batch.state != BatchState.READ or not batch.question:
        return []
    label = ngettext("Decide %(count)s row", "Decide %(count)s rows", batch.question) % {
        "count": batch.question
    }
    return [Link(reverse("people:import_questions", args=[batch.id]), label, "pencil")]


def _confirming(batch: ImportBatch) -> str:
    if batch.unchanged and batch.unchanged == batch.total:
        return _("The files say all of this already: nothing would change.")
    if not STAFF.to_take(batch):
        return _(
            "Nothing to take over: the files say all of this already, or rows have errors or wait for you."
        )
    numbers = {"new": batch.new, "moved": batch.moved, "changed": batch.changed + batch.chosen}
    left = batch.refused + batch.question - batch.chosen
    return _(
        "Confirming opens %(new)s files, takes %(moved)s people on from elsewhere and changes "
        "%(changed)s. Rows with errors or not decided (%(left)s) are left out."
    ) % (numbers | {"left": left})


def _taken(batch: ImportBatch) -> str:
    numbers = {"new": batch.new, "moved": batch.moved, "changed": batch.changed + batch.chosen}
    return _("Taken over: %(new)s new, %(moved)s from elsewhere, %(changed)s changed.") % numbers


def _ids(texts: list[str]) -> set[UUID]:
    found = set()
    for text in texts:
        try:
            found.add(UUID(text))
        except ValueError:
            continue
    return found
