"""What every change of a file looks at first, and how it is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.audit.personal import Personal
from fugong.core.clock import local_date
from fugong.core.names import spellings
from fugong.core.refusals import Conflict, Invalid, NotFound
from fugong.people.choices import DATA_CLASS
from fugong.people.models import Employment, Person
from fugong.people.queries.people import ids_of, in_use
from fugong.people.rules.data import (
    EmploymentData,
    PersonData,
    checked_document,
    employment_problems,
    problems_of,
    tidied,
    tidied_employment,
)
from fugong.people.rules.problems import Problem

PERSONAL = frozenset({"name", "document", "phone", "home_region", "lodging"})
"""What the trail keeps sealed: it outlives the file, and must not go on saying who somebody was."""


class KnownElsewhere(Conflict):
    """The number has a file already; it is not said whose."""

    def __init__(self) -> None:
        sentence = _("Somebody with this number has a file already.")
        super().__init__(sentence, code="document_known", fields={"document": sentence})


class EmployedElsewhere(Conflict):
    """The person works at another enterprise, which is not named to whoever may not look there."""

    def __init__(self) -> None:
        sentence = _("This person is still employed at another enterprise. Ask the park to move the file.")
        super().__init__(sentence, code="employed_elsewhere")


def checked(data: PersonData, *, now: datetime) -> PersonData:
    """In its one spelling, the number as it is kept. Raises Invalid with every field at fault."""
    data = tidied(data)
    problems = problems_of(data, today=local_date(now))
    if problems:
        raise refusal_of(problems)
    return replace(data, document=checked_document(data, today=local_date(now)))


def checked_employment(data: EmploymentData, *, now: datetime) -> EmploymentData:
    data = tidied_employment(data)
    problems = employment_problems(data, today=local_date(now))
    if problems:
        raise refusal_of(problems)
    return data


def refusal_of(problems: Mapping[str, Problem]) -> Invalid:
    sentences = {name: problem.sentence for name, problem in problems.items()}
    return Invalid(" ".join(sentences.values()), code=next(iter(problems.values())).code, fields=sentences)


def columns_of(data: PersonData) -> dict[str, Any]:
    """The columns that follow from the data, the name in all the spellings it is found by."""
    key, syllables, initials = spellings(data.name)
    said = {name: getattr(data, name) for name in PersonData.__dataclass_fields__}
    spelt = {"name_key": key, "name_pinyin": syllables[:400], "name_initials": initials[:60]}
    return said | spelt


def locked(person_id: UUID, *, actor: Actor) -> Person:
    """The file in use, also by the id of one merged into it. Raises NotFound, also for one out of sight."""
    seen = Person.objects.visible_to(actor).filter(id=in_use(actor, person_id)).values("id")
    person = Person.objects.select_for_update().filter(id__in=seen).first()
    if person is None:
        raise NotFound()
    return person


def current_employment(person: Person) -> Employment | None:
    """Also where a file that was merged into this one says so; the file's own comes first."""
    files = ids_of(person.authority_id, person.id)
    rows = Employment.objects.filter(authority_id=person.authority_id, person_id__in=files, ends_on=None)
    return min(rows.select_for_update(), key=lambda row: files.index(row.person_id), default=None)


def shown(name: str, value: object) -> object:
    """A value as the audit row keeps it: sealed under the key of the person files, which ends with them."""
    return Personal(str(value), DATA_CLASS) if name in PERSONAL and value else value
