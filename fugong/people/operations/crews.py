"""Who leads a crew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from fugong.accounts import queries as accounts
from fugong.core.actor import Actor
from fugong.core.operation import Operation, operation
from fugong.core.refusals import Conflict, Invalid
from fugong.duties.choices import DutyOwner, owed_by_enterprise, owed_by_user
from fugong.duties.operations import give_rolls
from fugong.enterprises import queries as enterprises
from fugong.people.models import Crew, Employment
from fugong.people.permissions import Workplace, check_may_register_at


@dataclass(frozen=True, slots=True)
class Leader:
    """Somebody with an account, or a person employed at the enterprise: one of the two."""

    user_id: UUID | None = None
    person_id: UUID | None = None

    def __post_init__(self) -> None:
        if (self.user_id is None) == (self.person_id is None):
            raise ValueError("A crew has one leader: a user or a person.")


def appoint_crew_leader(
    enterprise_id: UUID, name: str, *, leader: Leader, actor: Actor, now: datetime
) -> Crew:
    """The leader answers for the crew from now on; its open rolls pass to whoever can act for it.

    Locks the crew, and makes its row when nobody has led it yet. Raises NotFound, NotPermitted, Invalid for a
    crew without a name or a person who does not work there, Conflict for a user who has left.
    """
    with operation("people.appoint_crew_leader", actor=actor, now=now) as op:
        place = enterprises.get_enterprise(actor, enterprise_id)
        check_may_register_at(actor, place)
        crew = _locked(place, name, op=op)
        _check_can_lead(leader, place, actor=actor)
        _lead(crew, leader, place, op=op)
        return crew


def dismiss_crew_leader(enterprise_id: UUID, name: str, *, actor: Actor, now: datetime) -> Crew:
    """The enterprise answers for the crew again. Raises Conflict where nobody leads it."""
    with operation("people.dismiss_crew_leader", actor=actor, now=now) as op:
        place = enterprises.get_enterprise(actor, enterprise_id)
        check_may_register_at(actor, place)
        crew = _locked(place, name, op=op)
        if crew.appointed_at is None:
            raise Conflict(_("Nobody leads this crew."), code="no_leader")
        _lead(crew, None, place, op=op)
        return crew


def owner_of(crew: Crew | None, place: Workplace) -> DutyOwner:
    """Who owes the rolls of the crew, or of the people without one. A closed account can owe nothing."""
    leader = crew.leader_user if crew is not None else None
    if leader is not None and leader.is_active:
        return owed_by_user(leader.id, area_id=place.area_id)
    return owed_by_enterprise(place.id, area_id=place.area_id)


def _locked(place: Workplace, name: str, *, op: Operation) -> Crew:
    if not (name := name.strip()):
        sentence = _("Name the crew.")
        raise Invalid(sentence, code="no_crew", fields={"crew": sentence})
    row = Crew(authority_id=op.actor.authority_id, enterprise_id=place.id, name=name[:60], recorded_at=op.now)
    Crew.objects.bulk_create([row], ignore_conflicts=True)
    rows = Crew.objects.filter(authority_id=op.actor.authority_id, enterprise_id=place.id, name=row.name)
    return rows.select_for_update().get()


def _check_can_lead(leader: Leader, place: Workplace, *, actor: Actor) -> None:
    if leader.user_id is not None:
        if not accounts.get_user(leader.user_id, actor=actor).is_active:
            raise Conflict(_("This account is closed."), code="leader_left")
        return
    rows = Employment.objects.filter(authority_id=actor.authority_id, enterprise_id=place.id, ends_on=None)
    if not rows.filter(person=leader.person_id).exists():
        sentence = _("This person does not work at the enterprise.")
        raise Invalid(sentence, code="not_of_enterprise", fields={"person": sentence})


def _lead(crew: Crew, leader: Leader | None, place: Workplace, *, op: Operation) -> None:
    before = crew.leader_user_id or crew.leader_person_id
    crew.leader_user_id = leader.user_id if leader else None
    crew.leader_person_id = leader.person_id if leader else None
    crew.appointed_at = op.now if leader else None
    crew.appointed_by = op.actor.user_id if leader else None
    crew.appointed_by_name = op.actor.name if leader else ""
    crew.save()
    after = crew.leader_user_id or crew.leader_person_id
    given = give_rolls(crew.id, owner_of(crew, place), op=op)
    shown = [str(each) if each else None for each in (before, after)]
    op.audit(crew, {"leader": shown, "crew": crew.name, "rolls": given})
