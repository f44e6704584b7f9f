"""Whether an enterprise works: written when a context above has decided."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from fugong.core.operation import Operation
from fugong.core.refusals import Conflict, Invalid
from fugong.enterprises import facts
from fugong.enterprises.choices import StandingState
from fugong.enterprises.models import Enterprise, Standing, StandingEvent
from fugong.enterprises.operations.checks import locked_in_authority
from fugong.enterprises.operations.counts import adjust_counts, key_of
from fugong.enterprises.rules.standing import may_follow


def lock_standing(enterprise_id: UUID, *, op: Operation) -> StandingState:
    """How the enterprise stands; nobody changes it until the operation ends.

    Raises Conflict when it has left.
    """
    enterprise = locked_in_authority(enterprise_id, authority_id=op.actor.authority_id)
    _check_present(enterprise)
    return StandingState(enterprise.standing.state)


def record_standing(
    enterprise_id: UUID, *, state: StandingState, at: datetime, decision_id: UUID | None, op: Operation
) -> Standing:
    """Joins the caller's operation, which has decided and looked at permissions.

    Locks the enterprise, its standing, then the counters (in key order), so that two writers wait for each
    other and neither is lost. Raises Conflict when the change may not follow the present standing, when a
    later one is recorded or the enterprise has left; Invalid for a moment to come.
    """
    enterprise = locked_in_authority(enterprise_id, authority_id=op.actor.authority_id)
    standing = enterprise.standing
    before = StandingState(standing.state)
    _check(enterprise, before=before, after=state, at=at, now=op.now)
    StandingEvent(
        authority_id=enterprise.authority_id,
        enterprise=enterprise,
        state=state,
        at=at,
        decision_id=decision_id,
        recorded_at=op.now,
        recorded_by=op.actor.user_id,
    ).save(force_insert=True)
    standing.state, standing.since, standing.decision_id = state, at, decision_id
    standing.save(update_fields=["state", "since", "decision_id"])
    adjust_counts(enterprise.authority_id, {key_of(enterprise, before): -1, key_of(enterprise, state): 1})
    op.audit(enterprise, {"standing": [before.value, state.value], "at": at, "decision": decision_id})
    op.fact(
        facts.STANDING_CHANGED,
        {
            "enterprise": str(enterprise.id),
            "state": state.value,
            "at": at.isoformat(),
            "decision": str(decision_id) if decision_id else None,
        },
    )
    return standing


def _check(
    enterprise: Enterprise, *, before: StandingState, after: StandingState, at: datetime, now: datetime
) -> None:
    _check_present(enterprise)
    if not may_follow(before, after):
        raise Conflict(
            _("%(name)s stands at “%(before)s”; “%(after)s” cannot follow.")
            % {"name": enterprise.name, "before": before.label, "after": after.label},
            code="wrong_standing",
        )
    if at < enterprise.standing.since:
        raise Conflict(_("A later change of standing is recorded already."), code="later_standing")
    if at > now:
        raise Invalid(_("A standing cannot begin in the future."), code="in_future")


def _check_present(enterprise: Enterprise) -> None:
    if enterprise.left_on is not None:
        raise Conflict(_("%(name)s has left the park.") % {"name": enterprise.name}, code="has_left")
