"""What an enterprise has given so far, and what is missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from fugong.core.canonical import digest
from fugong.playbooks.facts import Letter as PlaybookLetter
from fugong.resumption.choices import AnswerValue, PointKind
from fugong.resumption.models import Answer, Application, Evidence, Letter, Remark
from fugong.resumption.queries.terms import Terms, wanted_by
from fugong.resumption.rules.completeness import (
    Given,
    Missing,
    Wanted,
    WantedItem,
    WantedLetter,
    WantedPaper,
    find_missing,
    item_key,
    progress,
)


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item of the checklist as a page shows it."""

    wanted: WantedItem
    answer: Answer | None
    files: Sequence[Evidence]
    missing: Missing | None
    remarks: Sequence[Remark]


@dataclass(frozen=True, slots=True)
class PaperLine:
    wanted: WantedPaper
    files: Sequence[Evidence]
    missing: Missing | None
    remarks: Sequence[Remark]


@dataclass(frozen=True, slots=True)
class LetterLine:
    wanted: WantedLetter
    signed: Letter | None
    remarks: Sequence[Remark]


@dataclass(frozen=True, slots=True)
class Checklist:
    """`remarks` are those of the last return, which the enterprise still has to meet."""

    items: Sequence[ItemLine]
    papers: Sequence[PaperLine]
    letters: Sequence[LetterLine]
    missing: Sequence[Missing]
    done: int
    asked: int
    remarks: Sequence[Remark]


def checklist_of(application: Application, terms: Terms) -> Checklist:
    """Four statements, whatever the number of items."""
    wanted = wanted_by(terms)
    answers = {
        item_key(row.standard, row.item): row for row in Answer.objects.filter(application=application)
    }
    files = _files(application)
    letters = _letters(application, terms)
    remarks = list_remarks(application)
    given = _given(application, answers=answers, files=files, letters=letters)
    missing = find_missing(wanted, given)
    done, asked = progress(wanted, given)
    lacks = {(lack.kind, lack.key): lack for lack in missing}
    pointed = _by_point(remarks)
    return Checklist(
        items=[
            ItemLine(
                item,
                answers.get(item.key),
                files[PointKind.ITEM, item.key],
                lacks.get((PointKind.ITEM, item.key)),
                pointed[PointKind.ITEM, item.key],
            )
            for item in wanted.items
        ],
        papers=[
            PaperLine(
                paper,
                files[PointKind.PAPER, paper.key],
                lacks.get((PointKind.PAPER, paper.key)),
                pointed[PointKind.PAPER, paper.key],
            )
            for paper in wanted.papers
        ],
        letters=[
            LetterLine(letter, letters.get(letter.key), pointed[PointKind.LETTER, letter.key])
            for letter in wanted.letters
        ],
        missing=missing,
        done=done,
        asked=asked,
        remarks=remarks,
    )


def missing_of(application: Application, terms: Terms) -> tuple[Wanted, list[Missing]]:
    wanted = wanted_by(terms)
    answers = {
        item_key(row.standard, row.item): row for row in Answer.objects.filter(application=application)
    }
    given = _given(
        application, answers=answers, files=_files(application), letters=_letters(application, terms)
    )
    return wanted, find_missing(wanted, given)


def list_remarks(application: Application) -> list[Remark]:
    """Those of the newest return, if there was one."""
    rows = list(Remark.objects.filter(application=application).order_by("-round", "at", "id"))
    return [row for row in rows if row.round == rows[0].round]


def promises_digest(letter: PlaybookLetter) -> str:
    """The same for a letter read in Chinese or in English."""
    return digest([[promise.zh, promise.en] for promise in letter.promises]).hex()


def _given(
    application: Application,
    *,
    answers: dict[str, Answer],
    files: dict[tuple[PointKind, str], list[Evidence]],
    letters: dict[str, Letter],
) -> Given:
    return Given(
        answers={key: (AnswerValue(row.value), row.note) for key, row in answers.items()},
        files=frozenset(key for (_kind, key), rows in files.items() if rows),
        letters=frozenset(letters),
        planned_on=application.planned_on is not None,
        planned_staff=application.planned_staff,
    )


def _files(application: Application) -> dict[tuple[PointKind, str], list[Evidence]]:
    found: dict[tuple[PointKind, str], list[Evidence]] = defaultdict(list)
    rows = Evidence.objects.filter(application=application, removed_at=None).select_related("file")
    for row in rows.order_by("at", "id"):
        found[PointKind(row.kind), row.key].append(row)
    return found


def _letters(application: Application, terms: Terms) -> dict[str, Letter]:
    """Signed letters whose promises are still those of the playbook: a changed letter is signed anew."""
    present = {
        letter.id: promises_digest(letter) for letter in terms.playbook.letters_for(terms.facts, terms.on)
    }
    rows = Letter.objects.filter(application=application).order_by("signed_at", "id")
    return {row.key: row for row in rows if present.get(row.key) == row.sha256}


def _by_point(remarks: Sequence[Remark]) -> dict[tuple[PointKind, str], list[Remark]]:
    found: dict[tuple[PointKind, str], list[Remark]] = defaultdict(list)
    for remark in remarks:
        found[PointKind(remark.kind), remark.key].append(remark)
    return found
