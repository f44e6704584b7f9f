"""The law of duties: when one is missed, and in which group it stands. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from fugong.core.clock import day_up_to, local_date
from fugong.duties.choices import Call, Group, Outcome, Quota

LAPSES_AFTER: Final = timedelta(days=2)
"""How long after its deadline a roll stands on the lists of those who could still make it good."""


@dataclass(frozen=True, slots=True)
class Ending:
    """When a duty ended, if it did; at most one of the two times is given. What has `lapsed` was missed."""

    done_at: datetime | None
    withdrawn_at: datetime | None
    excused: bool
    lapsed: bool = False


def expected_of(members: int, quota: Quota | None) -> int:
    """How many of a roll's people have to do it: all, or the share that suffices, but never more than all."""
    if quota is None:
        return members
    return min(members, max(quota.least, -(-members * quota.percent // 100)))


def is_missed(due_at: datetime, *, now: datetime) -> bool:
    return due_at <= now


def group_of(due_at: datetime, *, now: datetime) -> Group:
    """A deadline is exclusive: due at 00:00 means by the end of the day before."""
    if is_missed(due_at, now=now):
        return Group.OVERDUE
    return Group.TODAY if day_up_to(due_at) == local_date(now) else Group.LATER


def is_late(due_at: datetime, *, done_at: datetime) -> bool:
    """Whether it was done, but after its deadline."""
    return is_missed(due_at, now=done_at)


def outcome_of(ending: Ending) -> Outcome:
    if ending.done_at is not None:
        return Outcome.DONE
    if ending.withdrawn_at is None:
        return Outcome.MISSED if ending.lapsed else Outcome.OPEN
    return Outcome.EXCUSED if ending.excused else Outcome.WITHDRAWN


def in_order(calls: Iterable[Call], *, due_at: datetime) -> list[Call]:
    """The steps as they follow each other. Nobody is called before the deadline has passed."""
    return sorted((replace(call, at=max(call.at, due_at)) for call in calls), key=lambda call: call.at)


def is_due(call: Call, *, now: datetime) -> bool:
    """Each step is taken once, and a step whose time passed unseen is taken late, not left out."""
    return call.told_at is None and is_missed(call.at, now=now)


def next_call(calls: Sequence[Call]) -> Call | None:
    """The step to come; None when all are taken, or the duty calls nobody."""
    left = (call for call in calls if call.told_at is None)
    return min(left, key=lambda call: call.at, default=None)
