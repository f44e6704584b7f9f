"""Cases: those a person may see, the next one to work at, and the log of one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q

from fugong.census.choices import CallKind
from fugong.census.models import Call, Case
from fugong.census.models.cases import CaseQuerySet
from fugong.core.actor import Actor
from fugong.core.refusals import NotFound
from fugong.people import queries as people
from fugong.people.queries import masked_phone


@dataclass(frozen=True, slots=True)
class Shown:
    """Who a case is about, as it may be shown: the number masked."""

    name: str
    phone: str
    home_region: str = ""
    lodging: str = ""
    person_id: UUID | None = None


def list_cases(actor: Actor, campaign_id: UUID | None = None) -> CaseQuerySet:
    rows = Case.objects.visible_to(actor).select_related("campaign", "enterprise", "person")
    rows = rows.order_by("state", "enterprise__name_pinyin", "id")
    return rows if campaign_id is None else rows.filter(campaign_id=campaign_id)


def get_case(case_id: UUID, *, actor: Actor) -> Case:
    found = list_cases(actor).filter(id=case_id).first()
    if found is None:
        raise NotFound()
    return found


def find_next(actor: Actor, campaign_id: UUID, *, now: datetime) -> Case | None:
    """Whose next call is due, the longest first; then who was tried least lately. Not held by anybody else.

    Locks the row it gives, so that two callers never get the same one; to be used in an operation.
    """
    free = (
        Case.objects.visible_to(actor)
        .filter(campaign_id=campaign_id)
        .open()
        .free_for(actor.user_id, now=now)
        .select_for_update(skip_locked=True, of=("self",))
    )
    mine = held_case(actor, campaign_id, now=now)
    if mine is not None:
        return free.filter(id=mine.id).first()
    due = free.filter(next_call_at__lte=now).order_by("next_call_at").first()
    if due is not None:
        return due
    return free.filter(next_call_at=None).order_by(F("last_call_at").asc(nulls_first=True), "id").first()


def held_case(actor: Actor, campaign_id: UUID, *, now: datetime) -> Case | None:
    """The one this person is at."""
    if actor.user_id is None:
        return None
    rows = Case.objects.visible_to(actor).open().filter(campaign_id=campaign_id, held_by=actor.user_id)
    return rows.filter(held_until__gt=now).order_by("held_until").first()


def list_log(case: Case) -> list[Call]:
    """Everything, oldest first, what was taken back too. The caller may see the case."""
    return list(Call.objects.filter(authority_id=case.authority_id, case=case).order_by("at", "id"))


def list_own_calls(actor: Actor) -> list[Call]:
    """All calls about the worker who asks, the latest first."""
    if actor.person_id is None:
        return []
    files = people.ids_of(actor.authority_id, actor.person_id)
    cases = Case.objects.filter(authority_id=actor.authority_id, person_id__in=files)
    rows = Call.objects.filter(authority_id=actor.authority_id, case__in=cases)
    return list(rows.select_related("campaign").order_by("-at", "-id"))


def standing_calls(case: Case) -> list[Call]:
    """Those that count, oldest first."""
    rows = Call.objects.filter(authority_id=case.authority_id, case=case, kind=CallKind.CALL)
    return list(rows.filter(taken_back=None).order_by("at", "id"))


def last_standing_call(case: Case) -> Call | None:
    return next(reversed(standing_calls(case)), None)


def shown_of(case: Case) -> Shown:
    """Opens one sealed number."""
    if case.person is None:
        return Shown(case.name, masked_phone(str(case.phone)))
    return Shown(
        name=case.person.name,
        phone=people.masked_numbers(case.person).phone,
        home_region=case.person.home_region,
        lodging=case.person.lodging,
        person_id=case.person.id,
    )


def shown_of_many(cases: Iterable[Case]) -> dict[UUID, str]:
    """Only the names: a list shows no numbers."""
    return {case.id: case.person.name if case.person else case.name for case in cases}


def matching(rows: CaseQuerySet, text: str, *, actor: Actor) -> CaseQuerySet:
    """By the name on the list, or as the files are found."""
    files = people.matching(people.list_people(actor), text).order_by().values("id")
    return rows.filter(Q(person_id__in=files) | Q(person=None, name__contains=text))
