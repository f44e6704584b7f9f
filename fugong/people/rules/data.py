"""What is said of a person and of an employment, and whether it can be right."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from fugong.core import regions
from fugong.core.names import tidy
from fugong.core.regions import tidied_region
from fugong.people.choices import DocumentKind
from fugong.people.rules import documents
from fugong.people.rules.problems import Problem

LIMITS: Final[Mapping[str, int]] = {
    "name": 60,
    "lodging": 200,
    "post": 60,
    "shift": 40,
    "crew": 60,
    "room": 60,
}
LONGEST_AHEAD: Final = timedelta(days=366)
EARLIEST: Final = date(1949, 10, 1)
_PHONE = re.compile(r"\+?[0-9][0-9 \-]{5,18}[0-9]")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonData:
    """What is said of a person. `home_region` may be a name, and is a code of GB/T 2260 once tidied."""

    name: str
    document_kind: DocumentKind = DocumentKind.RESIDENT_ID
    document: str = ""
    phone: str = ""
    home_region: str = ""
    lodging: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmploymentData:
    """Where somebody works from a day on. `room` is in a dormitory of the enterprise."""

    enterprise_id: UUID
    starts_on: date
    post: str = ""
    shift: str = ""
    crew: str = ""
    room: str = ""


def tidied(data: PersonData) -> PersonData:
    """In one spelling; what cannot be right is left as it is and found by `problems_of`."""
    return replace(
        data,
        name=tidy(data.name),
        document=documents.normalised(data.document),
        phone=unicodedata.normalize("NFKC", data.phone).strip(),
        home_region=tidied_region(data.home_region),
        lodging=tidy(data.lodging),
    )


def tidied_employment(data: EmploymentData) -> EmploymentData:
    return replace(
        data, post=tidy(data.post), shift=tidy(data.shift), crew=tidy(data.crew), room=tidy(data.room)
    )


def problems_of(data: PersonData, *, today: date) -> dict[str, Problem]:
    """By field; empty when the data may be kept. Expects tidied data."""
    found = _too_long(data) | _document_problem(data, today=today)
    if not data.name:
        found["name"] = Problem("missing")
    if data.phone and not is_phone(data.phone):
        found["phone"] = Problem("not_a_phone")
    if data.home_region and (problem := region_problem(data.home_region)):
        found["home_region"] = problem
    return found


def employment_problems(data: EmploymentData, *, today: date) -> dict[str, Problem]:
    """By field; a start may be planned up to a year ahead."""
    found = _too_long(data)
    if data.starts_on < EARLIEST:
        found["starts_on"] = Problem("date_too_early", {"value": data.starts_on.isoformat()})
    if data.starts_on > today + LONGEST_AHEAD:
        found["starts_on"] = Problem("date_in_future", {"value": data.starts_on.isoformat()})
    return found


def is_phone(text: str) -> bool:
    return _PHONE.fullmatch(text) is not None


def differences(before: PersonData, after: PersonData) -> tuple[str, ...]:
    """The fields that differ, in the order of the data."""
    return tuple(
        name for name in PersonData.__dataclass_fields__ if getattr(before, name) != getattr(after, name)
    )


def checked_document(data: PersonData, *, today: date) -> str:
    """The number as it is kept. Raises BadDocument."""
    return documents.checked(data.document_kind, data.document, today=today)


def _too_long(data: PersonData | EmploymentData) -> dict[str, Problem]:
    return {
        name: Problem("too_long", {"limit": limit})
        for name, limit in LIMITS.items()
        if len(getattr(data, name, "")) > limit
    }


def _document_problem(data: PersonData, *, today: date) -> dict[str, Problem]:
    try:
        checked_document(data, today=today)
    except documents.BadDocument as bad:
        return {"document": Problem(f"document_{bad.flaw}", bad.details)}
    return {}


def region_problem(text: str) -> Problem | None:
    """As the files of people say it, among their other problems."""
    found = regions.region_problem(text)
    return Problem(found.code, found.details) if found else None
