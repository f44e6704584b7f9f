"""Who owes what while an application, a suspension or a day's report is under way."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Final
from uuid import UUID

from django.urls import reverse

from fugong.accounts.queries import actor_of, list_answering
from fugong.core.clock import end_of, local_date
from fugong.core.operation import Operation
from fugong.duties.choices import (
    DutyOwner,
    DutySubject,
    owed_by_enterprise,
    owed_by_holders,
    owed_by_user,
)
from fugong.duties.operations import owe, settle, withdraw
from fugong.resumption.choices import REVIEW_PARK, SUSPEND, VERIFY, DutyKind
from fugong.resumption.models import Application, Condition, Step, Suspension
from fugong.resumption.queries.calling import Urging, urging_of
from fugong.resumption.queries.progress import day_to_report
from fugong.resumption.queries.terms import Terms

NONE: Final = Urging()


def owe_correction(application: Application, *, due_at: datetime, op: Operation) -> None:
    enterprise = application.enterprise
    owner = owed_by_enterprise(enterprise.id, area_id=enterprise.area_id)
    _owe(DutyKind.CORRECT, about(application), owner, due_at, op)


def owe_visit(application: Application, terms: Terms, *, due_at: datetime, op: Operation) -> None:
    """Owed by those stationed in the enterprise who may verify; where there is nobody, by the holders of its
    area. Once missed, it calls whom the route's clock names.
    """
    assert terms.route is not None
    urging = urging_of(terms, terms.route.clock, due_at=due_at, enterprise_id=application.enterprise_id)
    for owner in _on_site(application, op=op):
        _owe(DutyKind.VISIT, about(application, page="visit"), owner, due_at, op, urging)


def _on_site(application: Application, *, op: Operation) -> list[DutyOwner]:
    """Who goes there: those stationed in the enterprise who may verify, else the holders of its area."""
    enterprise = application.enterprise
    rows = list_answering("enterprise", [enterprise.id], on=local_date(op.now), actor=op.actor)
    people = {row.user_id: row.user for row in rows}
    stationed = [user for user in people.values() if actor_of(user, now=op.now).may(VERIFY)]
    owners = [owed_by_user(user.id, area_id=enterprise.area_id) for user in stationed]
    return owners or [owed_by_holders(REVIEW_PARK, area_id=enterprise.area_id)]


def owe_opinion(
    step: Step,
    *,
    due_at: datetime,
    op: Operation,
    urging: Urging = NONE,
) -> None:
    application = step.application
    subject = DutySubject(
        kind="application_step",
        id=step.id,
        label=_label(application),
        url=reverse("resumption:application", args=[application.id]),
    )
    owner = owed_by_holders(step.permission, area_id=application.enterprise.area_id)
    _owe(DutyKind.OPINION, subject, owner, due_at, op, urging)


def owe_second_person(suspension: Suspension, *, op: Operation) -> None:
    """A proposal nobody answers must not hang over an enterprise: it is owed by the end of the next day."""
    subject = DutySubject(
        kind="suspension",
        id=suspension.id,
        label=suspension.enterprise.name,
        url=reverse("resumption:suspension", args=[suspension.id]),
    )
    owner = owed_by_holders(SUSPEND, area_id=suspension.enterprise.area_id)
    _owe(DutyKind.SECOND_PERSON, subject, owner, end_of(local_date(op.now) + timedelta(days=1)), op)


def owe_condition(condition: Condition, *, due_at: datetime, op: Operation) -> None:
    """Owed by the enterprise until it says that it keeps the condition, or somebody has seen it."""
    application = condition.application
    owner = owed_by_enterprise(application.enterprise_id, area_id=application.enterprise.area_id)
    _owe(DutyKind.CONDITION, _about_condition(condition, condition.text), owner, due_at, op)


def owe_confirmation(
    condition: Condition, terms: Terms, *, op: Operation, due_at: datetime | None = None
) -> None:
    """Owed by those who go there, by the clock on which the application was answered; once missed it calls
    whom that names.
    """
    assert terms.route is not None
    application = condition.application
    due = due_at or terms.playbook.due_at(op.now, terms.route)
    urging = urging_of(terms, terms.route.clock, due_at=due, enterprise_id=application.enterprise_id)
    subject = _about_condition(condition, f"{application.enterprise.name} · {condition.text}")
    for owner in _on_site(application, op=op):
        _owe(DutyKind.CONFIRM_CONDITION, subject, owner, due, op, urging)


def _about_condition(condition: Condition, label: str) -> DutySubject:
    return DutySubject(
        kind="condition",
        id=condition.id,
        label=label[:200],
        url=reverse("resumption:application", args=[condition.application_id]),
    )


def withdraw_confirmations(enterprise_id: UUID, *, op: Operation) -> None:
    """Nobody has to see any more whether an enterprise that left keeps its conditions."""
    open_ones = Condition.objects.filter(application__enterprise_id=enterprise_id, fulfilled_at=None)
    for condition_id in open_ones.values_list("id", flat=True):
        withdraw(kind=DutyKind.CONFIRM_CONDITION, subject_id=condition_id, at=op.now, op=op)


def withdraw_reports(enterprise_id: UUID, *, op: Operation) -> None:
    """Whoever has to stop owes no report of this day, nor of the day that is reported today.

    What was missed on days before stays missed.
    """
    for day in {local_date(op.now), day_to_report(op.now)} - {None}:
        withdraw(kind=DutyKind.REPORT, subject_id=enterprise_id, period=str(day), at=op.now, op=op)


def settle_correction(application: Application, *, op: Operation) -> None:
    settle(kind=DutyKind.CORRECT, subject_id=application.id, at=op.now, op=op)


def settle_visit(application: Application, *, op: Operation) -> None:
    settle(kind=DutyKind.VISIT, subject_id=application.id, at=op.now, op=op)


def settle_step(step: Step, *, op: Operation) -> None:
    settle(kind=DutyKind.OPINION, subject_id=step.id, at=op.now, op=op)


def withdraw_step(step_id: UUID, *, op: Operation) -> None:
    withdraw(kind=DutyKind.OPINION, subject_id=step_id, at=op.now, op=op)


def close(application: Application, *, op: Operation) -> None:
    """Nothing is owed any more for an application that left review, except what an approval itself set."""
    for kind in (DutyKind.CORRECT, DutyKind.VISIT):
        withdraw(kind=kind, subject_id=application.id, at=op.now, op=op)
    for step_id in Step.objects.filter(application=application).values_list("id", flat=True):
        withdraw_step(step_id, op=op)


def about(application: Application, *, page: str = "application") -> DutySubject:
    return DutySubject(
        kind="application",
        id=application.id,
        label=_label(application),
        url=reverse(f"resumption:{page}", args=[application.id]),
    )


def due_time(day_end: datetime, at: time | None) -> datetime:
    """The moment of a day's deadline: its hour, or the end of the day."""
    if at is None:
        return day_end
    start = day_end - timedelta(days=1)
    return start.replace(hour=at.hour, minute=at.minute)


def _owe(
    kind: str,
    subject: DutySubject,
    owner: DutyOwner,
    due_at: datetime,
    op: Operation,
    urging: Urging = NONE,
) -> None:
    owe(
        kind=kind,
        subject=subject,
        owner=owner,
        due_at=due_at,
        opened_at=op.now,
        calls=urging.calls,
        remind_at=urging.remind_at,
        op=op,
    )


def _label(application: Application) -> str:
    return f"{application.enterprise.name} · {application.number}"
