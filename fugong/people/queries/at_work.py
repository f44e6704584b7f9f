"""Who is at work on a day: whom the cadences of a playbook may ask."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from fugong.core.actor import Actor
from fugong.duties import queries as duties
from fugong.enterprises.choices import StandingState
from fugong.enterprises.queries import list_enterprises
from fugong.people.models import Crew, Employment
from fugong.people.queries.facts import facts_of
from fugong.people.queries.staff import Workplace


def employed_at_work(authority_id: UUID, day: date) -> QuerySet[Employment]:
    """The employments of the day at enterprises that are at work now."""
    rows = Employment.objects.filter(authority_id=authority_id, starts_on__lte=day)
    rows = rows.filter(Q(ends_on=None) | Q(ends_on__gt=day))
    return rows.filter(enterprise__standing__state=StandingState.RESUMED, enterprise__left_on=None)


def not_yet_enrolled(
    authority_id: UUID, day: date, *, kind: str, period: str, due_at: datetime
) -> QuerySet[Employment]:
    """Those of the day who stand on no roll of the kind and period.

    Whoever came onto the ledger, or whose enterprise was let to work, after the deadline is not asked: nobody
    can be in time any more.
    """
    rows = employed_at_work(authority_id, day).filter(recorded_at__lt=due_at)
    asked = duties.enrolled(kind, period=period).filter(subject_id=OuterRef("person_id"))
    return rows.filter(Q(enterprise__standing__since__lt=due_at) & ~Exists(asked))


def misplaced(authority_id: UUID, day: date, *, kind: str, period: str, by_crew: bool) -> list[UUID]:
    """The open lines of people who are no longer where their roll is: they left, moved, or their enterprise
    stands still. Also of those whose employment was written anew, who are judged once more.
    """
    where = Q(enterprise_id=OuterRef("duty__subject_id"))
    if by_crew:
        crew = Crew.objects.filter(
            id=OuterRef(OuterRef("duty__subject_id")),
            enterprise_id=OuterRef("enterprise_id"),
            name=OuterRef("crew"),
        )
        where = (where & Q(crew="")) | (~Q(crew="") & Q(Exists(crew)))
    there = employed_at_work(authority_id, day).filter(
        where, person_id=OuterRef("subject_id"), recorded_at__lte=OuterRef("recorded_at")
    )
    return list(duties.still_open(kind, period=period).exclude(Exists(there)).values_list("id", flat=True))


def judged_facts(employment_ids: Collection[UUID], *, on: date) -> Mapping[UUID, dict[str, object]]:
    """The facts of these people, by their employment."""
    rows = Employment.objects.filter(id__in=employment_ids)
    found = {}
    for row in rows.select_related("person", "enterprise__area"):
        row.person.enterprise = row.enterprise
        found[row.id] = facts_of(row.person, row, on=on)
    return found


def places_of(actor: Actor, enterprise_ids: Collection[UUID]) -> Mapping[UUID, Workplace]:
    rows = list_enterprises(actor).filter(id__in=enterprise_ids).values_list("id", "area_id", "name")
    return {row[0]: Workplace(*row) for row in rows}


def crews_of(authority_id: UUID, enterprise_ids: Collection[UUID]) -> dict[tuple[UUID, str], Crew]:
    rows = Crew.objects.filter(authority_id=authority_id, enterprise_id__in=enterprise_ids)
    rows = rows.select_related("leader_user")
    return {(row.enterprise_id, row.name): row for row in rows}


def crews_by_person(person_ids: Collection[UUID], *, authority_id: UUID) -> dict[UUID, str]:
    """The crews in which these people work now."""
    rows = Employment.objects.filter(authority_id=authority_id, person_id__in=person_ids, ends_on=None)
    return dict(rows.values_list("person_id", "crew"))
