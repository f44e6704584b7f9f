"""Lists handed in as files, by the imports that the pages call: the register, and the staff."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import xlsxwriter

from fugong.core.actor import Actor
from fugong.enterprises import operations as enterprises
from fugong.enterprises import queries as enterprise_queries
from fugong.people import operations as people
from fugong.people.choices import Way
from fugong.scenarios.reading import LedgerLine, Scenario, ScenarioBroken
from fugong.scenarios.stage import Stage

REGISTER = {
    "name": "name",
    "credit_code": "credit code",
    "kind": "kind",
    "size_class": "size",
    "industry": "industry",
    "area": "area",
    "address": "address",
    "normal_staff": "staff",
    "tags": "tags",
}
"""The columns of the register's list, and how they are headed."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A file as an upload gives it."""

    name: str
    content: bytes

    def chunks(self) -> Iterator[bytes]:
        yield self.content


def enter_enterprises(scenario: Scenario, *, actor: Actor, now: datetime) -> dict[str, UUID]:
    """The ids by the names that the scenario uses. Raises ScenarioBroken when a row is not taken as new."""
    rows = scenario.enterprises
    sheet = workbook("register", list(REGISTER.values()), [[row[name] for name in REGISTER] for row in rows])
    batch = enterprises.start_import(Paper("register.xlsx", sheet), actor=actor, now=now)
    if batch.new != len(rows):
        raise ScenarioBroken(f"{scenario.id}: of {len(rows)} enterprises the register would take {batch.new}")
    enterprises.confirm_import(batch.id, actor=actor, now=now)
    known = enterprise_queries.list_enterprises(actor).values_list("credit_code", "id")
    ids = dict(known)
    return {row["ref"]: ids[row["credit_code"]] for row in rows}


def hand_in(stage: Stage, lines: Sequence[LedgerLine], *, actor: Actor, now: datetime) -> None:
    """Everybody on the list gets a file. Raises ScenarioBroken when a line is refused or asked about."""
    said = stage.scenario.head["ledger"]
    rows = [_cells(stage, line) for line in lines]
    sheet = Paper("ledger.xlsx", workbook(said["sheet"], said["headings"], rows))
    batch = people.import_staff(sheet, way=Way.SYNTHETIC, actor=actor, now=now)
    if batch.new != len(lines):
        raise ScenarioBroken(f"of {len(lines)} people on the list {batch.new} were taken over")


def _cells(stage: Stage, line: LedgerLine) -> list[str]:
    work = [stage.names[line.ref], line.post, line.crew, line.room, line.starts_on.isoformat()]
    return [line.name, line.document, line.phone, line.home_region, line.lodging, *work]


def workbook(title: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """Every cell as text: identity numbers keep all their digits."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_numbers": False}) as book:
        sheet = book.add_worksheet(title)
        for number, row in enumerate([headings, *rows]):
            sheet.write_row(number, 0, row)
    return file.getvalue()
