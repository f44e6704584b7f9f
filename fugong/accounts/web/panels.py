"""What a person's page shows, ready for the template."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from fugong.accounts import operations, permissions, queries
from fugong.accounts.models import Assignment, Membership
from fugong.accounts.queries import UserHistory
from fugong.core.actor import Actor
from fugong.core.clock import local_date
from fugong.core.web.parts import Status, Tone

LEFT = Status(_("has left"), Tone.NEUTRAL, "circle-minus")
LOCKED = Status(_("locked after too many tries"), Tone.BAD, "lock")
NO_PASSWORD = Status(_("not invited, or the code is not used yet"), Tone.WAITING)
ACTIVE = Status(_("active"), Tone.GOOD)


def person_page(user_id: UUID, *, actor: Actor, now: datetime) -> dict[str, Any]:
    history = queries.user_history(user_id, actor=actor)
    locked = operations.is_locked(history.user, now=now)
    return {
        "person": history.user,
        "status": _status(history, locked),
        "locked": locked,
        "may_manage": permissions.may_manage(actor) and not permissions.is_self(actor, user_id),
        "may_grant": permissions.may_grant(actor, history.user),
        **responsibilities(history, now=now),
    }


def responsibilities(history: UserHistory, *, now: datetime) -> dict[str, Any]:
    """Roles and assignments, those in force apart from those that ended."""
    today = local_date(now)
    return {
        "roles": [held for held in history.memberships if _is_held(held, now)],
        "past_roles": [held for held in history.memberships if not _is_held(held, now)],
        "assignments": [each for each in history.assignments if _in_force(each, today)],
        "past_assignments": [each for each in history.assignments if not _in_force(each, today)],
    }


def _status(history: UserHistory, locked: bool) -> Status:
    if not history.user.is_active:
        return LEFT
    if locked:
        return LOCKED
    return ACTIVE if history.user.has_usable_password() else NO_PASSWORD


def _is_held(membership: Membership, now: datetime) -> bool:
    return membership.ends_at is None or membership.ends_at > now


def _in_force(assignment: Assignment, today: Any) -> bool:
    return assignment.ends_on is None or assignment.ends_on > today
