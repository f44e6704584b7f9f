"""The numbers over an enterprise's day add up."""

from __future__ import annotations

from uuid import UUID

from fugong.health.models import HealthReport
from fugong.health.queries.day import CrewDay, EnterpriseDay, Line
from fugong.people.queries import AtWork


def line(*, is_due: bool, has_reported: bool) -> Line:
    person = AtWork(UUID(int=1), "王梅", "甲班", "")
    return Line(person, HealthReport() if has_reported else None, is_due, None)


def test_day_when_some_are_not_asked_then_reported_and_missing_are_those_expected() -> None:
    lines = [
        line(is_due=True, has_reported=True),
        line(is_due=True, has_reported=False),
        line(is_due=False, has_reported=True),
        line(is_due=False, has_reported=False),
    ]
    day = EnterpriseDay([CrewDay("甲班", lines)], None)
    assert (day.people, day.expected, day.reported, day.missing, day.not_asked) == (4, 3, 2, 1, 1)
