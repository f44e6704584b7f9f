"""Several processes at once, on real commits."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connections

from fugong.core.audit.models import AuditEntry
from fugong.core.tenancy import acting_for
from fugong.duties import operations
from fugong.duties.models import Duty
from fugong.duties.permissions import SEE
from tests.duties.making import NOON, acting, new_authority, new_user, owe, subject

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
