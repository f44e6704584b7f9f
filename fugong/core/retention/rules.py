"""When data ends. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from fugong.core.retention.classes import RetentionClass, Text

LONGEST: Final = 3650
"""Ten years: a term longer than that is no term."""


@dataclass(frozen=True, slots=True)
class Term:
    """The days of a class as they are in force, and who says so (`source` is empty for what is shipped)."""

    retention: RetentionClass
    days: int | None
    reason: str = ""
    source: Text = ""

    @property
    def is_changed(self) -> bool:
        return self.days != self.retention.days


def is_possible(retention: RetentionClass, days: int | None) -> bool:
    """Whether an authority may set these days. A class without an end gets none; a term is not for ever."""
    if days is None:
        return True
    return retention.days is not None and 0 <= days <= LONGEST


def cutoff(term: Term, *, today: date) -> date | None:
    """Rows whose own day lies before this one are due. None where nothing ends by its own day."""
    return None if term.days is None else today - timedelta(days=term.days)


def ends_wholly_on(term: Term, *, ended_on: date | None) -> date | None:
    """The day from which all rows of the class are due, because the emergency is over.

    A shorter term of the authority brings that day forward too: what need not be kept while the emergency
    lasts need not be kept longer after it.
    """
    after = term.retention.after_emergency
    if ended_on is None or after is None:
        return None
    days = after if term.days is None else min(after, term.days)
    return ended_on + timedelta(days=days)


def has_ended(term: Term, *, ended_on: date | None, today: date) -> bool:
    day = ends_wholly_on(term, ended_on=ended_on)
    return day is not None and day <= today
