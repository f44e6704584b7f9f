"""Guessing, and the door that shuts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Guesses:
    """How many tries since when, and until when the door is shut."""

    tries: int = 0
    since: datetime | None = None
    locked_until: datetime | None = None

    def is_locked(self, now: datetime) -> bool:
        return self.locked_until is not None and now < self.locked_until


@dataclass(frozen=True, slots=True)
class Limit:
    """`tries` within `window` are let through; the next one shuts the door for `window`."""

    tries: int
    window: timedelta


def after_try(before: Guesses, *, limit: Limit, now: datetime) -> Guesses:
    """The count after one more try. It is counted before the password is looked at, so that tries sent at the
    same moment cannot slip past; a success takes it back."""
    if before.is_locked(now):
        return before
    fresh = before.since is None or before.locked_until is not None or now - before.since >= limit.window
    tries, since = (1, now) if fresh else (before.tries + 1, before.since)
    if tries > limit.tries:
        return Guesses(tries, since, now + limit.window)
    return Guesses(tries, since)


def after_success(before: Guesses) -> Guesses:
    """One try taken back, not all: a guesser with one good account of his own must not reset the count."""
    return Guesses(max(before.tries - 1, 0), before.since, before.locked_until)
