"""What an application comes to. Each outcome is a decision with its reasons, and settles what was owed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from fugong.core.clock import end_of, local_date
from fugong.core.decisions import Reason, Text
from fugong.core.operation import Operation
from fugong.core.refusals import Invalid
from fugong.enterprises.choices import StandingState
from fugong.enterprises.operations import lock_standing, record_standing
from fugong.resumption import facts
from fugong.resumption.choices import ApplicationState, EventKind, Move, Purpose, StepState
from fugong.resumption.models import Application, Condition
from fugong.resumption.operations import certificates, events, owing, rounds
from fugong.resumption.operations.deciding import decide, note_reason, step_reason, visit_reason
from fugong.resumption.operations.ending import end_by_approval
from fugong.resumption.queries.certificates import list_renewable
from fugong.resumption.queries.clauses import point_path
from fugong.resumption.queries.terms import Terms, condition_words, plan_of
from fugong.resumption.queries.visits import newest_visit
from fugong.resumption.rules.planning import check_purpose
from fugong.resumption.rules.transitions import next_state

LONGEST = timedelta(days=2 * 365)
"""A condition that may be met later than this binds nobody."""


@dataclass(frozen=True, slots=True)
class ConditionData:
    """`key`: a condition of the playbook's enterprise plan, whose wording is then the playbook's; `text`: one
    of the reviewer's own.
    """

    text: str = ""
    until: date | None = None
    key: str = ""


def approve(
    application: Application, terms: Terms, *, note: str, conditions: Sequence[ConditionData], op: Operation
) -> None:
    _check_conditions(conditions, terms, today=local_date(op.now))
    reasons = _reasons(application)
    decision_id = decide(application, ApplicationState.APPROVED, reasons=reasons, terms=terms, op=op)
    _grant(application, terms, decision_id=decision_id, note=note, conditions=conditions, op=op)


def accept_commitment(application: Application, terms: Terms, *, op: Operation) -> None:
    """The enterprise has committed itself in writing: it is accepted at once, and looked at afterwards."""
    said = Reason(
        "commitment",
        f"routes.{application.route_key}.mode",
        Text.message(gettext_noop("The letter of commitment is signed; the check on site follows.")),
        satisfied=True,
    )
    decision_id = decide(application, ApplicationState.APPROVED, reasons=[said], terms=terms, op=op)
    _grant(application, terms, decision_id=decision_id, note="", conditions=(), op=op)


def accept_unobjected(application: Application, terms: Terms, *, op: Operation) -> None:
    """A filing against which nobody has objected within the clock is accepted by the clock itself."""
    said = Reason(
        "filing",
        f"routes.{application.route_key}.clock",
        Text.message(
            gettext_noop("Nobody objected by %(due)s."),
            due=application.due_at.isoformat(timespec="minutes") if application.due_at else "",
        ),
        satisfied=True,
    )
    rounds.close_open(rounds.steps_of_round(application), op=op)
    decision_id = decide(application, ApplicationState.APPROVED, reasons=[said], terms=terms, op=op)
    _grant(application, terms, decision_id=decision_id, note="", conditions=(), op=op)


def return_for_correction(application: Application, terms: Terms, *, op: Operation) -> None:
    """All points of the round go back at once; the authority's clock stands still from here on."""
    to_state = next_state(application.state, Move.RETURN)
    reasons = _reasons(application)
    decision_id = decide(application, ApplicationState.RETURNED, reasons=reasons, terms=terms, op=op)
    rounds.close_open(rounds.steps_of_round(application), op=op)
    notes = [step.opinion for step in rounds.steps_of_round(application) if step.state == StepState.RETURNED]
    happening = events.Happening(
        EventKind.RETURNED, to_state, note="\n".join(filter(None, notes)), decision_id=decision_id
    )
    events.record(application, happening, op=op)
    owing.close(application, op=op)
    assert terms.route is not None
    owing.owe_correction(application, due_at=terms.playbook.due_at(op.now, terms.route), op=op)
    op.fact(facts.APPLICATION_RETURNED, events.payload(application))


