"""Paper: the sheet to print, and the page on which filled-in sheets are typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.utils.translation import pgettext_lazy as _p

from fugong.core.clock import local_date
from fugong.core.clock import now as present
from fugong.core.refusals import Sentence
from fugong.core.web.pages import AskingRequest, action, page
from fugong.core.web.refusing import or_errors
from fugong.enterprises import queries as enterprises
from fugong.people import operations, permissions, queries
from fugong.people.choices import DocumentKind
from fugong.people.models import PaperSheet
from fugong.people.rules import consent
from fugong.people.rules.data import problems_of, tidied
from fugong.people.rules.paper import ROWS, TypedRow
from fugong.people.web.forms import DAY
from fugong.people.web.shown import address_of

FIELDS: Final[Mapping[str, str | Promise]] = {
    "name": _p("person", "Name"),
    "document_kind": _("Document"),
    "document": _("Number of the document"),
    "phone": _("Telephone"),
    "home_region": _("Home region"),
    "lodging": _("Present lodging"),
    "post": _("Post"),
    "shift": _("Shift"),
    "crew": _("Crew"),
}


class SheetForm(forms.Form):
    number = forms.CharField(
        label=_("Number of the sheet"),
        max_length=40,
        help_text=_("As it stands on the paper, so that the row can be found again."),
    )
    starts_on = forms.DateField(label=_("Employed from"), widget=DAY)


@dataclass(frozen=True, slots=True)
class Cell:
    name: str
    label: str | Promise
    value: str
    error: Sentence = ""


@dataclass(frozen=True, slots=True)
class Row:
    place: int
    cells: tuple[Cell, ...]
    error: Sentence = ""
    is_waiting: bool = field(default=False)


@page(permissions.REGISTER)
def blank(request: AskingRequest, enterprise_id: UUID) -> HttpResponse:
    """Twenty rows on A4, landscape, with the notice and a place to sign in each row."""
    place = _place(request, enterprise_id)
    values = {"enterprise": place, "rows": range(1, ROWS + 1), "fields": FIELDS, "notice": consent.notice()}
    return render(request, "people/paper_blank.html", values)


@action(permissions.REGISTER)
def sheets(request: AskingRequest, enterprise_id: UUID) -> HttpResponse:
    """Those typed so far, and a new one."""
    place = _place(request, enterprise_id)
    form = SheetForm(request.POST or None, initial={"starts_on": local_date(present())})
    if request.method == "POST" and form.is_valid():
        with or_errors(form):
            said = form.cleaned_data
            sheet = operations.begin_sheet(enterprise_id, **said, actor=request.actor, now=present())
            return redirect("people:sheet", sheet.id)
    found = queries.list_sheets(request.actor, enterprise_id)[:50]
    values = {"form": form, "enterprise": place, "sheets": found}
    return render(request, "people/paper_sheets.html", values, status=422 if form.errors else 200)


@action(permissions.REGISTER)
def sheet(request: AskingRequest, sheet_id: UUID) -> HttpResponse:
    """All rows at once, for a browser without scripts; else each row is sent as soon as it is left."""
    found = _sheet(request, sheet_id)
    problems: dict[int, Mapping[str, Sentence]] = {}
    if request.method == "POST":
        problems = _kept(request, found)
    rows = queries.rows_of(found)
    problems = {place: _again(typed) for place, typed in rows.waiting.items()} | problems
    lines = [
        _line(place, rows.waiting.get(place, TypedRow()), problems.get(place, {}))
        for place in sorted((*rows.waiting, *rows.free))
    ]
    people = queries.kept_of(found, actor=request.actor)
    values = {
        "sheet": found,
        "lines": lines,
        "kept": rows.kept,
        "people": [(place, person.name, address_of(person)) for place, person in people],
        "fields": FIELDS,
        "kinds": DocumentKind.choices,
    }
    return render(request, "people/paper_sheet.html", values)


@action(permissions.REGISTER)
def row(request: AskingRequest, sheet_id: UUID) -> HttpResponse:
    """One row, from the page: whether it is a file now, or what is wrong with it by field."""
    if request.method != "POST":
        return redirect("people:sheet", _sheet(request, sheet_id).id)
    place = _number(request.POST.get("place", ""))
    typed = TypedRow.of(_typed(request, place))
    kept = operations.keep_row(sheet_id, place, typed, actor=request.actor, now=present())
    problems = {name: str(sentence) for name, sentence in kept.problems.items()}
    return JsonResponse({"kept": kept.person is not None, "problems": problems})


def _kept(request: AskingRequest, found: PaperSheet) -> dict[int, Mapping[str, Sentence]]:
    problems, number = {}, 0
    for place in _places(request):
        typed = TypedRow.of(_typed(request, place))
        kept = operations.keep_row(found.id, place, typed, actor=request.actor, now=present())
        number += kept.person is not None
        if kept.problems:
            problems[place] = kept.problems
    if number:
        said = ngettext("%(number)s row is kept.", "%(number)s rows are kept.", number)
        messages.success(request, said % {"number": number})
    return problems


def _again(typed: TypedRow) -> Mapping[str, Sentence]:
    """Of a row that waits: what is wrong with it whatever files there are."""
    problems = problems_of(tidied(typed.person()), today=local_date(present()))
    told = {name: problem.sentence for name, problem in problems.items()}
    return told or {"": _("Keep the row again to see what is wrong with it.")}


def _places(request: AskingRequest) -> Iterator[int]:
    """Of the rows in which something was typed, in their order."""
    found = {name.split("-")[0] for name in request.POST if name.endswith("-name")}
    for place in sorted(filter(None, map(_number, found))):
        if not TypedRow.of(_typed(request, place)).is_empty:
            yield place


def _number(text: str) -> int:
    """Nought, which is no row's place, for what is no number or too long for one."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0


def _typed(request: AskingRequest, place: int) -> dict[str, str]:
    given = {name: request.POST.get(f"{place}-{name}") for name in FIELDS}
    return {name: value for name, value in given.items() if value is not None}


def _line(place: int, typed: TypedRow, problems: Mapping[str, Sentence]) -> Row:
    cells = tuple(
        Cell(name, label, getattr(typed, name), problems.get(name, "")) for name, label in FIELDS.items()
    )
    rest = [sentence for name, sentence in problems.items() if name not in FIELDS]
    return Row(place, cells, rest[0] if rest else "", not typed.is_empty)


def _place(request: AskingRequest, enterprise_id: UUID) -> object:
    place = enterprises.get_enterprise(request.actor, enterprise_id)
    permissions.check_may_register_at(request.actor, place)
    return place


def _sheet(request: AskingRequest, sheet_id: UUID) -> PaperSheet:
    found = queries.get_sheet(request.actor, sheet_id)
    _place(request, found.enterprise_id)
    return found
