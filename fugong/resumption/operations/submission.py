"""Submitting an application, and taking it back."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.clock import local_date
from fugong.core.operation import Operation, operation
from fugong.core.punctuation import labelled, listed
from fugong.core.refusals import Conflict, Invalid
from fugong.enterprises.choices import StandingState
from fugong.enterprises.queries import get_enterprise
from fugong.playbooks.choices import RouteMode
from fugong.playbooks.facts import Wave
from fugong.resumption import facts
from fugong.resumption.choices import EventKind, Move, Purpose
from fugong.resumption.models import Application, ApplicationEvent
from fugong.resumption.operations import closing, events, outcomes, owing, rounds
from fugong.resumption.operations.locking import lock_application
from fugong.resumption.permissions import check_may_apply
from fugong.resumption.queries.certificates import list_renewable
from fugong.resumption.queries.checklist import missing_of
from fugong.resumption.queries.terms import Terms, say, terms_of
from fugong.resumption.queries.visits import needs_visit
from fugong.resumption.queries.waves import first_with_room, waves_for
from fugong.resumption.rules.clocks import due_again
from fugong.resumption.rules.completeness import Missing
from fugong.resumption.rules.planning import (
    LAST,
    Plan,
    check_not_before,
    check_plan,
    check_present,
    check_purpose,
)
from fugong.resumption.rules.transitions import next_state


def submit(application_id: UUID, *, actor: Actor, now: datetime, version: int | None = None) -> Application:
    """Hands the application over. The playbook in force chooses the route, the steps and the clocks.

    Locks the application. Raises `Invalid` with everything that is missing, when no route is open to the
    applicant, or when work is planned before the playbook's earliest day; `Conflict` when it is not a draft
    (any more), the enterprise has left, its standing has changed, or its wave is full.
    """
    with operation("resumption.submit", actor=actor, now=now) as op:
        application = lock_application(application_id, actor=actor, version=version)
        check_may_apply(actor, application.enterprise_id)
        to_state = next_state(application.state, Move.SUBMIT)
        enterprise = get_enterprise(actor, application.enterprise_id)
        application.enterprise = enterprise
        check_present(enterprise.left_on)
        renews = enterprise.id in list_renewable([enterprise.id], today=local_date(now))
        check_purpose(Purpose(application.purpose), StandingState(enterprise.standing.state), renews=renews)
        terms = terms_of(application, today=local_date(now))
        _check_ready(application, terms, today=local_date(now))
        wave = _take_place(application, terms)
        again = application.submitted_at is not None
        _place(application, terms, wave, again=again, op=op)
        kind = EventKind.RESUBMITTED if again else EventKind.SUBMITTED
        happening = events.Happening(kind, to_state, detail=_submitted(application))
        events.record(application, happening, op=op)
        _start(application, terms, op=op)
        op.audit(application, {"route": application.route_key, "round": application.round})
        op.fact(facts.APPLICATION_SUBMITTED, events.payload(application))
        return application


def withdraw(
    application_id: UUID, *, actor: Actor, now: datetime, note: str = "", version: int | None = None
) -> Application:
    """The enterprise takes its application back, in whatever open state; it may apply anew."""
    with operation("resumption.withdraw", actor=actor, now=now) as op:
        application = lock_application(application_id, actor=actor, version=version)
        check_may_apply(actor, application.enterprise_id)
        closing.close(application, EventKind.WITHDRAWN, note=note, op=op)
        return application


def _check_ready(application: Application, terms: Terms, *, today: date) -> None:
    if terms.choice.refused is not None:
        sentence = terms.choice.refused.in_language(get_language() or "")
        clause = ", ".join(terms.choice.refused.ref)
        raise Invalid(f"{sentence} {clause}".strip(), code=f"route_{terms.choice.refused.code.value}")
    _wanted, missing = missing_of(application, terms)
    if missing:
        raise Incomplete(missing)
    assert application.planned_on is not None
    assert application.planned_staff is not None
    plan = Plan(application.planned_on, application.planned_staff)
    check_plan(plan, today=today, normal_staff=application.enterprise.normal_staff)
    earliest = terms.choice.earliest_start
    check_not_before(
        plan.starts_on, earliest=local_date(earliest) if earliest else None, clause=_clause_not_before(terms)
    )


class Incomplete(Invalid):
    """`missing` lists what the application lacks, in the order of the form."""

    def __init__(self, missing: list[Missing]) -> None:
        super().__init__(
            _("Not submitted: %(count)s things are missing.") % {"count": len(missing)},
            code="incomplete",
            fields={lack.key: labelled(lack.label, lack.why) for lack in missing},
        )
        self.missing = missing


def _clause_not_before(terms: Terms) -> str:
    """The rule that sets the earliest day, by its name and source."""
    rules = [
        rule
        for rule in terms.playbook.policy.not_before.values()
        if rule.moment == terms.choice.earliest_start
    ]
    return "; ".join(rule.reason.in_language(get_language() or "") for rule in rules)


def _take_place(application: Application, terms: Terms) -> Wave | None:
    """The wave the applicant stands in: the first that takes it and still has a place.

    Raises `Conflict` where all that would take it are full, `Invalid` when work is planned before it opens.
    """
    wave = first_with_room(application, terms)
    if wave is not None:
        assert application.planned_on is not None
        check_not_before(application.planned_on, earliest=wave.opens_on, clause=say(wave.name))
        return wave
    full = waves_for(terms)
    if full:
        names = listed(f"{say(each.name)} ({each.quota})" for each in full)
        raise Conflict(
            _("All places are taken: %(waves)s. Submit again once one is free, or a further wave opens.")
            % {"waves": names},
            code="wave_full",
        )
    return None


def _place(application: Application, terms: Terms, wave: Wave | None, *, again: bool, op: Operation) -> None:
    """Keeps what it is judged by, and sets the clock: a new one, or the old one that stood still."""
    assert terms.route is not None
    priority = terms.playbook.priority_for(terms.facts, terms.on)
    application.playbook_version_id = terms.version.version_id
    application.applicant = terms.facts
    application.judged_on = terms.on
    application.route_key = terms.route.id
    application.priority_rank = priority.rank if priority else LAST
    application.wave_key = wave.id if wave else ""
    if again:
        application.round += 1
        application.due_at = _due_again(application, terms, op.now)
    else:
        application.submitted_at = op.now
        application.due_at = terms.playbook.due_at(op.now, terms.route)


def _due_again(application: Application, terms: Terms, now: datetime) -> datetime:
    """A clock that stops while the enterprise corrects goes on from there; there is always one working day
    left.
    """
    assert terms.route is not None
    assert application.due_at is not None
    clock = terms.playbook.clock_of(terms.route)
    due = application.due_at
    if clock.stops_while_returned:
        due = _moved(application, due, terms, now, is_in_days=clock.working_days is not None)
    return max(due, _in_one_working_day(terms, now))


def _moved(
    application: Application, due: datetime, terms: Terms, now: datetime, *, is_in_days: bool
) -> datetime:
    returned_at = (
        ApplicationEvent.objects.filter(application=application, kind=EventKind.RETURNED)
        .order_by("-at", "-id")
        .values_list("at", flat=True)[0]
    )
    if not is_in_days:
        return due + (now - returned_at)
    is_working_day = terms.playbook.calendar.is_working_day
    return due_again(due, returned_at=returned_at, given_back_at=now, is_working_day=is_working_day)


def _in_one_working_day(terms: Terms, now: datetime) -> datetime:
    one_day = now + timedelta(days=1)
    while not terms.playbook.calendar.is_working_day(local_date(one_day)):
        one_day += timedelta(days=1)
    return one_day


def _start(application: Application, terms: Terms, *, op: Operation) -> None:
    """Opens the first steps and the visit. A commitment is accepted at once and looked at afterwards."""
    owing.settle_correction(application, op=op)
    if terms.mode is RouteMode.COMMITMENT:
        outcomes.accept_commitment(application, terms, op=op)
    else:
        rounds.open_ready(application, rounds.lay_out(application, terms, op=op), terms, op=op)
    if needs_visit(application, terms):
        assert application.due_at is not None
        owing.owe_visit(application, terms, due_at=application.due_at, op=op)


def _submitted(application: Application) -> dict[str, object]:
    """What was said on this submission: later answers do not change it."""
    answers = application.answers.order_by("standard", "item").values("standard", "item", "value", "note")
    files = application.evidence.filter(removed_at=None).order_by("kind", "key", "id")
    return {
        "planned_on": application.planned_on.isoformat() if application.planned_on else None,
        "planned_staff": application.planned_staff,
        "answers": list(answers),
        "files": [{"kind": row.kind, "key": row.key, "file": str(row.file_id)} for row in files],
    }
