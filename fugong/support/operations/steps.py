"""What every step of a difficulty does: lock it, move its state, add its event, say so, move its duties."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.clock import local_date
from fugong.core.operation import Operation
from fugong.core.refusals import Conflict, Invalid, NotFound
from fugong.duties import operations as duties
from fugong.duties.choices import DutyOwner, DutySubject, owed_by_enterprise, owed_by_holders, owed_by_user
from fugong.support.choices import (
    ANSWER,
    ANSWER_DUTY,
    ASSIGN,
    ASSIGN_DUTY,
    CLOCK_OF,
    CLOSE_DUTY,
    SUBJECT,
    State,
    Step,
)
from fugong.support.facts import FACT_OF
from fugong.support.models import Difficulty, DifficultyEvent
from fugong.support.permissions import check_may_see
from fugong.support.queries.terms import get_terms
from fugong.support.rules import TEXT_LENGTH, after, trimmed

_OPEN_DUTIES = (ASSIGN_DUTY, ANSWER_DUTY, CLOSE_DUTY)


@dataclass(frozen=True, slots=True)
class Said:
    """What an event keeps beside who and when. `due_at` is the deadline that the step sets."""

    note: str = ""
    due_at: datetime | None = None


def lock(difficulty_id: UUID, actor: Actor) -> Difficulty:
    """Locks the row. Raises `NotFound` for one this person may not see, `NotPermitted` if it may see none."""
    check_may_see(actor)
    rows = Difficulty.objects.visible_to(actor).select_related("enterprise").select_for_update(of=("self",))
    found = rows.filter(id=difficulty_id).first()
    if found is None:
        raise NotFound()
    return found


def move(difficulty: Difficulty, step: Step) -> None:
    """Raises `Conflict` where the difficulty has moved on and the step is no longer possible."""
    state = after(State(difficulty.state), step)
    if state is None:
        raise Conflict(
            _("This is not possible any more: the difficulty is now “%(state)s”.")
            % {"state": State(difficulty.state).label},
            code="difficulty_moved_on",
        )
    difficulty.state = state


def note_of(text: str, *, field: str) -> str:
    """Raises `Invalid` when nothing was said."""
    note = trimmed(text, limit=TEXT_LENGTH)
    if not note:
        raise Invalid(
            _("Say it in a sentence."), code="nothing_said", fields={field: _("Say it in a sentence.")}
        )
    return note


def record(difficulty: Difficulty, step: Step, said: Said, op: Operation) -> DifficultyEvent:
    """The event, the audit row and the fact of one step. What was said stays in the event."""
    event = DifficultyEvent(
        authority_id=op.actor.authority_id,
        difficulty=difficulty,
        step=step,
        at=op.now,
        by_id=op.actor.user_id,
        by_name=op.actor.name,
        note=said.note,
        due_at=said.due_at,
        recorded_at=op.now,
    )
    if step == Step.ASSIGN:
        event.body, event.body_zh, event.body_en = difficulty.body, difficulty.body_zh, difficulty.body_en
        event.to_user_id = difficulty.assigned_user_id
    event.save(force_insert=True)
    changes = {
        "state": difficulty.state,
        "body": difficulty.body,
        "assigned_user": str(difficulty.assigned_user_id or ""),
        "due_at": difficulty.due_at.isoformat() if difficulty.due_at else "",
        "event": str(event.id),
    }
    op.audit(difficulty, changes)
    op.fact(
        FACT_OF[step],
        {
            "difficulty": str(difficulty.id),
            "enterprise": str(difficulty.enterprise_id),
            "category": difficulty.category,
            "state": difficulty.state,
        },
    )
    return event


def owe(kind: str, difficulty: Difficulty, op: Operation) -> None:
    """The duty of the step that comes next, by the difficulty's deadline, with whom its clock calls."""
    assert difficulty.due_at is not None
    terms, clock, category = get_terms(local_date(op.now)), CLOCK_OF[kind], difficulty.category
    calls = terms.calls(
        clock, due_at=difficulty.due_at, category=category, enterprise_id=difficulty.enterprise_id
    )
    duties.owe(
        kind=kind,
        subject=subject_of(difficulty),
        owner=_owner(kind, difficulty),
        due_at=difficulty.due_at,
        opened_at=op.now,
        op=op,
        calls=calls,
        remind_at=terms.reminders(clock, due_at=difficulty.due_at, category=category),
    )


def settle(kind: str, difficulty: Difficulty, op: Operation) -> None:
    duties.settle(kind=kind, subject_id=difficulty.id, at=op.now, op=op)


def release(difficulty: Difficulty, op: Operation, *, kinds: tuple[str, ...] = _OPEN_DUTIES) -> None:
    """Nobody owes anything for it any more."""
    for kind in kinds:
        duties.withdraw(kind=kind, subject_id=difficulty.id, at=op.now, op=op)


def subject_of(difficulty: Difficulty) -> DutySubject:
    label = f"{difficulty.enterprise.name} · {difficulty.title}"[:200]
    return DutySubject(SUBJECT, difficulty.id, label, f"/difficulties/{difficulty.id}/")


def _owner(kind: str, difficulty: Difficulty) -> DutyOwner:
    area_id = difficulty.area_id
    if kind == CLOSE_DUTY:
        return owed_by_enterprise(difficulty.enterprise_id, area_id=area_id)
    if kind == ANSWER_DUTY and difficulty.assigned_user_id is not None:
        return owed_by_user(difficulty.assigned_user_id, area_id=area_id)
    return owed_by_holders(ANSWER if kind == ANSWER_DUTY else ASSIGN, area_id=area_id)
