"""Working a list: take the next person, call, say what came of it, take an entry back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from fugong.census import facts
from fugong.census.choices import CallKind, CampaignState, CaseState
from fugong.census.models import Call, Campaign, Case
from fugong.census.operations.owing import owe_again, settle_if_done
from fugong.census.permissions import check_may_call, check_may_take_back
from fugong.census.queries.campaigns import get_campaign
from fugong.census.queries.cases import find_next, last_standing_call, standing_calls
from fugong.census.rules import calls
from fugong.census.rules.calls import HELD_FOR, CallData, Standing
from fugong.core.actor import Actor
from fugong.core.operation import Operation, operation
from fugong.core.refusals import Conflict, Invalid, NotFound
from fugong.people import operations as people


def take_next(campaign_id: UUID, *, actor: Actor, now: datetime) -> Case | None:
    """Who is to be called now, held for this person for some minutes; None when nobody is left or free.

    Locks the row it gives. Raises NotFound, Conflict unless the campaign is open.
    """
    with operation("census.take", actor=actor, now=now) as op:
        campaign = get_campaign(campaign_id, actor=actor)
        _check_open(campaign)
        case = find_next(actor, campaign_id, now=now)
        if case is None:
            op.audit(campaign, {"left": 0})
            return None
        check_may_call(actor, case)
        _hold(case, op)
        op.audit(case, {"held_until": case.held_until})
        return case


def release_case(case_id: UUID, *, actor: Actor, now: datetime) -> Case:
    """Puts the case back without an entry. Raises NotFound, NotPermitted for one that somebody else is at."""
    with operation("census.release", actor=actor, now=now) as op:
        case = locked(case_id, actor=actor)
        _check_mine(case, actor, now=now)
        _let_go(case)
        case.save(update_fields=["held_by", "held_by_name", "held_until"])
        op.audit(case, {"held_until": None})
        return case


def dial(case_id: UUID, *, actor: Actor, now: datetime) -> str:
    """The number, to be called now: an act that stands in the person's file. Holds the case.

    Raises NotFound, NotPermitted, Conflict when somebody else is at it.
    """
    with operation("census.dial", actor=actor, now=now) as op:
        case = locked(case_id, actor=actor)
        check_may_call(actor, case)
        _check_open(case.campaign)
        _check_mine(case, actor, now=now)
        _hold(case, op)
        op.audit(case, {"person": str(case.person_id or "")})
        if case.person_id is not None:
            return people.read_phone(case.person_id, actor=actor, now=now)
        return str(case.phone)


def record_call(case_id: UUID, data: CallData, *, actor: Actor, now: datetime) -> Call:
    """Keeps what came of a call, lets the case go, and closes it where the outcome says so.

    Locks the case. Raises NotFound, NotPermitted, Invalid with the fields at fault, Conflict when the
    campaign or the case is closed, or somebody else is at it.
    """
    with operation("census.call", actor=actor, now=now) as op:
        case = locked(case_id, actor=actor)
        check_may_call(actor, case)
        _check_open(case.campaign)
        if case.state == CaseState.CLOSED:
            raise Conflict(_("This case is closed: take the last entry back first."), code="case_closed")
        _check_mine(case, actor, now=now)
        call = _entered(case, data, op)
        _stand(case, op)
        op.audit(call, {"case": str(case.id), "outcome": call.outcome, "findings": list(call.findings)})
        op.fact(facts.CALL_RECORDED, _payload(case))
        return call


def take_back(case_id: UUID, *, actor: Actor, now: datetime) -> Call:
    """The last entry that counts is taken back by another; both stay in the log.

    Locks the case. Raises NotFound, NotPermitted unless it is one's own or one runs the campaign, Conflict
    where nothing is left to take back.
    """
    with operation("census.take_back", actor=actor, now=now) as op:
        case = locked(case_id, actor=actor)
        _check_open(case.campaign)
        last = last_standing_call(case)
        if last is None:
            raise Conflict(_("There is no entry to take back."), code="nothing_entered")
        check_may_take_back(actor, last, case.campaign)
        undone = _kept(case, op, kind=CallKind.UNDO, outcome=last.outcome, replaces=last)
        _stand(case, op)
        _hold(case, op)
        op.audit(undone, {"case": str(case.id), "outcome": last.outcome})
        op.fact(facts.CALL_TAKEN_BACK, _payload(case))
        return undone


def locked(case_id: UUID, *, actor: Actor) -> Case:
    """Raises NotFound, also for a case the actor may not see."""
    rows = Case.objects.visible_to(actor).select_related("campaign", "enterprise")
    case = rows.select_for_update(of=("self",)).filter(id=case_id).first()
    if case is None:
        raise NotFound()
    return case


def _entered(case: Case, data: CallData, op: Operation) -> Call:
    campaign = case.campaign
    problems = calls.problems_of(data, campaign.outcomes, campaign.findings, now=op.now)
    if problems:
        raise Invalid(_("The entry cannot be kept like this."), code="bad_call", fields=problems)
    outcome = campaign.outcome_of[data.outcome]
    return _kept(
        case,
        op,
        kind=CallKind.CALL,
        outcome=data.outcome,
        findings=calls.findings_with(data, outcome, campaign.findings),
        note=data.note,
        next_call_at=calls.next_call(data, outcome, now=op.now),
    )


def _kept(case: Case, op: Operation, **said: object) -> Call:
    call = Call(
        authority_id=case.authority_id,
        campaign_id=case.campaign_id,
        case=case,
        at=op.now,
        by=op.actor.user_id,
        by_name=op.actor.name,
        recorded_at=op.now,
        **{**said, "findings": list(said.get("findings", ()))},  # type: ignore[call-overload]
    )
    call.save(force_insert=True)
    return call


def _stand(case: Case, op: Operation) -> None:
    """The case as the calls that count leave it, and what the enterprise owes for it."""
    was_open = case.state == CaseState.OPEN
    standing = calls.standing_after(standing_calls(case), case.campaign.outcome_of)
    _write(case, standing, op)
    if standing.closes:
        settle_if_done(case, op=op)
    elif not was_open:
        owe_again(case, op=op)


def _write(case: Case, standing: Standing, op: Operation) -> None:
    case.state = CaseState.CLOSED if standing.closes else CaseState.OPEN
    case.closed_at = op.now if standing.closes else None
    case.outcome, case.findings = standing.outcome, list(standing.findings)
    case.tries, case.last_call_at = standing.tries, standing.last_call_at
    case.next_call_at = None if standing.closes else standing.next_call_at
    _let_go(case)
    case.save()


def _hold(case: Case, op: Operation) -> None:
    case.held_by, case.held_by_name = op.actor.user_id, op.actor.name
    case.held_until = op.now + HELD_FOR
    case.save(update_fields=["held_by", "held_by_name", "held_until"])


def _let_go(case: Case) -> None:
    case.held_by, case.held_by_name, case.held_until = None, "", None


def _check_open(campaign: Campaign) -> None:
    if campaign.state != CampaignState.OPEN:
        raise Conflict(_("This campaign is not open."), code="campaign_not_open")


def _check_mine(case: Case, actor: Actor, *, now: datetime) -> None:
    if not calls.is_free(case.held_by, case.held_until, for_user=actor.user_id, now=now):
        message = _("%(name)s is at this case now.") % {"name": case.held_by_name}
        raise Conflict(message, code="case_held")


def _payload(case: Case) -> dict[str, object]:
    return {
        "campaign": str(case.campaign_id),
        "case": str(case.id),
        "person": str(case.person_id or ""),
    }
