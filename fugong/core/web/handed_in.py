"""The pages of lists that are handed in: the same for every kind, each with its own words and addresses."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from fugong.core.icons import draw
from fugong.core.importing.choices import BatchState
from fugong.core.problems import Problem
from fugong.core.punctuation import labelled
from fugong.core.sheets import faults
from fugong.core.web.exports import XLSX
from fugong.core.web.parts import KeyFigure, Tone
from fugong.core.web.rendering import render_page
from fugong.core.web.tables import BoundTable, Column, Filter, Table

BUSY: Final = (BatchState.READING, BatchState.CONFIRMING)
OTHER_FAILURE: Final = _("The list was not taken over, and nothing was changed.")
Look = tuple[str | Promise, Tone, str]
"""An outcome's word, what it means for the reader, its icon."""


@dataclass(frozen=True, slots=True)
class Link:
    """One more thing that can be done with a list that waits."""

    url: str
    label: str
    icon: str


@dataclass(frozen=True, slots=True)
class Offer:
    """What confirming a list would do, in a sentence; nothing without rows to take."""

    to_take: int
    summary: str
    links: Sequence[Link] = ()


class UploadForm(forms.Form):
    file = forms.FileField(label=_("File"), allow_empty_file=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPages:
    """`name` begins the names of the addresses: `people:import` for people:imports, people:import_confirm …

    `notices` and `failures` are sentences by code, beside those that are true of every list.
    """

    name: str
    title: Promise
    home: str
    home_label: Promise
    file_label: Promise
    intro: Promise
    looks: Mapping[str, Look]
    notices: Mapping[str, Promise] = field(default_factory=dict)
    failures: Mapping[str, Promise] = field(default_factory=dict)

    def uploading(
        self, request: HttpRequest, form: forms.Form, batches: Sequence[Any], **more: Any
    ) -> HttpResponse:
        """The form for a file, and the lists handed in before."""
        shown = [{"row": row, "url": reverse(self.name, args=[row.id])} for row in batches]
        values = {"pages": self, "form": form, "batches": shown, **self._common(), **more}
        return render(request, "core/imports.html", values, status=422 if form.errors else 200)

    def preview(self, request: HttpRequest, batch: Any, table: BoundTable[Any], offer: Offer) -> HttpResponse:
        """What taking the list over would do; while the worker is at it, how far it is."""
        values = {
            "pages": self,
            "batch": batch,
            "is_busy": batch.state in BUSY,
            "is_reading": batch.state == BatchState.READING,
            "is_waiting": batch.state == BatchState.READ,
            "offer": offer,
            "has_errors": batch.refused > 0 and not batch.swept,
            "figures": self._figures(batch),
            "failure": self._failure(batch),
            "notices": self._notices(batch),
            "url": {
                name: reverse(f"{self.name}{end}", args=[batch.id])
                for name, end in {"self": "", **{each: f"_{each}" for each in STEPS}}.items()
            },
            **self._common(),
        }
        shown = None if batch.state in (*BUSY, BatchState.FAILED) else table
        return render_page(request, "core/import.html", values, table=shown, part="import-state")

    def outcome(self, outcome: str) -> SafeString:
        label, tone, icon = self.looks[outcome]
        return format_html('<span class="state tone-{}">{}{}</span>', tone, draw(icon), label)

    def outcome_filter(self) -> Filter[Any]:
        return Filter(
            key="outcome",
            label=_("Outcome"),
            choices=[(outcome, label) for outcome, (label, _tone, _icon) in self.looks.items()],
            apply=lambda rows, values: rows.filter(outcome__in=values),
        )

    def rows(
        self,
        request: HttpRequest,
        rows: QuerySet[Any],
        columns: Sequence[Column[Any]],
        *,
        what: Callable[[Any], SafeString],
    ) -> BoundTable[Any]:
        """The table of a list's rows; `what` says what each would do, `columns` stand behind its number."""
        table = Table[Any](
            key="import-rows",
            label=_("Rows of the file"),
            columns=[
                Column(
                    key="number", label=_("Row"), render=lambda row: row.number, sort=("number",), number=True
                ),
                *columns,
                Column(
                    key="outcome",
                    label=_("Outcome"),
                    render=lambda row: self.outcome(row.outcome),
                    sort=("outcome", "number"),
                ),
                Column(key="what", label=_("What changes, or what is wrong"), render=what),
            ],
            filters=[self.outcome_filter()],
            default_sort="number",
        )
        return table.bind(rows, request)

    def _common(self) -> dict[str, str]:
        return {
            "home_url": reverse(self.home),
            "list_url": reverse(f"{self.name}s"),
            "template_url": reverse(f"{self.name}_template"),
        }

    def _figures(self, batch: Any) -> list[KeyFigure]:
        """Coloured only where there is something to look at."""
        numbers = {outcome: getattr(batch, outcome) for outcome in self.looks}
        return [
            KeyFigure(
                self.looks[outcome][0], str(number), tone=self.looks[outcome][1] if number else Tone.NEUTRAL
            )
            for outcome, number in numbers.items()
        ]

    def _failure(self, batch: Any) -> str:
        if not batch.failure:
            return ""
        if batch.state == BatchState.FAILED:
            code, details = batch.notices[0]
            said: dict[str, str] = details
            return str(faults.SENTENCES[code]) % said
        sentence: str | Promise = self.failures.get(batch.failure, OTHER_FAILURE)
        return str(sentence)

    def _notices(self, batch: Any) -> list[str]:
        """In the reader's language."""
        if batch.state == BatchState.FAILED:
            return []
        sentences = {**faults.NOTICES, **self.notices}
        return [str(sentences[code]) % details for code, details in batch.notices]


def told(
    problems: Mapping[str, Problem],
    labels: Mapping[str, str | Promise],
    *,
    number: int,
    letters: Mapping[str, str],
) -> list[str]:
    """What is wrong with a row, each with its field and, where the file has the column, with its cell."""
    return [
        labelled(_named(labels.get(name, name), number, letters.get(name, "")), problem.sentence)
        for name, problem in problems.items()
    ]


def _named(label: str | Promise, number: int, letter: str) -> str:
    said = {"field": label, "cell": f"{letter}{number}"}
    return str(CELL) % said if letter else str(label)


CELL: Final = _("%(field)s (cell %(cell)s)")
STEPS: Final = ("confirm", "discard", "errors")


def book_answer(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
