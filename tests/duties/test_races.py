"""Several processes at once, on real commits."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connections

from fugong.core.actor import Actor
from fugong.core.audit.models import AuditEntry
from fugong.core.tenancy import acting_for
from fugong.duties import operations
from fugong.duties.choices import Outcome, owed_by_user
from fugong.duties.models import Duty, Entry, Message, Reminder
from fugong.duties.permissions import SEE
from tests.duties.making import (
    NOON,
    acting,
    new_authority,
    new_user,
    owe,
    person,
    roll,
    subject,
    tick,
    writing,
)

pytestmark = pytest.mark.committed
WORKERS = 4
T = TypeVar("T")


def _at_once(act: Callable[[], T]) -> list[T]:
    start = Barrier(WORKERS)

    def run(_number: int) -> T:
        start.wait(timeout=10)
        try:
            return act()
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(run, range(WORKERS)))


@pytest.fixture
def ann(committed_db):
    return acting(new_user(new_authority("district"), "ann"), SEE, all_areas=True)


def test_owe_when_several_at_once_then_one_duty(ann):
    duties = _at_once(lambda: owe(ann).id)
    assert len(set(duties)) == 1
    with acting_for(ann.authority_id):
        assert Duty.objects.count() == 1


def test_escalate_when_several_at_once_then_each_duty_exactly_once(ann):
    for number in range(1, 30):
        owe(ann, subject=subject(number), escalate_to="tests.lead")
    due = NOON + timedelta(days=1)
    told = _at_once(lambda: operations.escalate_due(ann.authority_id, now=due))
    assert sum(told) == 29
    with acting_for(ann.authority_id):
        assert AuditEntry.objects.filter(action="duties.escalate").count() == 29
        assert not Duty.objects.filter(escalated_at=None).exists()


def test_tick_when_many_report_while_people_come_and_go_then_the_counters_are_what_the_lines_say(ann):
    """Nobody waits crosswise, and nothing is counted twice or not at all."""
    people = range(1, 61)
    first = roll(ann, people)
    numbers = iter(range(WORKERS))

    def act() -> None:
        mine = next(numbers)
        for number in people[mine::WORKERS]:
            tick(ann, number)
            if number % 10 == 0:
                roll(ann, range(100 + number, 103 + number))
                _withdraw(ann, 101 + number)

    _at_once(act)
    with acting_for(ann.authority_id):
        first.refresh_from_db()
        lines = [entry.outcome for entry in Entry.objects.filter(duty=first)]
    assert first.done == lines.count(Outcome.DONE) == 60
    assert first.members == lines.count(Outcome.DONE) + lines.count(Outcome.OPEN) == 72
    assert lines.count(Outcome.WITHDRAWN) == 6


def _withdraw(actor: Actor, number: int) -> None:
    with acting_for(actor.authority_id):
        ids = list(Entry.objects.filter(subject_id=person(number)).values_list("id", flat=True))
    with writing(actor) as op:
        op.audit(None, {})
        operations.withdraw_entries(ids, at=NOON, op=op)


def test_owe_roll_when_several_at_once_then_one_roll_with_everybody_once(ann):
    rolls = _at_once(lambda: roll(ann, range(1, 30)).id)
    assert len(set(rolls)) == 1
    with acting_for(ann.authority_id):
        assert Duty.objects.get().members == Entry.objects.count() == 29


def test_remind_when_several_at_once_then_each_told_once(ann, settings):
    settings.FUGONG_REMINDERS = ["console://"]
    for number in range(1, 20):
        owe(
            ann,
            subject=subject(number),
            owner=owed_by_user(ann.user_id),
            remind_at=[NOON + timedelta(hours=1)],
        )
    sent = _at_once(lambda: operations.remind_due(ann.authority_id, now=NOON + timedelta(hours=2)))
    with acting_for(ann.authority_id):
        assert Reminder.objects.count() == 19
        assert sum(sent) == Message.objects.filter(sent_at__isnull=False).count() == Message.objects.count()
        assert not Reminder.objects.filter(message=None).exists()
