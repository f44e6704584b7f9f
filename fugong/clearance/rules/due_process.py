"""Who may not be the second person, for how long at most, who may not answer an appeal."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from fugong.clearance.choices import HandState

_ENDINGS = {HandState.CONFIRMED: HandState.ENDED}
_DECIDED = {HandState.PROPOSED: frozenset({HandState.CONFIRMED, HandState.REFUSED})}


def may_decide(state: HandState) -> bool:
    """Confirm or refuse."""
    return state in _DECIDED


def may_end(state: HandState) -> bool:
    return state in _ENDINGS


def is_second_person(first: UUID | None, second: UUID | None) -> bool:
    """The system is nobody's second person, and nobody is his own."""
    return first is not None and second is not None and first != second


def is_admitted_length(days: int, *, longest: int) -> bool:
    return 1 <= days <= longest


def is_impartial(judge: UUID | None, involved: Collection[UUID | None]) -> bool:
    """Whoever put the person there does not judge whether that was right."""
    return judge is not None and judge not in involved
