"""Opinions on an application: agree, return for correction, refuse; and the approval at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.clock import local_date
from fugong.core.operation import Operation, operation
from fugong.core.refusals import Conflict, Invalid
from fugong.resumption.choices import EventKind, Move, OpinionKind, PointKind, StepState
from fugong.resumption.models import Application, Remark, Step
from fugong.resumption.operations import events, outcomes, owing, rounds
from fugong.resumption.operations.locking import lock_application, lock_step
from fugong.resumption.operations.outcomes import ConditionData
from fugong.resumption.permissions import check_may_give_opinion
from fugong.resumption.queries.points import PointChoice, points_of
from fugong.resumption.queries.terms import Terms, terms_of
from fugong.resumption.queries.visits import needs_visit, newest_visit
from fugong.resumption.rules.steps import Verdict, check_open, verdict, would_approve
from fugong.resumption.rules.transitions import next_state

_STATES = {
    OpinionKind.AGREE: StepState.AGREED,
    OpinionKind.RETURN: StepState.RETURNED,
    OpinionKind.REFUSE: StepState.REFUSED,
}


@dataclass(frozen=True, slots=True)
class Point:
    """What has to be corrected: an item, a paper, a letter or a field of the application, and how."""

    kind: PointKind
    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Opinion:
    """`step`: its key. A return names at least one point; a refusal gives its reason in `note`."""

    step: str
    kind: OpinionKind
    note: str = ""
    points: Sequence[Point] = ()


@dataclass(frozen=True, slots=True)
class Approval:
    """The last agreement, with the conditions set for this enterprise."""

    step: str
    note: str = ""
    conditions: Sequence[ConditionData] = ()


def give_opinion(
    application_id: UUID, opinion: Opinion, *, actor: Actor, now: datetime, version: int | None = None
) -> Application:
    """One reviewer speaks. Opinions of steps that run in parallel are gathered before anything goes back.

    Locks the application. Raises `Conflict` when it has been withdrawn or decided, the step has spoken, the
    visit is not passed, or this agreement would approve (then `approve` is meant); `Invalid` for a return
    without points or with a point that the playbook never asked for, and for a refusal without a reason.
    """
    with operation("resumption.give_opinion", actor=actor, now=now) as op:
        application, step, terms = _lock(application_id, opinion.step, actor=actor, now=now, version=version)
        _check(application, step, opinion, terms, today=local_date(now))
        _speak(step, opinion.kind, opinion.note, op=op)
        _remark(step, opinion.points, op=op)
        op.audit(application, {"step": step.key, "opinion": opinion.kind.value}, note=opinion.note.strip())
        _go_on(application, step, opinion, terms, op=op)
        return application


def approve(
    application_id: UUID, approval: Approval, *, actor: Actor, now: datetime, version: int | None = None
) -> Application:
    """The last level agrees: the certificate is issued and the enterprise stands at “resumed”.

    Locks the application, then the enterprise. Raises as `give_opinion`, and `Conflict` when another step has
    still to speak or the newest visit was not passed.
    """
    with operation("resumption.approve", actor=actor, now=now) as op:
        application, step, terms = _lock(application_id, approval.step, actor=actor, now=now, version=version)
        if not would_approve(rounds.views(rounds.steps_of_round(application)), step.key):
            raise Conflict(_("Another step has still to give its opinion."), code="not_last_step")
        _check_visited(application, terms)
        _speak(step, OpinionKind.AGREE, approval.note, op=op)
        op.audit(application, {"step": step.key, "opinion": "agree"}, note=approval.note.strip())
        outcomes.approve(application, terms, note=approval.note, conditions=approval.conditions, op=op)
        return application


def _lock(
    application_id: UUID, step_key: str, *, actor: Actor, now: datetime, version: int | None
) -> tuple[Application, Step, Terms]:
    application = lock_application(application_id, actor=actor)
    step = lock_step(application, step_key)
    check_may_give_opinion(actor, step)
    next_state(application.state, Move.APPROVE)
    check_open(step.state)
    lock_application(application_id, actor=actor, version=version)
    return application, step, terms_of(application, today=local_date(now))


def _check(application: Application, step: Step, opinion: Opinion, terms: Terms, *, today: date) -> None:
    if opinion.kind is OpinionKind.AGREE:
        if would_approve(rounds.views(rounds.steps_of_round(application)), step.key):
            raise Conflict(_("This is the last opinion: approve the application instead."), code="last_step")
        if step.needs_visit:
            _check_visited(application, terms)
    elif opinion.kind is OpinionKind.RETURN:
        _check_points(opinion.points, points_of(terms, today=today))
    elif not opinion.note.strip():
        raise Invalid(
            _("A refusal needs its reason."), code="reason_missing", fields={"note": _("Give the reason.")}
        )


def _check_visited(application: Application, terms: Terms) -> None:
    if not needs_visit(application, terms):
        return
    visit = newest_visit(application)
    if visit is None:
        raise Conflict(_("The enterprise has not been verified on site yet."), code="not_verified")
    if visit.vetoed:
        raise Conflict(_("A veto check failed on site; nobody can approve over it."), code="vetoed")
    raise Conflict(_("The visit on site was not passed."), code="visit_failed")


def _check_points(points: Sequence[Point], choices: Sequence[PointChoice]) -> None:
    """Only what the playbook asks for can be asked to be corrected: a paper outside its list cannot."""
    if not points:
        raise Invalid(
            _("Name at least one thing that has to be corrected."),
            code="points_missing",
            fields={"points": _("Mark what has to be corrected.")},
        )
    known = {(choice.kind, choice.key) for choice in choices}
    for point in points:
        if (point.kind, point.key) not in known:
            raise Invalid(
                _("“%(key)s” is not on the playbook's list and may not be asked for.") % {"key": point.key},
                code="not_on_the_list",
            )
        if not point.text.strip():
            raise Invalid(
                _("Say what has to be corrected."), code="point_empty", fields={point.key: _("Say how.")}
            )


def _speak(step: Step, kind: OpinionKind, note: str, *, op: Operation) -> None:
    step.state = _STATES[kind]
    step.opinion = note.strip()
    step.decided_at, step.decided_by_id, step.decided_by_name = op.now, op.actor.user_id, op.actor.name
    step.save(update_fields=["state", "opinion", "decided_at", "decided_by", "decided_by_name"])
    owing.settle_step(step, op=op)


def _remark(step: Step, points: Sequence[Point], *, op: Operation) -> None:
    Remark.objects.bulk_create(
        Remark(
            authority_id=op.actor.authority_id,
            application_id=step.application_id,
            step=step,
            round=step.round,
            kind=point.kind,
            key=point.key,
            text=point.text.strip(),
            at=op.now,
            recorded_at=op.now,
        )
        for point in points
    )


def _go_on(application: Application, step: Step, opinion: Opinion, terms: Terms, *, op: Operation) -> None:
    steps = rounds.steps_of_round(application)
    result = verdict(rounds.views(steps))
    if result is Verdict.RETURN:
        outcomes.return_for_correction(application, terms, op=op)
    elif result is Verdict.REFUSE:
        outcomes.refuse(application, terms, op=op)
    else:
        if result is Verdict.OPEN_MORE:
            rounds.open_ready(application, steps, terms, op=op)
        said = events.Happening(
            EventKind.AGREED if opinion.kind is OpinionKind.AGREE else EventKind.OBJECTED,
            note=opinion.note.strip(),
            detail={
                "step": step.key,
                "name_zh": step.name_zh,
                "name_en": step.name_en,
                "opinion": opinion.kind.value,
            },
        )
        events.record(application, said, op=op)
