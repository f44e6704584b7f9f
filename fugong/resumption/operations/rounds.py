"""The steps of a round: laid out at submission, opened as their turn comes, closed when nobody needs them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from fugong.core.operation import Operation
from fugong.playbooks.facts import Step as PlaybookStep
from fugong.playbooks.queries import due_by
from fugong.resumption.choices import REVIEW_PARK, StepState
from fugong.resumption.models import Application, Step
from fugong.resumption.operations import owing
from fugong.resumption.permissions import permission_of
from fugong.resumption.queries.calling import urging_of
from fugong.resumption.queries.terms import Terms
from fugong.resumption.rules.steps import StepView, keys_to_open

OBJECTION = "objection"
"""The key of the step by which a filing can be objected to, where the playbook names none."""


def views(steps: Sequence[Step]) -> list[StepView]:
    return [StepView(step.key, StepState(step.state), frozenset(step.after)) for step in steps]


def steps_of_round(application: Application) -> list[Step]:
    steps = list(Step.objects.filter(application=application, round=application.round))
    for step in steps:
        step.application = application
    return steps


def lay_out(application: Application, terms: Terms, *, op: Operation) -> list[Step]:
    """The steps of the route, all waiting; a filing without steps gets the one by which it can be objected
    to.
    """
    assert terms.route is not None
    rows = [
        _row(application, terms, step, position)
        for position, step in enumerate(terms.route.steps.values(), start=1)
    ] or [_objection(application)]
    for row in rows:
        row.authority_id = op.actor.authority_id
        row.recorded_at = op.now
    Step.objects.bulk_create(rows)
    return rows


def open_ready(application: Application, steps: Sequence[Step], terms: Terms, *, op: Operation) -> None:
    """Opens every step whose turn has come, each with its own clock, and says who owes the opinion."""
    ready = set(keys_to_open(views(steps)))
    for step in steps:
        if step.key in ready:
            step.state = StepState.OPEN
            step.opened_at = op.now
            clock = _clock_of(step, terms)
            step.due_at = _due_at(clock, terms, op.now, latest=application.due_at)
            step.save(update_fields=["state", "opened_at", "due_at"])
            urging = urging_of(terms, clock, due_at=step.due_at, enterprise_id=application.enterprise_id)
            owing.owe_opinion(step, due_at=step.due_at, op=op, urging=urging)


def close_open(steps: Sequence[Step], *, op: Operation) -> None:
    for step in steps:
        if step.state in {StepState.OPEN, StepState.WAITING}:
            step.state = StepState.SKIPPED
            step.save(update_fields=["state"])
            owing.withdraw_step(step.id, op=op)


def _row(application: Application, terms: Terms, step: PlaybookStep, position: int) -> Step:
    assert terms.route is not None
    body = terms.playbook.policy.organisation.bodies[step.body]
    return Step(
        application=application,
        round=application.round,
        position=position,
        key=step.id,
        level=step.level,
        name_zh=step.name.zh,
        name_en=step.name.en,
        body=step.body,
        permission=permission_of(body.kind),
        after=list(terms.route.steps_before(step.id)),
        needs_visit=step.visit,
    )


def _objection(application: Application) -> Step:
    """Nameless: `Step.name` says in the reader's language what it is."""
    return Step(
        application=application,
        round=application.round,
        position=1,
        key=OBJECTION,
        level=1,
        permission=REVIEW_PARK,
    )


def _clock_of(step: Step, terms: Terms) -> str:
    """The step's own clock where it has one, else the route's."""
    assert terms.route is not None
    listed = terms.route.steps.get(step.key)
    return (listed.clock if listed else None) or terms.route.clock


def _due_at(clock: str, terms: Terms, now: datetime, *, latest: datetime | None) -> datetime:
    """Never later than the application's own deadline."""
    due = due_by(terms.playbook, clock, start=now)
    return min(due, latest) if latest else due
