"""The home page asks through indexes, as the application's role, under row-level security."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection, connections

from fugong.core.ids import new_id
from fugong.core.tenancy import acting_for
from fugong.duties.choices import Side
from fugong.duties.models import Duty
from tests.duties.making import NOON, REPORT, acting, new_authority, new_user

pytestmark = pytest.mark.committed
MANY = 6_000


def _fill(authority_id: UUID) -> None:
    """One duty for each of many enterprises, and three times as many done ones."""
    with acting_for(authority_id):
        Duty.objects.bulk_create(
            Duty(
                authority_id=authority_id,
                kind=REPORT,
                subject_kind="enterprise",
                subject_id=UUID(int=number),
                subject_label=f"Enterprise {number}",
                url="/",
                period=f"2022-04-{day}",
                side=Side.ENTERPRISE,
                owner_enterprise_id=UUID(int=number),
                opened_at=NOON,
                due_at=NOON + timedelta(days=1),
                done_at=None if day == 27 else NOON,
                recorded_at=NOON,
                id=new_id(),
            )
            for number in range(1, MANY // 4)
            for day in (24, 25, 26, 27)
        )
    with connections["owner"].cursor() as cursor:
        cursor.execute("analyze duties_duty")


def _scans(plan: dict[str, object]) -> list[str]:
    inner = plan.get("Plans", [])
    assert isinstance(inner, list)
    return [str(plan["Node Type"]), *(scan for part in inner for scan in _scans(part))]


def test_home_when_there_are_thousands_of_duties_then_indexes_find_the_persons_own(committed_db):
    authority = new_authority("district")
    _fill(authority.id)
    bo = acting(new_user(authority, "bob"), "tests.do", "tests.lead", enterprises=frozenset({UUID(int=7)}))
    with acting_for(authority.id):
        asked = Duty.objects.owed_by(bo).open().begun(NOON).nearest_first()
        statement, parameters = asked.query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(f"explain (format json) {statement}", parameters)
            (told,) = cursor.fetchone()
        assert [duty.subject_id for duty in asked] == [UUID(int=7)]
    plan = (json.loads(told) if isinstance(told, str) else told)[0]["Plan"]
    assert "Seq Scan" not in _scans(plan), json.dumps(plan, indent=1)
