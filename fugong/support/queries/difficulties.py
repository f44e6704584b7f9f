"""Difficulties as a person may see them."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from fugong.core.actor import Actor
from fugong.core.refusals import NotFound
from fugong.support.choices import Step
from fugong.support.models import Difficulty, DifficultyEvent
from fugong.support.permissions import check_may_see, may_see

MILESTONES = (Step.RAISE, Step.SOLVE, Step.WITHDRAW)
SHOWN_WITH = ("enterprise", "area", "assigned_user", "raised_by")


def list_difficulties(actor: Actor) -> QuerySet[Difficulty]:
    """All that this person may see, unordered. Raises `NotPermitted` if the roles have no part in them."""
    check_may_see(actor)
    return Difficulty.objects.visible_to(actor).select_related(*SHOWN_WITH)


def get_difficulty(difficulty_id: UUID, *, actor: Actor) -> Difficulty:
    found = list_difficulties(actor).filter(id=difficulty_id).first()
    if found is None:
        raise NotFound()
    return found


def list_of_enterprise(enterprise_id: UUID, *, actor: Actor, limit: int = 20) -> list[Difficulty]:
    """The newest of one enterprise; none where the roles have nothing to do with difficulties."""
    if not may_see(actor):
        return []
    rows = list_difficulties(actor).filter(enterprise_id=enterprise_id)
    return list(rows.order_by("-raised_at", "-id")[:limit])


def list_open_of_own(actor: Actor, *, limit: int) -> list[Difficulty]:
    """The open ones of the enterprises this person speaks for, nearest deadline first."""
    rows = Difficulty.objects.open().filter(enterprise_id__in=actor.enterprises)
    return list(rows.select_related("enterprise").order_by("due_at", "id")[:limit])


def list_milestones(enterprise_id: UUID, *, actor: Actor) -> list[DifficultyEvent]:
    """When those of one enterprise were raised and closed, oldest first; none without a part in them."""
    if not may_see(actor):
        return []
    seen = Difficulty.objects.visible_to(actor).filter(enterprise_id=enterprise_id)
    rows = DifficultyEvent.objects.filter(difficulty__in=seen, step__in=MILESTONES)
    return list(rows.select_related("difficulty", "to_user").order_by("at", "id"))


def count_open(actor: Actor) -> int:
    return Difficulty.objects.visible_to(actor).open().count() if may_see(actor) else 0


def timeline(difficulty: Difficulty) -> list[DifficultyEvent]:
    """Every step, oldest first. The caller has got the difficulty for somebody who may see it."""
    rows = DifficultyEvent.objects.filter(difficulty=difficulty).select_related("to_user")
    return list(rows.order_by("at", "id"))
