"""Leaving the park, and coming back."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.operation import operation
from fugong.core.refusals import Conflict
from fugong.enterprises import facts, permissions
from fugong.enterprises.models import Enterprise
from fugong.enterprises.operations.checks import check_day, locked
from fugong.enterprises.operations.counts import adjust_counts, key_of
from fugong.enterprises.operations.history import say, start_of


def leave_park(
    enterprise_id: UUID, *, left_on: date, actor: Actor, now: datetime, note: str = ""
) -> Enterprise:
    """From `left_on` on the enterprise is no longer in the park, nor counted. Not for a day to come."""
    with operation("enterprises.leave_park", actor=actor, now=now) as op:
        enterprise = locked(enterprise_id, actor=actor)
        permissions.check_may_edit(actor, enterprise.area_id)
        if enterprise.left_on is not None:
            raise Conflict(_("This enterprise has left already."), code="has_left")
        check_day("left_on", left_on, earliest=enterprise.entered_on, now=now)
        enterprise.left_on, enterprise.changed_at = left_on, now
        enterprise.save(update_fields=["left_on", "changed_at"])
        say(enterprise, {"is_present": False}, since=start_of(left_on), op=op)
        adjust_counts(actor.authority_id, {key_of(enterprise, enterprise.standing.state): -1})
        op.audit(enterprise, {"left_on": [None, left_on]}, note=note)
        op.fact(facts.ENTERPRISE_LEFT, {"enterprise": str(enterprise.id)})
    return enterprise


def readmit(enterprise_id: UUID, *, entered_on: date, actor: Actor, now: datetime) -> Enterprise:
    """An enterprise that had left is in the park again from that day on; it stands as it stood."""
    with operation("enterprises.readmit", actor=actor, now=now) as op:
        enterprise = locked(enterprise_id, actor=actor)
        permissions.check_may_edit(actor, enterprise.area_id)
        if enterprise.left_on is None:
            raise Conflict(_("This enterprise is in the park."), code="present")
        check_day("entered_on", entered_on, earliest=enterprise.left_on, now=now)
        left_on = enterprise.left_on
        enterprise.left_on, enterprise.changed_at = None, now
        enterprise.save(update_fields=["left_on", "changed_at"])
        say(enterprise, {"is_present": True}, since=start_of(entered_on), op=op)
        adjust_counts(actor.authority_id, {key_of(enterprise, enterprise.standing.state): 1})
        op.audit(enterprise, {"left_on": [left_on, None], "back_on": [None, entered_on]})
        op.fact(facts.ENTERPRISE_UPDATED, {"enterprise": str(enterprise.id)})
    return enterprise
