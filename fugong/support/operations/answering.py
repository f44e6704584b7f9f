"""The office or person it was handed to says what was done; the enterprise has the word next."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from fugong.core.actor import Actor
from fugong.core.clock import local_date
from fugong.core.operation import operation
from fugong.support.choices import ANSWER_DUTY, CLOSE_CLOCK, CLOSE_DUTY, Step
from fugong.support.models import Difficulty
from fugong.support.operations.steps import Said, lock, move, note_of, owe, record, settle
from fugong.support.permissions import check_may_answer
from fugong.support.queries import get_terms


def answer(difficulty_id: UUID, text: str, *, actor: Actor, now: datetime) -> Difficulty:
    """Settles the duty to answer and opens the enterprise's duty to judge the answer. Locks the difficulty.

    Raises `NotFound`, `NotPermitted`, `Conflict` when nobody is to answer it now, `Invalid` for no answer.
    """
    with operation("support.answer", actor=actor, now=now) as op:
        difficulty = lock(difficulty_id, actor)
        check_may_answer(actor, difficulty)
        move(difficulty, Step.ANSWER)
        note = note_of(text, field="text")
        difficulty.due_at = get_terms(local_date(now)).due(CLOSE_CLOCK, start=now)
        difficulty.save(update_fields=["state", "due_at"])
        settle(ANSWER_DUTY, difficulty, op)
        owe(CLOSE_DUTY, difficulty, op)
        record(difficulty, Step.ANSWER, Said(note=note, due_at=difficulty.due_at), op)
    return difficulty
