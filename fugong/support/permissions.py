"""Who may raise, hand out, answer and close difficulties. Whether the state allows it is a rule.

The system itself may do none of it: a replay acts as the persons of its story.
"""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.refusals import NotPermitted
from fugong.support.choices import ANSWER, ASSIGN, CLOSE, PERMISSIONS, RAISE
from fugong.support.models import Difficulty


def may_see(actor: Actor) -> bool:
    return any(map(actor.may, PERMISSIONS))


def check_may_see(actor: Actor) -> None:
    if not may_see(actor):
        raise NotPermitted()


def may_raise(actor: Actor, enterprise_id: UUID) -> bool:
    """The enterprise itself, or the instructor in whose care it is."""
    return actor.may(RAISE) and (enterprise_id in actor.enterprises or enterprise_id in actor.cared_for)


def check_may_raise(actor: Actor, enterprise_id: UUID) -> None:
    if not may_raise(actor, enterprise_id):
        raise NotPermitted()


def may_assign(actor: Actor, difficulty: Difficulty) -> bool:
    return actor.may_in(ASSIGN, difficulty.area_id)


def check_may_assign(actor: Actor, difficulty: Difficulty) -> None:
    if not may_assign(actor, difficulty):
        raise NotPermitted()


def may_answer(actor: Actor, difficulty: Difficulty) -> bool:
    """The person it was handed to; where it went to an office, whoever answers for it and sees the area."""
    if not actor.may(ANSWER):
        return False
    if difficulty.assigned_user_id is not None:
        return difficulty.assigned_user_id == actor.user_id
    return actor.may_in(ANSWER, difficulty.area_id) or difficulty.enterprise_id in actor.cared_for


def check_may_answer(actor: Actor, difficulty: Difficulty) -> None:
    if not may_answer(actor, difficulty):
        raise NotPermitted()


def may_close(actor: Actor, difficulty: Difficulty) -> bool:
    return actor.may(CLOSE) and difficulty.enterprise_id in actor.enterprises


def check_may_close(actor: Actor, difficulty: Difficulty) -> None:
    if not may_close(actor, difficulty):
        raise NotPermitted(
            _("Only the enterprise itself says whether its difficulty is solved."), code="not_the_enterprise"
        )


def may_withdraw(actor: Actor, difficulty: Difficulty) -> bool:
    return actor.may(RAISE) and difficulty.enterprise_id in actor.enterprises


def check_may_withdraw(actor: Actor, difficulty: Difficulty) -> None:
    if not may_withdraw(actor, difficulty):
        raise NotPermitted(
            _("Only the enterprise itself takes its difficulty back."), code="not_the_enterprise"
        )
