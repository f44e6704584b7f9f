"""The data files of a scenario, as typed rows. A wrong line is told with its file and number."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from fugong.core.clock import LOCAL
from fugong.core.refusals import Refused

FOLDER = Path(__file__).resolve().parent
Row = Mapping[str, str]


class ScenarioBroken(Exception):
    """A data file does not say what it should: `file:line: what`."""


@contextmanager
def told_with(source: str, what: str = "") -> Iterator[None]:
    """What a line asks for and cannot have is told with the line. Raises ScenarioBroken."""
    where = f"{source}: {what}: " if what else f"{source}: "
    try:
        yield
    except Refused as refusal:
        fields = [f"{key}: {text}" for key, text in refusal.fields.items()]
        raise ScenarioBroken(where + "; ".join([str(refusal), *fields])) from refusal
    except KeyError as error:
        raise ScenarioBroken(f"{where}there is no {error}") from error
    except ValueError as error:
        raise ScenarioBroken(f"{where}{error}") from error


@dataclass(frozen=True, slots=True)
class Act:
    """One thing somebody does at one time, in the order of `at`. `detail` are the act's own words."""

    at: datetime
    who: str
    what: str
    enterprise: str
    detail: Row
    source: str


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One person on a list of staff; `ref` is the enterprise."""

    ref: str
    name: str
    document: str
    phone: str
    home_region: str
    lodging: str
    starts_on: date
    post: str
    crew: str
    room: str


@dataclass(frozen=True, slots=True)
class Scenario:
    """`ledgers` are lists of staff by the name that the act of handing them in gives."""

    id: str
    head: Mapping[str, Any]
    users: list[Row]
    enterprises: list[Row]
    assignments: list[Row]
    acts: list[Act]
    ledgers: Mapping[str, Sequence[LedgerLine]] = field(default_factory=dict)

    @property
    def ends_at(self) -> datetime:
        moment: datetime = self.head["ends_at"]
        return moment

    @property
    def signed(self) -> list[Row]:
        """The people who can sign in to the demonstration."""
        return [user for user in self.users if user["sign_in"]]


def read_head(name: str, *, among: Path = FOLDER) -> dict[str, Any]:
    return tomllib.loads((among / name / "scenario.toml").read_text(encoding="utf-8"))


def read_scenario(name: str, *, among: Path = FOLDER) -> Scenario:
    """The scenario in the folder of that name. Raises ScenarioBroken with file and line."""
    folder, head = among / name, read_head(name, among=among)
    acts = [*_story(folder), *_reports(folder), *_difficulties(folder), *_staff(folder)]
    acts += bulletin_acts(head)
    return Scenario(
        id=head["id"],
        head=head,
        users=list(_rows(folder / "users.csv")),
        enterprises=list(_rows(folder / "enterprises.csv")),
        assignments=list(_rows(folder / "assignments.csv")),
        acts=sorted(acts, key=lambda act: act.at),
    )


def _rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), 2):
            if None in row or None in row.values():
                raise ScenarioBroken(f"{path.name}:{number}: the line has too many or too few columns")
            yield {**row, "_line": f"{path.name}:{number}"}


def _moment(text: str, source: str) -> datetime:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=LOCAL)
    except ValueError:
        raise ScenarioBroken(f"{source}: {text!r} is not a time") from None


def _story(folder: Path) -> Iterator[Act]:
    for row in _rows(folder / "story.csv"):
        pairs = (pair.partition("=") for pair in row["detail"].split(";") if pair)
        detail = {key: value for key, _sign, value in pairs}
        at = _moment(row["at"], row["_line"])
        yield Act(at, row["who"], row["what"], row["enterprise"], detail, row["_line"])


def _reports(folder: Path) -> Iterator[Act]:
    """A report is given by the contact of its enterprise."""
    for row in _rows(folder / "reports.csv"):
        at = _moment(row["at"], row["_line"])
        yield Act(at, "", "report", row["enterprise"], row, row["_line"])


def _difficulties(folder: Path) -> Iterator[Act]:
    """One line is a difficulty's whole life: raised and handed out, answered, closed by the enterprise."""
    for row in _rows(folder / "difficulties.csv"):
        detail = {**row, "key": row["_line"]}
        for column, what, who in (
            ("raised_at", "raise", ""),
            ("answered_at", "answer", row["assigned_to"]),
            ("closed_at", "close", ""),
        ):
            if row[column]:
                at = _moment(row[column], row["_line"])
                yield Act(at, who, what, row["enterprise"], detail, row["_line"])


def _staff(folder: Path) -> Iterator[Act]:
    """Files of people are opened by the contact of their enterprise."""
    for row in _rows(folder / "staff.csv"):
        at = _moment(row["at"], row["_line"])
        yield Act(at, "", "open_file", row["enterprise"], row, row["_line"])


def bulletin_acts(head: Mapping[str, Any]) -> Iterator[Act]:
    for entry in head.get("bulletins", []):
        detail = {"day": entry["day"].isoformat()}
        for what, who in (("compose", "composed"), ("publish", "published")):
            at, by = entry[f"{who}_at"], entry[f"{who}_by"]
            yield Act(at, by, what, "", detail, "scenario.toml")
