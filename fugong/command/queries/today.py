"""What is under way this day: counts that other contexts give, each within what the actor may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from fugong.core.actor import Actor
from fugong.core.clock import local_date
from fugong.duties import queries as duties
from fugong.duties.queries import DueTally
from fugong.enterprises.queries import DayOfStanding, standing_by_day
from fugong.resumption.queries import progress as resumption
from fugong.resumption.queries.progress import Progress
from fugong.resumption.queries.reports import list_not_reported
from fugong.support import queries as support
from fugong.support.queries import OpenTally

TREND_DAYS = 30
LATELY = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class ReportsOfDay:
    """The production reports about one day: those in, and those not given by who owes them."""

    day: date
    received: int
    missing: int

    @property
    def owed(self) -> int:
        return self.received + self.missing


@dataclass(frozen=True, slots=True)
class Today:
    """A part is None where the actor's roles have no part in it. `solved` counts the last seven days."""

    trend: Sequence[DayOfStanding]
    shortfall: Sequence[DueTally] | None
    applications: Progress | None
    reports: ReportsOfDay | None
    difficulties: OpenTally | None
    solved: int


def today(actor: Actor, *, now: datetime) -> Today:
    """A fixed number of statements; each reads what is open or fell into a window, never the whole past."""
    shortfall = duties.tally_shortfall(actor, now=now) if actor.may("duties.see") else None
    return Today(
        trend=standing_by_day(actor, until=local_date(now), days=TREND_DAYS),
        shortfall=shortfall,
        applications=resumption.progress(actor, now=now),
        reports=_reports(actor, now),
        difficulties=support.tally_open(actor, now=now),
        solved=support.count_solved(actor, since=now - LATELY, until=now),
    )


def _reports(actor: Actor, now: datetime) -> ReportsOfDay | None:
    """What is missing is the list it leads to, counted: a duty may be opened minutes later."""
    if not (actor.may("duties.see") and actor.may("reports.see")):
        return None
    day = resumption.day_to_report(now)
    if day is None:
        return None
    return ReportsOfDay(
        day=day,
        received=resumption.count_reported(actor, day),
        missing=list_not_reported(actor, day).order_by().count(),
    )
