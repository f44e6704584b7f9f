"""The rows of a list of staff as the preview shows them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from fugong.core.actor import Actor
from fugong.core.punctuation import labelled
from fugong.core.regions import region_name
from fugong.core.web.handed_in import ListPages, told
from fugong.core.web.parts import Tone
from fugong.core.web.tables import BoundTable, Column
from fugong.enterprises import queries as enterprises
from fugong.people import queries
from fugong.people.choices import DocumentKind, StaffOutcome
from fugong.people.models import ImportBatch, ImportRow
from fugong.people.operations.importing.kind import STAFF
from fugong.people.operations.importing.taking import FILES_MOVED
from fugong.people.rules.documents import masked
from fugong.people.rules.importing.columns import LABELS

LOOKS: Final = {
    StaffOutcome.NEW: (Tone.GOOD, "plus"),
    StaffOutcome.MOVED: (Tone.GOOD, "user-plus"),
    StaffOutcome.CHANGED: (Tone.WARNING, "pencil"),
    StaffOutcome.QUESTION: (Tone.WAITING, "info-circle"),
    StaffOutcome.UNCHANGED: (Tone.NEUTRAL, "circle-check"),
    StaffOutcome.REFUSED: (Tone.BAD, "alert-circle"),
}
PAGES: Final = ListPages(
    name="people:import",
    title=_("Import staff"),
    home="people:list",
    home_label=_("People"),
    file_label=_("List of staff"),
    intro=_("The file is read and shown first. No file of a person changes until you confirm."),
    looks={outcome.value: (outcome.label, *look) for outcome, look in LOOKS.items()},
    notices={"no_start": _("No day of arrival is given; new employments begin on %(day)s.")},
    failures={"files_moved": FILES_MOVED},
)
HINTS: Final = {
    "phone": _("Row %(row)s has the same name and telephone under another number."),
    "home_region": _("Row %(row)s has the same name and home region under another number."),
}
FILE_HINTS: Final = {
    "phone": _("%(link)s has the same name and telephone under another number."),
    "home_region": _("%(link)s has the same name and home region under another number."),
}


class Preview:
    """The table of a list's rows: what each would do, field by field."""

    def __init__(self, batch: ImportBatch, actor: Actor) -> None:
        self.batch, self.actor = batch, actor

    def table(self, request: HttpRequest) -> BoundTable[ImportRow]:
        columns: list[Column[ImportRow]] = [
            Column(key="name", label=_p("person", "Name"), render=lambda row: row.name, heading=True),
            Column(key="document", label=_("Number of the document"), render=number_of, wide=True),
            *self._place_column(),
        ]
        return PAGES.rows(request, queries.rows_of_import(self.batch), columns, what=self._what)

    def _place_column(self) -> list[Column[ImportRow]]:
        if self.batch.enterprise_id is not None:
            return []
        return [Column(key="place", label=_("Enterprise"), render=self._place)]

    def _place(self, row: ImportRow) -> str:
        return self._places.get(row.enterprise_id, "") if row.enterprise_id else ""

    @cached_property
    def _letters(self) -> Mapping[str, str]:
        return STAFF.columns(self.batch).letters(self.batch.headings)

    @cached_property
    def _places(self) -> dict[object, str]:
        return dict(enterprises.list_enterprises(self.actor).values_list("id", "name"))

    def _what(self, row: ImportRow) -> SafeString:
        if row.problems:
            problems = queries.problems_in(row)
            lines = told(problems, LABELS, number=row.number, letters=self._letters)
        else:
            lines = [*self._question(row), *changes_of(row), *hints_of(row)]
        return format_html_join("", "<div>{}</div>", ((line,) for line in lines))

    def _question(self, row: ImportRow) -> list[str]:
        if row.outcome != StaffOutcome.QUESTION:
            return []
        if row.is_chosen:
            return [str(_("Decided: the same person. The file takes this name."))]
        return [str(_("The number has a file under another name. Unless you decide, the row is left out."))]


def number_of(row: ImportRow) -> str:
    number = row.document  # opened once
    return masked(number) if number else ""


def changes_of(row: ImportRow) -> list[SafeString]:
    lines = []
    for name, (before, after) in row.changes.items():
        label = LABELS[name]
        if before == after == "":
            lines.append(format_html("{}", labelled(label, _("differs (personal, not shown here)"))))
        else:
            shown = _value(name, before), _value(name, after)
            lines.append(format_html("{}<del>{}</del> → <ins>{}</ins>", labelled(label, ""), *shown))
    return lines


def hints_of(row: ImportRow) -> list[SafeString]:
    """Whoever may be the same person: in another row of the file, or with a file of his or her own."""
    return [_hint(what, where, name) for what, where, name in row.hints]


def _hint(what: str, where: object, name: str) -> SafeString:
    if not name:
        return format_html("{}", HINTS[what] % {"row": where})
    link = format_html('<a href="{}">{}</a>', reverse("people:detail", args=[where]), name)
    return format_html(str(FILE_HINTS[what]).replace("%(link)s", "{}"), link)


def _value(name: str, value: str) -> str:
    if name == "home_region":
        return region_name(value) if value else ""
    if name == "document_kind":
        return str(DocumentKind(value).label)
    return value
