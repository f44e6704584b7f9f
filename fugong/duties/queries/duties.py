"""Reading duties: one's own, those of a subject, and those about to be missed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise

from fugong.core.actor import Actor
from fugong.core.clock import end_of, local_date
from fugong.core.refusals import NotFound
from fugong.duties.choices import Group, kind_label
from fugong.duties.models import Duty, DutyQuerySet
from fugong.duties.permissions import HAND_OVER, SEE, check_may_hand_over, check_may_see_shortfall
from fugong.duties.rules import group_of


@dataclass(frozen=True, slots=True)
class DueTally:
    """How many duties of one kind, for one period, are missed, and how many fall due later this day."""

    kind: str
    period: str
    missed: int
    today: int

    @property
    def label(self) -> Promise | str:
        return kind_label(self.kind)


def list_for(actor: Actor, *, now: datetime, limit: int | None = None) -> list[Duty]:
    """What this person owes, nearest deadline first. One statement."""
    return list(_owed(actor, now).nearest_first()[:limit])


def count_for(actor: Actor, *, now: datetime) -> int:
    return _owed(actor, now).count()


def count_by_group(actor: Actor, *, now: datetime) -> dict[Group, int]:
    """How many stand in each group, all of them, whatever a list was cut off at."""
    deadlines = _owed(actor, now).values_list("due_at", flat=True)
    counted = Counter(group_of(due_at, now=now) for due_at in deadlines)
    return {group: counted[group] for group in Group}


def list_shortfall(
    actor: Actor, *, now: datetime, within: timedelta = timedelta(0), kind: str | None = None
) -> QuerySet[Duty]:
    """Duties of others that are missed, or will be `within` this time; nearest deadline first.

    Raises `NotPermitted` without duties.see. Holders see their areas and the enterprises in their care.
    """
    check_may_see_shortfall(actor)
    rows = Duty.objects.visible_to(actor, permission=SEE).open().begun(now).filter(due_at__lte=now + within)
    if kind:
        rows = rows.filter(kind=kind)
    return rows.select_related("owner_user", "owner_area").nearest_first()


def tally_shortfall(actor: Actor, *, now: datetime) -> list[DueTally]:
    """What others have missed or must do before this day in China ends, counted by kind and period.

    One statement over the duties open and due, whatever was ever owed. Raises `NotPermitted` as the list.
    """
    rows = list_shortfall(actor, now=now, within=end_of(local_date(now)) - now).select_related(None)
    counted = rows.values_list("kind", "period").annotate(
        missed=Count("id", filter=Q(due_at__lte=now)), today=Count("id", filter=Q(due_at__gt=now))
    )
    return [DueTally(*row) for row in counted.order_by("kind", "period")]


def get_visible(actor: Actor, duty_id: UUID) -> Duty:
    """Raises `NotFound` for a duty outside what the holder of duties.see may look over."""
    check_may_see_shortfall(actor)
    rows = Duty.objects.visible_to(actor, permission=SEE).select_related("owner_user", "owner_area")
    duty = rows.filter(id=duty_id).first()
    if duty is None:
        raise NotFound()
    return duty


def list_open_of(subject_ids: Iterable[UUID], *, kind: str | None = None) -> dict[UUID, Duty]:
    """For each subject its open duty with the nearest deadline. The caller checks who may see them."""
    rows = Duty.objects.open().filter(subject_id__in=list(subject_ids))
    if kind:
        rows = rows.filter(kind=kind)
    nearest: dict[UUID, Duty] = {}
    for duty in rows.nearest_first():
        nearest.setdefault(duty.subject_id, duty)
    return nearest


def list_of_subject(subject_id: UUID) -> list[Duty]:
    """Every duty a subject has ever raised, oldest first. The caller has checked who may see the subject."""
    return list(Duty.objects.filter(subject_id=subject_id).order_by("opened_at", "id"))


def subjects_owing(kind: str, *, period: str) -> QuerySet[Duty, UUID]:
    """Whose duty of this kind for the period is open: to be used inside another statement."""
    return Duty.objects.open().filter(kind=kind, period=period).values_list("subject_id", flat=True)


def subjects_excused(kind: str, *, period: str) -> QuerySet[Duty, UUID]:
    """Who was let off this duty for the period: to be used inside another statement."""
    rows = Duty.objects.filter(kind=kind, period=period).exclude(excuse="")
    return rows.values_list("subject_id", flat=True)


def list_owners(actor: Actor) -> list[tuple[UUID, str]]:
    """The persons who owe something now, with their names: whose duties may have to be handed over.

    Those within the areas where the actor may hand over.
    """
    check_may_hand_over(actor)
    rows = Duty.objects.visible_to(actor, permission=HAND_OVER).open().filter(owner_user__isnull=False)
    return list(rows.values_list("owner_user_id", "owner_user__name").order_by("owner_user__name").distinct())


def _owed(actor: Actor, now: datetime) -> DutyQuerySet:
    return Duty.objects.owed_by(actor).open().begun(now)
