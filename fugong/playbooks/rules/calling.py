"""Whom the silence of an office calls, one level after the other."""

from dataclasses import dataclass
from datetime import datetime

from fugong.playbooks.choices import BodyKind
from fugong.playbooks.rules.clocks import WorkingCalendar, escalation_moments
from fugong.playbooks.rules.schema import Policy
from fugong.playbooks.rules.text import Text


@dataclass(frozen=True, slots=True)
class Called:
    """A body, or the holders of a post: `posts` are the assignments by which somebody holds it.

    `body` is the kind of the body that is called, or of the one the post belongs to; None where it belongs to
    none.
    """

    at: datetime
    name: Text
    body: BodyKind | None
    posts: tuple[str, ...] = ()


def called_after(policy: Policy, clock: str, due: datetime, calendar: WorkingCalendar) -> tuple[Called, ...]:
    """In the order of the file; `due` is the deadline that this clock has set."""
    moments = escalation_moments(due, policy.clocks[clock], calendar)
    return tuple(_called(policy, at, holder) for at, holder in moments)


def _called(policy: Policy, at: datetime, holder: str) -> Called:
    body = policy.organisation.bodies.get(holder)
    if body is not None:
        return Called(at, body.name, body.kind)
    post = policy.organisation.roles[holder]
    home = policy.organisation.bodies.get(post.of) if post.of else None
    held_by = tuple(rule.id for rule in policy.assignments.values() if rule.role == holder)
    return Called(at, post.name, home.kind if home else None, held_by)