def refuse(application: Application, terms: Terms, *, op: Operation) -> None:
    to_state = next_state(application.state, Move.REFUSE)
    decision_id = decide(
        application, ApplicationState.REFUSED, reasons=_reasons(application), terms=terms, op=op
    )
    rounds.close_open(rounds.steps_of_round(application), op=op)
    application.decided_at, application.decision_id = op.now, decision_id
    notes = [step.opinion for step in rounds.steps_of_round(application) if step.state == StepState.REFUSED]
    happening = events.Happening(
        EventKind.REFUSED, to_state, note="\n".join(filter(None, notes)), decision_id=decision_id
    )
    events.record(application, happening, op=op)
    owing.close(application, op=op)
    op.fact(facts.APPLICATION_REFUSED, events.payload(application))


def _grant(
    application: Application,
    terms: Terms,
    *,
    decision_id: UUID,
    note: str,
    conditions: Sequence[ConditionData],
    op: Operation,
) -> None:
    to_state = next_state(ApplicationState.SUBMITTED, Move.APPROVE)
    application.decided_at, application.decision_id = op.now, decision_id
    happening = events.Happening(EventKind.APPROVED, to_state, note=note.strip(), decision_id=decision_id)
    events.record(application, happening, op=op)
    _set_conditions(application, terms, conditions, op=op)
    owing.close(application, op=op)
    _let_work(application, decision_id=decision_id, op=op)
    certificates.issue(application, terms, op=op)
    op.fact(facts.APPLICATION_APPROVED, events.payload(application))


def _let_work(application: Application, *, decision_id: UUID, op: Operation) -> None:
    """Where only the certificate is renewed it works already. Raises `Conflict` where it was suspended
    meanwhile.
    """
    purpose, enterprise_id = Purpose(application.purpose), application.enterprise_id
    if purpose is Purpose.REOPEN:
        end_by_approval(application, op=op)
    standing = lock_standing(enterprise_id, op=op)
    renews = enterprise_id in list_renewable([enterprise_id], today=local_date(op.now))
    check_purpose(purpose, standing, renews=renews)
    if standing is not StandingState.RESUMED:
        record_standing(enterprise_id, state=StandingState.RESUMED, at=op.now, decision_id=decision_id, op=op)


def _reasons(application: Application) -> list[Reason]:
    """What was seen on site and what each step of the round said."""
    visit = newest_visit(application)
    spoken = [step for step in rounds.steps_of_round(application) if step.decided_at is not None]
    points = [
        note_reason(
            f"point.{remark.kind}",
            remark.text,
            satisfied=False,
            clause=point_path(remark.kind, remark.key),
        )
        for remark in application.remarks.filter(round=application.round)
    ]
    return [*([visit_reason(visit)] if visit else []), *map(step_reason, spoken), *points]


def _check_conditions(conditions: Sequence[ConditionData], terms: Terms, *, today: date) -> None:
    plan = terms.playbook.policy.enterprise_plan
    if plan.is_required and not conditions:
        raise Invalid(
            _("The playbook wants a plan for every enterprise: set at least one condition."),
            code="plan_missing",
            fields={"conditions": _("Set at least one condition.")},
        )
    known = {each.id for each in plan_of(terms)}
    for condition in conditions:
        if not condition.key and not condition.text.strip():
            raise Invalid(_("A condition has no text."), code="condition_empty")
        if condition.key and condition.key not in known:
            raise Invalid(
                _("The playbook has no such condition for this enterprise."), code="condition_unknown"
            )
        if condition.until is not None and condition.until > today + LONGEST:
            sentence = _("Choose a day within two years.")
            raise Invalid(sentence, code="condition_too_far", fields={"until": sentence})


def _set_conditions(
    application: Application, terms: Terms, conditions: Sequence[ConditionData], *, op: Operation
) -> None:
    for position, data in enumerate(conditions, start=1):
        text_zh, text_en = condition_words(terms, data.key) if data.key else (data.text.strip(), "")
        row = Condition.objects.create(
            authority_id=op.actor.authority_id,
            application=application,
            position=position,
            key=data.key,
            text=text_zh,
            text_en=text_en,
            until=data.until,
            recorded_at=op.now,
        )
        if data.until is not None:
            owing.owe_condition(row, due_at=end_of(max(data.until, local_date(op.now))), op=op)
