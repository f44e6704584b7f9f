"""Judging rows against the files and laying them ready, thousands in one statement."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from fugong.core.actor import Actor
from fugong.core.canonical import as_json
from fugong.core.clock import local_date
from fugong.core.ids import new_id_text
from fugong.core.importing.kinds import Judge, Numbered, ReadTable
from fugong.core.importing.staging import add_lot
from fugong.core.names import spellings
from fugong.core.sealed import NORMALISERS, sealer, search_hasher
from fugong.core.sheets.cells import text_of
from fugong.core.sheets.reading import Cell
from fugong.people.choices import DATA_CLASS, DocumentKind, StaffOutcome
from fugong.people.models import ImportBatch
from fugong.people.operations.importing.known import Namesakes, known_by_document
from fugong.people.operations.importing.places import Places
from fugong.people.rules.importing.rows import Judgement, Known, Reader, Row, find_alike, judge, narrow_region
from fugong.people.rules.problems import Problem


def _value(column: tuple[int, tuple[str, str]]) -> str:
    """Of a line of the lot, by its place."""
    place, (_name, type_) = column
    return f"decode(line ->> {place}, 'hex')" if type_ == "bytea" else f"(line ->> {place})::{type_}"


COLUMNS: Final = {
    **dict.fromkeys(("id",), "uuid"),
    **{"number": "int", "outcome": "text", "begins": "bool", "name": "text"},
    **dict.fromkeys(("changes", "problems", "hints"), "jsonb"),
    "cells": "bytea",
    **dict.fromkeys(("person_id", "employment_id", "enterprise_id", "left_enterprise_id"), "uuid"),
    "seen_at": "timestamptz",
    **dict.fromkeys(("name_key", "name_pinyin", "name_initials", "document_kind"), "text"),
    **dict.fromkeys(("document", "document_hash", "phone", "phone_hash", "phone_before"), "bytea"),
    **dict.fromkeys(("home_region", "lodging", "post", "shift", "crew", "room"), "text"),
    "starts_on": "date",
}
HINTS_TOLD: Final = 3
# One text for a lot: an array for each column would take the driver longer than the database.
ADD: Final = f"""
    insert into people_importrow (authority_id, batch_id, is_chosen, {", ".join(COLUMNS)})
    select %(authority)s, %(batch)s, false, {", ".join(map(_value, enumerate(COLUMNS.items())))}
      from jsonb_array_elements(%(rows)s::jsonb) as line
