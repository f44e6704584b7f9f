"""The law of difficulties: which step follows which, and whose turn it is. Pure functions."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from fugong.core.clock import end_of, local_date
from fugong.duties.choices import Side
from fugong.support.choices import OPEN_STATES, State, Step

TITLE_LENGTH: Final = 100
TEXT_LENGTH: Final = 2000

TRANSITIONS: Final[dict[tuple[State, Step], State]] = {
    (State.RAISED, Step.ASSIGN): State.ASSIGNED,
    (State.RAISED, Step.WITHDRAW): State.WITHDRAWN,
    (State.ASSIGNED, Step.ASSIGN): State.ASSIGNED,
    (State.ASSIGNED, Step.ANSWER): State.ANSWERED,
    (State.ASSIGNED, Step.WITHDRAW): State.WITHDRAWN,
    (State.ANSWERED, Step.SOLVE): State.SOLVED,
    (State.ANSWERED, Step.SEND_BACK): State.ASSIGNED,
    (State.ANSWERED, Step.WITHDRAW): State.WITHDRAWN,
}

_SIDES: Final = {
    State.RAISED: Side.AUTHORITY,
    State.ASSIGNED: Side.AUTHORITY,
    State.ANSWERED: Side.ENTERPRISE,
}


def after(state: State, step: Step) -> State | None:
    """The state after the step; None where the step is not possible."""
    return TRANSITIONS.get((state, step))


def may_step(state: State, step: Step) -> bool:
    return (state, step) in TRANSITIONS


def is_open(state: State) -> bool:
    return state in OPEN_STATES


def side_of(state: State) -> Side | None:
    """Whose clock is running; None when it is closed."""
    return _SIDES.get(state)


def due_after_assignment(*, asked_at: datetime, standing: datetime | None, fresh: datetime) -> datetime:
    """The answer's deadline. Handing a difficulty on does not restart a clock that still runs.

    `standing` is the deadline of the assignment before, `fresh` that of a clock started at `asked_at`.
    """
    return fresh if standing is None or standing <= asked_at else standing


def fallback_due(start: datetime, days: int) -> datetime:
    """The end of the `days`-th calendar day after the start, in China."""
    return end_of(local_date(start) + timedelta(days=days))


def trimmed(text: str, *, limit: int) -> str:
    """What was typed, without the blanks around it, and never longer than kept."""
    return text.strip()[:limit]
