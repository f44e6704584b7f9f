"""Judging rows against the register and laying them ready, thousands in one statement."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from fugong.areas import queries as areas
from fugong.core.actor import Actor
from fugong.core.canonical import as_json
from fugong.core.clock import local_date
from fugong.core.ids import new_id
from fugong.core.importing.kinds import Judge, Numbered, ReadTable
from fugong.core.importing.staging import add_lot
from fugong.core.names import spellings
from fugong.core.sealed import NORMALISERS, sealer, search_hasher
from fugong.core.sheets.cells import BadCell, text_of
from fugong.core.sheets.headings import Header, plain
from fugong.core.sheets.reading import Sheet
from fugong.enterprises import permissions
from fugong.enterprises.choices import RowOutcome
from fugong.enterprises.models import Enterprise, ImportBatch
from fugong.enterprises.queries import data_of
from fugong.enterprises.rules import credit_code
from fugong.enterprises.rules.data import EnterpriseData
from fugong.enterprises.rules.importing.cells import code_of
from fugong.enterprises.rules.importing.rows import (
    Judged,
    Row,
    codes_twice,
    read_row,
)
from fugong.enterprises.rules.importing.rows import (
    judge as judged_row,
)
from fugong.enterprises.rules.problems import Problem

PERSONAL: Final = frozenset({"contact_name", "contact_phone"})
KEPT_FIELDS: Final = tuple(name for name in EnterpriseData.__dataclass_fields__ if name != "contact_phone")

ADD = """
    insert into enterprises_importrow
           (id, authority_id, batch_id, number, outcome, name, credit_code, enterprise_id, seen_at,
            data, phone, phone_hash, changes, problems, cells)
    select id, %(authority)s, %(batch)s, number, outcome, name, credit_code, enterprise_id, seen_at,
           data, decode(phone, 'hex'), decode(phone_hash, 'hex'), changes, problems, decode(cells, 'hex')
      from jsonb_to_recordset(%(rows)s::jsonb) as row
           (id uuid, number int, outcome text, name text, credit_code text, enterprise_id uuid,
            seen_at timestamptz, data jsonb, phone text, phone_hash text, changes jsonb,
            problems jsonb, cells text)