"""  # noqa: S608 - names and types of our own
VALUES: Final = {outcome: outcome.value for outcome in StaffOutcome}
RESIDENT_ID: Final = DocumentKind.RESIDENT_ID.value
REFUSED, UNCHANGED = StaffOutcome.REFUSED, StaffOutcome.UNCHANGED
NOTHING: Final[list[Any]] = []
WORDS: Final = ("post", "shift", "crew", "room")
NO_VALUES: Final = (
    *(None, None, None, None, None),
    *("", "", "", "", "", None),
    *("", None, "", "", ""),
    *("", "", "", "", None),
)
Staged = tuple[Any, ...]
"""The values of COLUMNS, bytes in hexadecimal digits."""

Spelt = tuple[str, str, str]


@dataclass(slots=True)
class _Found:
    """A row without faults of its own, held against the files."""

    row: Row
    known: Known | None
    judgement: Judgement
    document_hash: bytes
    phone_hash: bytes | None
    spelt: Spelt


def judge_all(batch: ImportBatch, table: ReadTable, actor: Actor, now: datetime) -> Judge:
    """Looks up once what judging the lots of a file needs."""
    return _Judge(batch, table, actor=actor, today=local_date(now)).lot


def keep(batch: ImportBatch, rows: Sequence[Staged]) -> None:
    add_lot(ADD, batch, rows)


class _Judge:
    def __init__(self, batch: ImportBatch, table: ReadTable, *, actor: Actor, today: date) -> None:
        self.actor, self.today = actor, today
        self.places = Places(actor, batch.enterprise_id)
        self.reader = Reader(table.sheet, table.header, today=today, enterprise_of=self.places.find)
        self.rows = {number: self._read(number, cells) for number, cells in table.rows}
        self.alike = find_alike(self.rows.values())
        self.name_column = table.header.columns["name"]
        given: dict[str, Any] = {"authority_id": actor.authority_id, "data_class": DATA_CLASS}
        self.seal = sealer(**given)
        self.document_hash = search_hasher(**given, normalise=NORMALISERS["code"])
        self.namesakes = Namesakes(actor.authority_id, self.places)
        self.spelt: dict[str, Spelt] = {}
        self.phone_hash = search_hasher(**given, normalise=NORMALISERS["phone"])

    def lot(self, lot: Sequence[Numbered]) -> list[Staged]:
        rows = [self.rows.pop(number) for number, _cells in lot]
        for row in rows:
            if twin := self.alike.twin_of(row):
                row.problems["document"] = twin
        sound = [row for row in rows if not row.problems]
        hashes = {row.number: self.document_hash(row.said["document"]) for row in sound}
        known = known_by_document(self.actor.authority_id, set(hashes.values()), self.places)
        found = [self._judged(row, hashes[row.number], known.get(hashes[row.number])) for row in sound]
        self._look_for_namesakes([each for each in found if each.known is None])
        staged = {each.row.number: self._staged(each) for each in found}
        return [staged[row.number] if row.number in staged else self._refused(row) for row in rows]

    def _read(self, number: int, cells: Sequence[Cell]) -> Row:
        row = self.reader.read(number, cells)
        if self.places.only is not None:
            row.said["enterprise"] = self.places.only
        elif "enterprise" not in row.said and "enterprise" not in row.problems:
            row.problems["enterprise"] = Problem("no_enterprise")
        return row

    def _judged(self, row: Row, document_hash: bytes, known: Known | None) -> _Found:
        said = row.said
        phone_hash = self.phone_hash(said["phone"]) if "phone" in said else None
        judgement = judge(
            row, known, enterprise_id=said["enterprise"], phone_hash=phone_hash, today=self.today
        )
        return _Found(row, known, judgement, document_hash, phone_hash, self._spelt(said["name"]))

    def _spelt(self, name: str) -> Spelt:
        found = self.spelt.get(name)
        if found is None:
            key, syllables, initials = spellings(name)
            found = self.spelt[name] = (key[:60], syllables[:400], initials[:60])
        return found

    def _look_for_namesakes(self, found: Sequence[_Found]) -> None:
        phones = {each.phone_hash for each in found if each.phone_hash}
        regions = {
            (each.spelt[1], region)
            for each in found
            if each.spelt[1] and (region := narrow_region(each.row.said))
        }
        self.namesakes.look_up(phones, regions)

    def _hints(self, found: _Found) -> list[list[Any]]:
        """Rows of the file, and files, that may be of the same person under another number."""
        row = found.row
        hints: list[list[Any]] = [[what, number, ""] for what, number in self.alike.namesakes_of(row)]
        key, region = found.spelt[0], narrow_region(row.said)
        files = self.namesakes.of(key, found.phone_hash, region)
        return [*([what, str(id_), name] for what, id_, name in files), *hints][:HINTS_TOLD]

    def _staged(self, found: _Found) -> Staged:
        judgement = found.judgement
        if judgement.outcome is REFUSED:
            found.row.problems.update(judgement.problems)
            return self._refused(found.row)
        if judgement.outcome is UNCHANGED:
            return self._empty(found.row, StaffOutcome.UNCHANGED)
        return self._taken(found)

    def _taken(self, found: _Found) -> Staged:
        said, known, judgement = found.row.said, found.known, found.judgement
        hints = self._hints(found) if known is None else NOTHING
        phone = self.seal(said["phone"]) if "phone" in said else known.phone if known else b""
        differs = known is not None and "phone" in said and found.phone_hash != known.phone_hash
        employment = new_id_text() if judgement.begins or known is None else known.employment_id
        get = said.get
        return (
            *(new_id_text(), found.row.number, VALUES[judgement.outcome], judgement.begins, said["name"]),
            *(_json(judgement.changes), "[]", _json(hints), ""),
            *(known.person_id if known else new_id_text(), employment, said["enterprise"]),
            *(
                known.enterprise_id if known and judgement.begins else None,
                known.changed_at if known else None,
            ),
            *found.spelt,
            get("document_kind") or (known.document_kind if known else RESIDENT_ID),
            *(self.seal(said["document"]).hex(), found.document_hash.hex()),
            *(phone.hex(), _hex(found.phone_hash if "phone" in said or known is None else known.phone_hash)),
            known.phone.hex() if known and differs else "",
            *(get(name) or (getattr(known, name) if known else "") for name in ("home_region", "lodging")),
            *self._work(found),
        )

    def _work(self, found: _Found) -> tuple[Any, ...]:
        """What was said before holds on only for an employment that goes on."""
        said, known = found.row.said, None if found.judgement.begins else found.known
        words = (said.get(name) or (getattr(known, name) if known else "") for name in WORDS)
        return *words, said.get("starts_on") or (known.starts_on if known else self.today)

    def _refused(self, row: Row) -> Staged:
        problems = [[name, problem.code, dict(problem.details)] for name, problem in row.problems.items()]
        cells = self.seal(json.dumps(list(map(text_of, row.cells)), ensure_ascii=False)).hex()
        return self._empty(row, StaffOutcome.REFUSED, problems=as_json(problems), cells=cells)

    def _empty(self, row: Row, outcome: StaffOutcome, *, problems: Any = NOTHING, cells: str = "") -> Staged:
        """A row of which nothing will be written."""
        place = self.name_column
        name = text_of(row.cells[place])[:400] if place < len(row.cells) else ""
        head = (new_id_text(), row.number, VALUES[outcome], False, name, "{}", _json(problems), "[]", cells)
        return *head, *NO_VALUES


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False) if value else ("{}" if isinstance(value, dict) else "[]")


def _hex(value: bytes | None) -> str | None:
    return None if value is None else value.hex()
