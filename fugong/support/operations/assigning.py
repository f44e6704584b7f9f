"""A difficulty is handed to an office, a person, or both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from fugong.accounts import queries as accounts
from fugong.core.actor import Actor
from fugong.core.clock import local_date
from fugong.core.operation import operation
from fugong.core.refusals import Invalid
from fugong.support.choices import ANSWER, ANSWER_CLOCK, ANSWER_DUTY, ASSIGN_DUTY, State, Step
from fugong.support.models import Difficulty
from fugong.support.operations.steps import Said, lock, move, owe, record, release, settle
from fugong.support.permissions import check_may_assign
from fugong.support.queries import Terms, get_terms
from fugong.support.rules import TEXT_LENGTH, due_after_assignment, trimmed


@dataclass(frozen=True, slots=True)
class Assignee:
    """An office by its key in the playbook, a person, or both; not neither."""

    body: str = ""
    user_id: UUID | None = None


def assign(difficulty_id: UUID, to: Assignee, *, actor: Actor, now: datetime, note: str = "") -> Difficulty:
    """Starts the clock of the answer; one that still runs is kept. Locks the difficulty.

    Raises `NotFound`, `NotPermitted`, `Conflict` when it is answered or closed, `Invalid` for nobody, an
    office the playbook does not know, or a person whose roles do not answer difficulties.
    """
    with operation("support.assign", actor=actor, now=now) as op:
        difficulty = lock(difficulty_id, actor)
        check_may_assign(actor, difficulty)
        standing = difficulty.due_at if difficulty.state == State.ASSIGNED else None
        move(difficulty, Step.ASSIGN)
        terms = get_terms(local_date(now))
        _hand(difficulty, to, terms, actor=actor, now=now)
        fresh = terms.due(ANSWER_CLOCK, start=now, category=difficulty.category)
        difficulty.due_at = due_after_assignment(asked_at=now, standing=standing, fresh=fresh)
        difficulty.save(update_fields=["state", "body", "body_zh", "body_en", "assigned_user", "due_at"])
        settle(ASSIGN_DUTY, difficulty, op)
        release(difficulty, op, kinds=(ANSWER_DUTY,))
        owe(ANSWER_DUTY, difficulty, op)
        said = Said(note=trimmed(note, limit=TEXT_LENGTH), due_at=difficulty.due_at)
        record(difficulty, Step.ASSIGN, said, op)
    return difficulty


def _hand(difficulty: Difficulty, to: Assignee, terms: Terms, *, actor: Actor, now: datetime) -> None:
    if not to.body and to.user_id is None:
        raise Invalid(
            _("Choose an office or a person."), code="nobody", fields={"body": _("Choose one, or a person.")}
        )
    names = terms.body_names(to.body) if to.body else ("", "")
    if names is None:
        raise Invalid(
            _("The playbook knows no such office."), code="bad_body", fields={"body": _("Choose one.")}
        )
    if to.user_id is not None:
        _check_answers(to.user_id, actor=actor, now=now)
    difficulty.body, (difficulty.body_zh, difficulty.body_en) = to.body, names
    difficulty.assigned_user_id = to.user_id


def _check_answers(user_id: UUID, *, actor: Actor, now: datetime) -> None:
    user = accounts.get_user(user_id, actor=actor)
    if not user.is_active or not accounts.actor_of(user, now=now).may(ANSWER):
        raise Invalid(
            _("%(name)s does not answer difficulties.") % {"name": user.name},
            code="does_not_answer",
            fields={"user": _("Choose somebody whose roles answer difficulties.")},
        )
