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
    for line in lines:
        person = people.PersonData(
            name=line.name,
            document=line.document,
            phone=line.phone,
            home_region=line.home_region,
            lodging=line.lodging,
        )
        work = people.EmploymentData(
            enterprise_id=stage.enterprises[line.ref],
            starts_on=line.starts_on,
            post=line.post,
            crew=line.crew,
            room=line.room,
        )
        people.register(person, work, way=Way.SYNTHETIC, actor=actor, now=now)


def workbook(title: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """Every cell as text: identity numbers keep all their digits."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_numbers": False}) as book:
        sheet = book.add_worksheet(title)
        for number, row in enumerate([headings, *rows]):
            sheet.write_row(number, 0, row)
    return file.getvalue()
