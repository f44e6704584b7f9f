"""Further premises of an enterprise: it is counted where its main ones are, and found where it works."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from fugong.areas import queries as areas
from fugong.core.actor import Actor
from fugong.core.names import tidy
from fugong.core.operation import operation
from fugong.core.refusals import Conflict, NotFound
from fugong.enterprises import permissions
from fugong.enterprises.models import Premises
from fugong.enterprises.operations.checks import check_day, locked, refusal_of
from fugong.enterprises.rules.data import EARLIEST, TEXT_LIMITS
from fugong.enterprises.rules.problems import Problem


def add_premises(
    enterprise_id: UUID, *, place: tuple[UUID, str], since_on: date, actor: Actor, now: datetime
) -> Premises:
    """`place` is the area and the address. Raises Invalid for an empty address or a day to come."""
    area_id, address = place[0], tidy(place[1])
    with operation("enterprises.add_premises", actor=actor, now=now) as op:
        enterprise = locked(enterprise_id, actor=actor)
        permissions.check_may_edit(actor, enterprise.area_id)
        area = areas.get_area(area_id, actor=actor)
        if not address:
            raise refusal_of({"address": Problem("missing")})
        if len(address) > TEXT_LIMITS["address"]:
            raise refusal_of({"address": Problem("too_long", {"limit": TEXT_LIMITS["address"]})})
        check_day("since_on", since_on, earliest=EARLIEST, now=now)
        premises = Premises(
            authority_id=actor.authority_id,
            enterprise=enterprise,
            area=area,
            address=address,
            since_on=since_on,
            recorded_at=now,
            recorded_by=actor.user_id,
        )
        premises.save(force_insert=True)
        op.audit(enterprise, {"premises": address, "area": area.code, "since_on": since_on})
    return premises


def end_premises(premises_id: UUID, *, until_on: date, actor: Actor, now: datetime) -> Premises:
    """`until_on` is the first day on which they are no longer used."""
    with operation("enterprises.end_premises", actor=actor, now=now) as op:
        rows = Premises.objects.filter(authority_id=actor.authority_id).select_for_update()
        premises = rows.filter(id=premises_id).first()
        if premises is None:
            raise NotFound()
        enterprise = locked(premises.enterprise_id, actor=actor)
        permissions.check_may_edit(actor, enterprise.area_id)
        if premises.until_on is not None:
            raise Conflict(_("These premises were given up before."), code="ended_before")
        check_day("until_on", until_on, earliest=premises.since_on, now=now)
        premises.until_on = until_on
        premises.save(update_fields=["until_on"])
        op.audit(enterprise, {"premises": premises.address, "until_on": [None, until_on]})
    return premises
