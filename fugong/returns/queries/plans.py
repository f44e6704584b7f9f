"""Planned returns as a person may see them."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from fugong.core.actor import Actor
from fugong.core.refusals import NotFound
from fugong.people import queries as people
from fugong.returns.models import PlannedReturn
from fugong.returns.models import PlannedReturnQuerySet as Rows


def list_returns(actor: Actor) -> Rows:
    rows = PlannedReturn.objects.visible_to(actor).select_related("person", "enterprise")
    return rows.order_by("arrives_on", "id")


def get_return(return_id: UUID, *, actor: Actor) -> PlannedReturn:
    """Raises NotFound, also when the actor may not see it."""
    found = list_returns(actor).filter(id=return_id).first()
    if found is None:
        raise NotFound()
    return found


def list_of_person(person_id: UUID, *, actor: Actor) -> list[PlannedReturn]:
    """The latest first."""
    rows = list_returns(actor).filter(person_id=person_id)
    return list(rows.order_by("-planned_at", "-id"))


def list_own(actor: Actor) -> list[PlannedReturn]:
    """Of the worker who asks, whoever planned them; the latest first."""
    if actor.person_id is None:
        return []
    files = people.ids_of(actor.authority_id, actor.person_id)
    rows = PlannedReturn.objects.filter(authority_id=actor.authority_id, person_id__in=files)
    return list(rows.select_related("enterprise").order_by("-planned_at", "-id"))


def find_open_of(person_id: UUID, *, actor: Actor) -> PlannedReturn | None:
    return list_returns(actor).filter(person_id=person_id).open().first()


def matching(rows: Rows, text: str, *, actor: Actor) -> Rows:
    """By the person as files are found, or the number of a train or flight."""
    files = people.matching(people.list_people(actor), text).order_by().values("id")
    return rows.filter(Q(person_id__in=files) | Q(number__iexact=text.strip()))
