"""The enterprise's word on its own difficulty: solved, not solved, or taken back. Nobody else has it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from fugong.core.actor import Actor
from fugong.core.clock import local_date
from fugong.core.operation import operation
from fugong.support.choices import ANSWER_CLOCK, ANSWER_DUTY, CLOSE_DUTY, Step
from fugong.support.models import Difficulty
from fugong.support.operations.steps import Said, lock, move, note_of, owe, record, release, settle
from fugong.support.permissions import check_may_close, check_may_withdraw
from fugong.support.queries import get_terms
from fugong.support.rules import TEXT_LENGTH, trimmed


def confirm_solved(difficulty_id: UUID, *, actor: Actor, now: datetime, note: str = "") -> Difficulty:
    """Closes it for good; from now on it counts as solved. Locks the difficulty.

    Raises `NotFound`, `NotPermitted` to anybody but the enterprise, `Conflict` when there is no open answer.
    """
    with operation("support.confirm_solved", actor=actor, now=now) as op:
        difficulty = lock(difficulty_id, actor)
        check_may_close(actor, difficulty)
        move(difficulty, Step.SOLVE)
        _close(difficulty, now)
        settle(CLOSE_DUTY, difficulty, op)
        record(difficulty, Step.SOLVE, Said(note=trimmed(note, limit=TEXT_LENGTH)), op)
    return difficulty


def send_back(difficulty_id: UUID, note: str, *, actor: Actor, now: datetime) -> Difficulty:
    """Not solved: it goes back to whom it was handed, with a new clock. Locks the difficulty.

    Raises `NotFound`, `NotPermitted`, `Conflict` as above, `Invalid` without a word on what is missing.
    """
    with operation("support.send_back", actor=actor, now=now) as op:
        difficulty = lock(difficulty_id, actor)
        check_may_close(actor, difficulty)
        move(difficulty, Step.SEND_BACK)
        text = note_of(note, field="note")
        terms = get_terms(local_date(now))
        difficulty.due_at = terms.due(ANSWER_CLOCK, start=now, category=difficulty.category)
        difficulty.rounds += 1
        difficulty.save(update_fields=["state", "due_at", "rounds"])
        settle(CLOSE_DUTY, difficulty, op)
        owe(ANSWER_DUTY, difficulty, op)
        record(difficulty, Step.SEND_BACK, Said(note=text, due_at=difficulty.due_at), op)
    return difficulty


def withdraw(difficulty_id: UUID, *, actor: Actor, now: datetime, note: str = "") -> Difficulty:
    """Taken back by the enterprise; nobody owes anything any more. Locks the difficulty.

    Raises `NotFound`, `NotPermitted` to anybody but the enterprise, `Conflict` when it is closed.
    """
    with operation("support.withdraw", actor=actor, now=now) as op:
        difficulty = lock(difficulty_id, actor)
        check_may_withdraw(actor, difficulty)
        move(difficulty, Step.WITHDRAW)
        _close(difficulty, now)
        release(difficulty, op)
        record(difficulty, Step.WITHDRAW, Said(note=trimmed(note, limit=TEXT_LENGTH)), op)
    return difficulty


def _close(difficulty: Difficulty, now: datetime) -> None:
    difficulty.closed_at, difficulty.due_at = now, None
    difficulty.save(update_fields=["state", "closed_at", "due_at"])
