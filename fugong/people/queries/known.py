"""People by their ids, for contexts that keep something of their own about them.

Nothing here looks at who asks: whoever calls has checked that, or acts as the system.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from fugong.people.models import Employment, Person
from fugong.people.models.people import PersonQuerySet
from fugong.people.queries.facts import facts_of


@dataclass(frozen=True, slots=True)
class Known:
    """A file with the employment that is open, if any; loaded so that `facts` costs no statement."""

    person: Person
    employment: Employment | None

    def facts(self, *, on: date) -> dict[str, object]:
        return facts_of(self.person, self.employment, on=on)


def list_known(ids: Iterable[UUID]) -> list[Known]:
    """Two statements, however many; ids without a file are left out."""
    wanted = list(ids)
    people = Person.objects.select_related("enterprise__area").filter(id__in=wanted).order_by("id")
    running = Employment.objects.filter(person_id__in=wanted, ends_on=None)
    employments = {row.person_id: row for row in running}
    return [Known(person, employments.get(person.id)) for person in people]


def every_person() -> PersonQuerySet:
    """All files of the acting authority: to be used inside another statement."""
    return Person.objects.all()
