"""The law of reminders: when one is sent, when it is tried again, and what its receiver may leave out."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from fugong.core.clock import LOCAL

QUIET: Final = (time(22), time(7))
"""When no message is sent where the playbook names no other hours."""


def after_quiet(moment: datetime, hours: tuple[time, time]) -> datetime:
    """The moment itself, or when the quiet hours in which it lies are over. They may go over midnight; hours
    that begin when they end are none.
    """
    start, end = hours
    local = moment.astimezone(LOCAL)
    at = local.time().replace(tzinfo=None)
    is_quiet = start <= at < end if start <= end else at >= start or at < end
    if not is_quiet:
        return moment
    day = local.date() + timedelta(days=1) if at >= start > end else local.date()
    return datetime.combine(day, end, tzinfo=LOCAL)


MOST_TRIES: Final = 8
_PAUSES: Final = tuple(timedelta(minutes=each) for each in (2, 5, 15, 30, 60, 120, 240))


def next_try(tries: int, *, now: datetime) -> datetime:
    """When a message that was tried so often is tried again."""
    return now + _PAUSES[min(tries, len(_PAUSES)) - 1]


def coming(moments: Iterable[datetime], *, now: datetime, due_at: datetime) -> list[datetime]:
    """Reminders still to be sent, in order: none for a moment that has passed, or after the deadline."""
    return sorted({each for each in moments if now < each < due_at})


MOST_MUTED_DAYS: Final = 31
"""A longer absence is a hand-over of one's duties, not a silence."""
OWN_TRIES: Final = 3
"""So often the receiver's own channel is tried before the installation's takes over."""


@dataclass(frozen=True, slots=True)
class Muted:
    """What a receiver left out: kinds of duty for good, and everything up to a moment."""

    kinds: Collection[str] = ()
    until: datetime | None = None


def is_muted(kind: str, *, always_told: bool, muted: Muted, now: datetime) -> bool:
    """What must always be told is told, whatever was chosen; that includes a choice made before it must."""
    if always_told:
        return False
    return kind in muted.kinds or (muted.until is not None and now < muted.until)


def may_mute_until(last_day: date, *, today: date) -> bool:
    """A silence ends, and within a month."""
    return today <= last_day <= today + timedelta(days=MOST_MUTED_DAYS)


def uses_own(tries: int) -> bool:
    """Whether this try of a message goes to the receiver's own channel: after several in vain nobody is left
    without the message because of a robot that was taken out of its group.
    """
    return tries <= OWN_TRIES
