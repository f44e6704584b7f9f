"""What an application lacks before it may be submitted. The playbook says what is wanted; nothing else may be
asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fugong.resumption.choices import AnswerValue, PointKind


@dataclass(frozen=True, slots=True)
class WantedItem:
    """One line of the checklist. `item` is empty when the playbook has only the standard's name."""

    standard: str
    item: str
    label: str
    needs_file: bool = False
    is_veto: bool = False
    papers: tuple[str, ...] = ()  # papers that are evidence here too, so that they are not asked for twice

    @property
    def key(self) -> str:
        return item_key(self.standard, self.item)


@dataclass(frozen=True, slots=True)
class WantedPaper:
    key: str
    label: str
    is_required: bool = True


@dataclass(frozen=True, slots=True)
class WantedLetter:
    """A letter of commitment with its full text as it will be signed."""

    key: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Wanted:
    items: Sequence[WantedItem] = ()
    papers: Sequence[WantedPaper] = ()
    letters: Sequence[WantedLetter] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """What the enterprise has said so far. `files`: keys of items and papers that have at least one file."""

    answers: Mapping[str, tuple[AnswerValue, str]] = field(default_factory=dict)
    files: frozenset[str] = frozenset()
    letters: frozenset[str] = frozenset()
    planned_on: bool = False
    planned_staff: int | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    kind: PointKind
    key: str
    label: str
    why: str | Promise


def item_key(standard: str, item: str) -> str:
    return f"{standard}/{item}" if item else standard


def find_missing(wanted: Wanted, given: Given) -> list[Missing]:
    """In the order of the form, at most one line for each thing."""
    return [*_fields(given), *_items(wanted, given), *_papers(wanted, given), *_letters(wanted, given)]


def progress(wanted: Wanted, given: Given) -> tuple[int, int]:
    """How many things are done, of how many that are asked."""
    required = [paper for paper in wanted.papers if paper.is_required]
    asked = 2 + len(wanted.items) + len(required) + len(wanted.letters)
    return asked - len(find_missing(wanted, given)), asked


def _fields(given: Given) -> Iterator[Missing]:
    if not given.planned_on:
        yield Missing(
            PointKind.FIELD, "planned_on", str(_("Planned day")), _("Say on which day work is to start.")
        )
    if not given.planned_staff:
        yield Missing(
            PointKind.FIELD,
            "planned_staff",
            str(_("People on post")),
            _("Say how many people are to be on post."),
        )


def _items(wanted: Wanted, given: Given) -> Iterator[Missing]:
    for item in wanted.items:
        why = _why_item_lacks(item, given)
        if why:
            yield Missing(PointKind.ITEM, item.key, item.label, why)


def _why_item_lacks(item: WantedItem, given: Given) -> str | Promise | None:
    value, note = given.answers.get(item.key, (None, ""))
    if value is None:
        return _("Not answered yet.")
    if value is AnswerValue.NOT_MET and item.is_veto:
        return _("Without this no application can be accepted.")
    if value is not AnswerValue.MET and not note.strip():
        return _("Say why, in a few words.")
    if value is AnswerValue.MET and item.needs_file and given.files.isdisjoint({item.key, *item.papers}):
        return _("Add the evidence.")
    return None


def _papers(wanted: Wanted, given: Given) -> Iterator[Missing]:
    for paper in wanted.papers:
        if paper.is_required and paper.key not in given.files:
            yield Missing(PointKind.PAPER, paper.key, paper.label, _("Add this paper."))


def _letters(wanted: Wanted, given: Given) -> Iterator[Missing]:
    for letter in wanted.letters:
        if letter.key not in given.letters:
            yield Missing(PointKind.LETTER, letter.key, letter.label, _("Read the letter and sign it."))
