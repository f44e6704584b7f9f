"""What a person gives from a phone, how long it waits, and what the enterprise should look at first."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, Self
from uuid import UUID

from fugong.core.names import name_key
from fugong.people.choices import DocumentKind
from fugong.people.rules.data import EmploymentData, PersonData, differences

WAITS: Final = timedelta(days=14)
"""A registration that nobody confirms is removed after that: the notice of consent says so."""
LONGEST_OPEN: Final = timedelta(days=366)
USUALLY_OPEN: Final = timedelta(days=90)
WORKING_DAYS_TO_CONFIRM: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A person and the work, as given by the person. Tidied and checked before it is kept."""

    person: PersonData
    post: str = ""
    shift: str = ""
    crew: str = ""

    def employment(self, enterprise_id: UUID, *, starts_on: date) -> EmploymentData:
        work = {"post": self.post, "shift": self.shift, "crew": self.crew}
        return EmploymentData(enterprise_id=enterprise_id, starts_on=starts_on, **work)

    def written(self) -> str:
        """As it is sealed; the number of the document is kept beside it, to be found by."""
        plain = asdict(self)
        del plain["person"]["document"]
        return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def read(cls, text: str, *, document: str) -> Self:
        plain = json.loads(text)
        person = plain.pop("person")
        kind = DocumentKind(person.pop("document_kind"))
        return cls(person=PersonData(document=document, document_kind=kind, **person), **plain)


class Look(StrEnum):
    """What the enterprise sees beside a registration; the first three want a look at each one."""

    OTHER_NAME = "other_name"
    HAS_PHONE = "has_phone"
    TWICE = "twice"
    ELSEWHERE = "elsewhere"
    CHANGED = "changed"
    KNOWN = "known"
    NEW = "new"


ONE_BY_ONE: Final = frozenset({Look.OTHER_NAME, Look.HAS_PHONE, Look.TWICE, Look.ELSEWHERE})
"""Not confirmed together with others: here a stranger could come to stand for somebody."""


@dataclass(frozen=True, slots=True)
class Known:
    """A file with the same number that the reader may see."""

    person: PersonData
    has_phone: bool = False
    is_here: bool = True
    """Employed at the enterprise where the registration was given."""


def looks_of(
    said: Said, known: Known | None, *, is_elsewhere: bool = False, is_twice: bool = False
) -> tuple[Look, ...]:
    """In the order in which they matter. `is_elsewhere`: found out when somebody wanted to confirm."""
    found = [Look.TWICE] if is_twice else []
    if is_elsewhere or (known is not None and not known.is_here):
        found.append(Look.ELSEWHERE)
    if known is None:
        return tuple(found) or (Look.NEW,)
    if name_key(known.person.name) != name_key(said.person.name):
        found.append(Look.OTHER_NAME)
    if known.has_phone:
        found.append(Look.HAS_PHONE)
    found.append(Look.CHANGED if changed_fields(said, known.person) else Look.KNOWN)
    return tuple(sorted(found, key=tuple(Look).index))


def changed_fields(said: Said, before: PersonData) -> tuple[str, ...]:
    """What confirming would change in the file. What was left empty stays as it was."""
    given = {name: value for name, value in asdict(said.person).items() if value}
    return differences(before, replace(before, **given))


def may_be_confirmed_together(looks: Collection[Look]) -> bool:
    return not ONE_BY_ONE & set(looks)
