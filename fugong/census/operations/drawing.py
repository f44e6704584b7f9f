"""Drawing the list of a campaign: everybody at first, those who joined or moved since afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from fugong.census.choices import CampaignState
from fugong.census.models import Campaign, Case
from fugong.census.operations.owing import owe_what_is_left
from fugong.census.permissions import check_may_run
from fugong.census.queries.scope import draw
from fugong.core.actor import Actor, system_actor
from fugong.core.clock import local_date
from fugong.core.ids import new_id
from fugong.core.operation import Operation, operation
from fugong.core.refusals import Conflict, Invalid, NotFound
from fugong.core.tenancy import acting_for
from fugong.people.queries import NamedPerson

INSERT = """
    insert into census_case
        (id, authority_id, campaign_id, person_id, enterprise_id, area_id,
         name, phone, phone_hash, state, outcome, findings, tries, held_by_name, drawn_at, recorded_at)
    select id, %(authority)s, %(campaign)s, person, enterprise, area,
           '', ''::bytea, null, 'open', '', '{}', 0, '', %(now)s, %(now)s
      from unnest(%(ids)s::uuid[], %(people)s::uuid[], %(enterprises)s::uuid[], %(areas)s::uuid[])
           as drawn (id, person, enterprise, area)
    on conflict do nothing
"""
MOVE = """
    update census_case as standing
       set enterprise_id = drawn.enterprise, area_id = drawn.area
      from unnest(%(people)s::uuid[], %(enterprises)s::uuid[], %(areas)s::uuid[])
           as drawn (person, enterprise, area)
     where standing.authority_id = %(authority)s and standing.campaign_id = %(campaign)s
       and standing.person_id = drawn.person and standing.state = 'open'
       and standing.enterprise_id is distinct from drawn.enterprise
"""


@dataclass(frozen=True, slots=True)
class Drawn:
    """How many people came onto the list, and how many open cases went to another enterprise."""

    added: int
    moved: int


def draw_again(campaign_id: UUID, *, actor: Actor, now: datetime) -> Drawn:
    """Those whom the scope names by now and who are not on the list come onto it; nobody is taken off.

    Locks the row. Raises NotFound, NotPermitted, Conflict unless the campaign is open.
    """
    with operation("census.draw", actor=actor, now=now) as op:
        campaign = Campaign.objects.select_for_update().filter(id=campaign_id).first()
        if campaign is None:
            raise NotFound()
        if not actor.is_system:
            check_may_run(actor, campaign.area_id)
        if campaign.state != CampaignState.OPEN:
            raise Conflict(_("This campaign is not open."), code="campaign_not_open")
        drawn = draw_list(campaign, op=op)
        campaign.drawn_at = now
        campaign.save(update_fields=["drawn_at"])
        op.audit(campaign, {"added": drawn.added, "moved": drawn.moved})
        return drawn


def draw_open_campaigns(authority_id: UUID, *, now: datetime) -> None:
    """For the clock: later joiners of every open campaign. One that cannot be drawn holds up no other."""
    actor = system_actor(authority_id, "census")
    with acting_for(authority_id):
        rows = Campaign.objects.filter(authority_id=authority_id, state=CampaignState.OPEN)
        campaigns = list(rows.filter(ends_on__gte=local_date(now)).order_by("id"))
        for campaign in campaigns:
            try:
                draw_again(campaign.id, actor=actor, now=now)
            except (Invalid, Conflict):
                # A fact that its scope asks for is gone, or somebody closed it just now.
                continue


def draw_list(campaign: Campaign, *, op: Operation) -> Drawn:
    """For operations that hold the campaign's lock. Two statements for people, whatever their number."""
    named = draw(campaign.scope, campaign.area_id, actor=op.actor, on=local_date(op.now))
    standing = _standing(campaign)
    values = _values(campaign, [each for each in named if standing.get(each.person_id) != _place(each)], op)
    with connection.cursor() as cursor:
        cursor.execute(INSERT, values)
        added = cursor.rowcount
        cursor.execute(MOVE, values)
        moved = cursor.rowcount
    owe_what_is_left(campaign, op=op)
    return Drawn(added, moved)


def _place(named: NamedPerson) -> tuple[UUID | None]:
    return (named.enterprise_id,)


def _standing(campaign: Campaign) -> dict[UUID | None, tuple[UUID | None]]:
    """Who is on the list, with the enterprise whose case it is: a second drawing writes only what differs."""
    rows = Case.objects.filter(authority_id=campaign.authority_id, campaign=campaign, person__isnull=False)
    return {person: (place,) for person, place in rows.values_list("person_id", "enterprise_id")}


def _values(campaign: Campaign, named: Sequence[NamedPerson], op: Operation) -> dict[str, Any]:
    return {
        "authority": campaign.authority_id,
        "campaign": campaign.id,
        "now": op.now,
        "ids": [new_id() for _each in named],
        "people": [each.person_id for each in named],
        "enterprises": [each.enterprise_id for each in named],
        "areas": [each.area_id for each in named],
    }