"""


def judge(_batch: ImportBatch, table: ReadTable, actor: Actor, now: datetime) -> Judge:
    """Looks up once what judging the lots of a file needs."""
    judging = _Judge(table.sheet, table.header, actor=actor, today=local_date(now))
    judging.twice = codes_twice(_codes(table.rows, table.header))
    return judging.lot


def _codes(rows: Iterable[Numbered], header: Header) -> list[tuple[int, str]]:
    column = header.columns["credit_code"]
    found = []
    for number, row in rows:
        try:
            text = code_of(row[column]) if column < len(row) else ""
        except BadCell:
            continue
        found.append((number + 1, credit_code.normalised(text)))
    return found


class _Judge:
    """All that judging a lot of rows needs, looked up once for the file."""

    def __init__(self, sheet: Sheet, header: Header, *, actor: Actor, today: date) -> None:
        self.sheet, self.header, self.actor, self.today = sheet, header, actor, today
        self.ground = actor.reach(permissions.IMPORT)
        known = areas.list_areas(actor=actor)
        self.areas = {
            plain(spelt): area.id
            for area in known
            for spelt in (area.code, area.name_zh, area.name_en)
            if spelt
        }
        self.area_names = {area.id: area.name for area in known}
        self.twice: Mapping[int, int] = {}
        self.seal = sealer(authority_id=actor.authority_id, data_class="contact")
        self.hash = search_hasher(
            authority_id=actor.authority_id, data_class="contact", normalise=NORMALISERS["phone"]
        )

    def lot(self, lot: Sequence[Numbered]) -> list[dict[str, Any]]:
        rows = [
            read_row(number, row, sheet=self.sheet, header=self.header, areas=self.areas)
            for number, row in lot
        ]
        registered = _registered(self.actor.authority_id, {row.code for row in rows})
        return [self._one(row, registered.get(row.code)) for row in rows]

    def _one(self, row: Row, enterprise: Enterprise | None) -> dict[str, Any]:
        shut = self._shut(row, enterprise)
        if shut is not None:
            return self._refused(row, {"credit_code": shut})
        known = data_of(enterprise) if enterprise else None
        judged = judged_row(row, known, today=self.today)
        area_id = judged.data.area_id if judged.data else None
        problems = dict(judged.problems)
        if area_id is not None and not self.ground.covers(area_id):
            problems["area"] = Problem("area_not_yours", {"value": self.area_names[area_id]})
        return self._refused(row, problems) if problems else self._taken(judged, known, enterprise)

    def _shut(self, row: Row, enterprise: Enterprise | None) -> Problem | None:
        """Why the row is not even compared: its differences would give an enterprise elsewhere away."""
        if row.number in self.twice:
            return Problem("twice_in_file", {"row": self.twice[row.number]})
        if enterprise is not None and not self.ground.covers(enterprise.area_id):
            return Problem("code_elsewhere", {"name": enterprise.name})
        if enterprise is not None and enterprise.left_on is not None:
            details = {"name": enterprise.name, "date": enterprise.left_on.isoformat()}
            return Problem("left_before", details)
        return None

    def _refused(self, row: Row, problems: Mapping[str, Problem]) -> dict[str, Any]:
        listed = [[name, problem.code, dict(problem.details)] for name, problem in problems.items()]
        return {
            "id": str(new_id()),
            "number": row.number,
            "outcome": RowOutcome.REFUSED.value,
            "name": self._as_it_stands(row, "name")[:400],
            "credit_code": self._as_it_stands(row, "credit_code")[:100],
            "phone": "",
            "phone_hash": None,
            "changes": {},
            "problems": as_json(listed),
            "cells": self._sealed(json.dumps(list(map(text_of, row.cells)), ensure_ascii=False)),
        }

    def _as_it_stands(self, row: Row, column: str) -> str:
        place = self.header.columns[column]
        return text_of(row.cells[place]) if place < len(row.cells) else ""

    def _taken(
        self, judged: Judged, known: EnterpriseData | None, enterprise: Enterprise | None
    ) -> dict[str, Any]:
        data = judged.data
        assert data is not None
        outcome = RowOutcome.NEW if known is None else RowOutcome.CHANGED
        if known is not None and not judged.changed:
            outcome = RowOutcome.UNCHANGED
        is_kept = outcome is not RowOutcome.UNCHANGED
        return {
            "id": str(new_id()),
            "number": judged.row.number,
            "outcome": outcome.value,
            "name": data.name,
            "credit_code": data.credit_code,
            "enterprise_id": str(enterprise.id if enterprise else new_id()),
            "seen_at": enterprise.changed_at.isoformat() if enterprise else None,
            "data": _kept_data(data) if is_kept else None,
            "phone": self._sealed(data.contact_phone) if is_kept else "",
            "phone_hash": self.hash(data.contact_phone).hex() if is_kept and data.contact_phone else None,
            "changes": _shown_changes(known, data, judged.changed) if known else {},
            "problems": [],
            "cells": "",
        }

    def _sealed(self, text: str) -> str:
        return self.seal(text).hex() if text else ""


def _registered(authority_id: UUID, codes: Iterable[str]) -> dict[str, Enterprise]:
    rows = Enterprise.objects.filter(
        authority_id=authority_id, credit_code__in=[code for code in codes if code]
    )
    return {row.credit_code: row for row in rows}


def _kept_data(data: EnterpriseData) -> dict[str, Any]:
    """What `confirming` writes from: the data, its name in every spelling, the ids of what hangs on it."""
    spelt = dict(zip(("name_key", "name_pinyin", "name_initials"), spellings(data.name), strict=True))
    ids = {"register_event": new_id(), "standing": new_id()}
    said = {name: getattr(data, name) for name in KEPT_FIELDS}
    return {name: _json(value) for name, value in (said | spelt | ids).items()}


def _json(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value if isinstance(value, int) else str(value)


def _shown_changes(
    before: EnterpriseData, after: EnterpriseData, changed: Iterable[str]
) -> dict[str, list[Any]]:
    """[before, after] by field; of personal fields only that they differ."""
    return {
        name: ["", ""] if name in PERSONAL else [_json(getattr(before, name)), _json(getattr(after, name))]
        for name in changed
    }


def keep(batch: ImportBatch, rows: Sequence[dict[str, Any]]) -> None:
    add_lot(ADD, batch, rows)
