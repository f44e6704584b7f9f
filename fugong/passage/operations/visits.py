"""Visitors, invited by whom they visit."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.audit.personal import Personal
from fugong.core.operation import operation
from fugong.core.refusals import Conflict, Invalid, NotFound
from fugong.enterprises import queries as enterprises
from fugong.passage.choices import DATA_CLASS, INVITE
from fugong.passage.models import Visit
from fugong.passage.operations.keys import ensure_key
from fugong.passage.operations.numbers import next_number
from fugong.passage.operations.places import place_number
from fugong.passage.permissions import check_may_at
from fugong.passage.rules.guests import VisitData, problems_of_visit
from fugong.people import queries as people


def invite(enterprise_id: UUID, data: VisitData, *, actor: Actor, now: datetime) -> Visit:
    """To the enterprise. The visit of somebody who has a file here, by the number of the document, names it;
    whoever invites does not learn so.

    Raises NotFound, NotPermitted, Invalid with the fields at fault, Conflict for an enterprise that has left.
    """
    with operation("passage.invite", actor=actor, now=now) as op:
        place = enterprises.get_enterprise(actor, enterprise_id)
        check_may_at(actor, INVITE, area_id=place.area_id, enterprise_id=place.id)
        if place.left_on is not None:
            raise Conflict(_("This enterprise has left the park."), code="enterprise_left")
        data = data.tidied()
        if problems := problems_of_visit(data, now=now):
            raise Invalid(_("The visit cannot be kept like this."), code="bad_visit", fields=problems)
        ensure_key(op=op)
        place_number(enterprise_id, op=op)
        known = people.ids_by_document([data.document], actor=actor) if data.document else {}
        visit = Visit.objects.create(
            authority_id=actor.authority_id,
            enterprise_id=enterprise_id,
            serial=next_number(Visit, op=op, field="serial"),
            person_id=known.get(data.document),
            recorded_at=now,
            recorded_by=actor.user_id,
            recorded_by_name=actor.name,
            **{name: getattr(data, name) for name in VisitData.__dataclass_fields__},
        )
        op.audit(visit, _told(visit))
        return visit


def cancel_visit(visit_id: UUID, *, actor: Actor, now: datetime) -> Visit:
    """The visitor's code opens nothing any more. Locks the visit.

    Raises NotFound, NotPermitted, Conflict when it is over or cancelled.
    """
    with operation("passage.cancel_visit", actor=actor, now=now) as op:
        rows = Visit.objects.filter(authority_id=actor.authority_id, id=visit_id)
        visit = rows.select_for_update(of=("self",), no_key=True).select_related("enterprise").first()
        if visit is None:
            raise NotFound()
        check_may_at(actor, INVITE, area_id=visit.enterprise.area_id, enterprise_id=visit.enterprise_id)
        if visit.cancelled_at is not None or visit.ends_at <= now:
            raise Conflict(_("This visit is over."), code="visit_over")
        visit.cancelled_at, visit.cancelled_by_name = now, actor.name
        visit.save(update_fields=["cancelled_at", "cancelled_by_name"])
        op.audit(visit, {"serial": visit.serial, "cancelled_at": now})
        return visit


def _told(visit: Visit) -> dict[str, object]:
    return {
        "enterprise": visit.enterprise_id,
        "serial": visit.serial,
        "name": Personal(visit.name, DATA_CLASS),
        "purpose": visit.purpose,
        "starts_at": visit.starts_at,
        "ends_at": visit.ends_at,
    }
