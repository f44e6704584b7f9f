"""Where the applications under way are, and how the day's reports come in: counts, never lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q

from fugong.core.actor import Actor
from fugong.core.clock import local_date
from fugong.resumption.choices import ApplicationState, StepState
from fugong.resumption.models import ProductionReport, Step
from fugong.resumption.permissions import may_see, may_see_reports
from fugong.resumption.queries.applications import list_applications
from fugong.resumption.queries.cadence import cadence_on


@dataclass(frozen=True, slots=True)
class StepTally:
    """How many applications wait for one opinion, and how many of them too long. `key` is its stored name."""

    key: str
    name: str
    waiting: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Progress:
    """Applications under way. One with two opinions outstanding stands in both steps."""

    steps: tuple[StepTally, ...]
    under_review: int
    returned: int


def progress(actor: Actor, *, now: datetime) -> Progress | None:
    """Two statements over what is open, whatever was decided before. None without a part in applications."""
    if not may_see(actor):
        return None
    states = (
        list_applications(actor)
        .open()
        .aggregate(
            under_review=Count("id", filter=Q(state=ApplicationState.SUBMITTED)),
            returned=Count("id", filter=Q(state=ApplicationState.RETURNED)),
        )
    )
    return Progress(steps=_steps(actor, now), **states)


def _steps(actor: Actor, now: datetime) -> tuple[StepTally, ...]:
    """In the order of the levels. The same opinion goes by different names on different routes."""
    rows = Step.objects.filter(state=StepState.OPEN, application__in=list_applications(actor).under_review())
    counted = rows.values_list("level", "name_zh", "name_en").annotate(
        waiting=Count("id"), overdue=Count("id", filter=Q(due_at__lte=now))
    )
    return tuple(
        StepTally(zh, Step(name_zh=zh, name_en=en).name, waiting, overdue)
        for _level, zh, en, waiting, overdue in counted.order_by("level", "name_zh")
    )


def list_open_steps(actor: Actor) -> list[tuple[str, str]]:
    """The opinions for which applications wait now, as stored and as the reader calls them. One statement."""
    rows = Step.objects.filter(state=StepState.OPEN, application__in=list_applications(actor).under_review())
    names = rows.order_by("level", "name_zh").values_list("name_zh", "name_en").distinct()
    return [(zh, Step(name_zh=zh, name_en=en).name) for zh, en in names]


def day_to_report(now: datetime) -> date | None:
    """The day about which enterprises report today; None where the playbook in force wants no reports."""
    today = local_date(now)
    cadence = cadence_on(today)
    if cadence is None:
        return None
    return today - timedelta(days=1) if cadence.for_previous_day else today


def count_reported(actor: Actor, day: date) -> int:
    """How many enterprises have reported about the day; corrections do not count again."""
    if not may_see_reports(actor):
        return 0
    return ProductionReport.objects.visible_to(actor).filter(day=day, revision=1).count()
