"""Reading rolls: who stands on them, who is missing, and how far each of them is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Count, F, QuerySet, Sum
from django.db.models.functions import Least
from django.utils.functional import Promise

from fugong.core.actor import Actor
from fugong.core.refusals import NotFound
from fugong.duties.choices import kind_label
from fugong.duties.models import Duty, DutyQuerySet, Entry, EntryQuerySet
from fugong.duties.permissions import EXCUSE, SEE, check_may_see_shortfall, may_excuse, may_see_shortfall

TALLIED_FOR: Final = timedelta(days=1)


def list_entries_of(subject_id: UUID, *, now: datetime, kind: str | None = None) -> list[Entry]:
    """What this person owes now on rolls that have opened, each with its roll, nearest deadline first.

    `entry.period` is what `operations.tick` wants to hear; `entry.duty.due_at` is the deadline. The caller
    checks who may know: the person itself, or whoever may see its file.
    """
    rows = Entry.objects.open().begun(now).filter(subject_id=subject_id)
    rows = rows.filter(duty__withdrawn_at=None, duty__lapsed_at=None)
    if kind:
        rows = rows.filter(kind=kind)
    return list(rows.select_related("duty").order_by("duty__due_at", "id"))


def open_periods(kind: str, subject_ids: Collection[UUID], *, now: datetime) -> list[tuple[UUID, str]]:
    """What these people owe now, each with the period: `list_entries_of` for many, in one statement."""
    rows = Entry.objects.open().begun(now).filter(kind=kind, subject_id__in=subject_ids)
    return list(rows.filter(duty__lapsed_at=None).values_list("subject_id", "period"))


def list_missed(kind: str, *, since: datetime, until: datetime) -> list[tuple[UUID, UUID, datetime]]:
    """Open lines whose deadline passed in this time: the line, the person, the deadline."""
    rows = Entry.objects.open().filter(kind=kind, duty__due_at__gt=since, duty__due_at__lte=until)
    rows = rows.filter(duty__withdrawn_at=None, duty__done_at=None)
    return list(rows.values_list("id", "subject_id", "duty__due_at"))


def list_history_of(subject_id: UUID, *, kind: str, limit: int) -> list[Entry]:
    """The latest lines of this person, whatever became of them. The caller checks who may know."""
    rows = Entry.objects.standing().filter(subject_id=subject_id, kind=kind).select_related("duty")
    return list(rows.order_by("-period")[:limit])


def enrolled(kind: str, *, period: str) -> EntryQuerySet:
    """Everybody who stands on a roll of this kind and period: to be used inside another statement."""
    return Entry.objects.standing().filter(kind=kind, period=period)


def enrolled_on(kind: str, *, periods: Collection[str]) -> EntryQuerySet:
    """As `enrolled`, of several periods."""
    return Entry.objects.standing().filter(kind=kind, period__in=periods)


def still_open(kind: str, *, period: str) -> EntryQuerySet:
    """The lines not yet ended: to be used inside another statement."""
    return Entry.objects.open().filter(kind=kind, period=period)


def get_roll(actor: Actor, duty_id: UUID) -> Duty:
    """For whoever owes it, or may look it over. Raises `NotFound` for others, and for other duties."""
    rows = Duty.objects.rolls().filter(id=duty_id).select_related("owner_user", "owner_area")
    roll = rows.filter(id__in=_within(actor).values("id")).first()
    if roll is None:
        raise NotFound()
    return roll


def may_excuse_on(actor: Actor, roll: Duty) -> bool:
    """Whoever owes it, and who may excuse there, lets single people off."""
    rows = Duty.objects.filter(id=roll.id)
    excused_by = rows.visible_to(actor, permission=EXCUSE) if may_excuse(actor) else rows.none()
    return (rows.owed_by(actor) | excused_by).exists()


def _within(actor: Actor) -> DutyQuerySet:
    mine = Duty.objects.owed_by(actor)
    return mine | Duty.objects.visible_to(actor, permission=SEE) if may_see_shortfall(actor) else mine


@dataclass(frozen=True, slots=True)
class RollTally:
    """One kind and period over all rolls in sight: how many rolls, how many of their people are done."""

    kind: str
    period: str
    rolls: int
    done: int
    expected: int

    @property
    def label(self) -> Promise | str:
        return kind_label(self.kind)


def tally_rolls(actor: Actor, *, now: datetime) -> list[RollTally]:
    """Of the rolls that have begun and whose deadline is ahead, or passed within a day; the done ones too.

    Done counts no more than expected, roll by roll: a share that was exceeded makes up for no other.
    """
    check_may_see_shortfall(actor)
    rows = Duty.objects.rolls().visible_to(actor, permission=SEE).begun(now)
    rows = rows.filter(due_at__gt=now - TALLIED_FOR, withdrawn_at=None)
    counted = rows.values_list("kind", "period").annotate(
        rolls=Count("id"), finished=Sum(Least("done", "expected")), wanted=Sum("expected")
    )
    return [RollTally(*row) for row in counted.order_by("kind", "-period")]


def open_rolls_of(subject_ids: Collection[UUID], *, now: datetime) -> list[Duty]:
    """What these crews, or enterprises, still owe as rolls that have begun, nearest deadline first. The
    caller checks who may know.
    """
    rows = Duty.objects.rolls().open().begun(now).filter(subject_id__in=subject_ids, expected__gt=F("done"))
    return list(rows.order_by("due_at", "id"))


def list_missing(roll: Duty) -> EntryQuerySet:
    """Who on this roll has not done it, by name. The caller has got the roll by `get_roll`."""
    return Entry.objects.open().filter(duty=roll).order_by("label", "id")


def get_entry(actor: Actor, entry_id: UUID) -> Entry:
    """A line of a roll that the actor owes or may look over, with its roll. Raises `NotFound`."""
    rows = Entry.objects.filter(id=entry_id, duty_id__in=_within(actor).values("id"))
    entry = rows.select_related("duty__owner_user", "duty__owner_area").first()
    if entry is None:
        raise NotFound()
    return entry


def list_excused(roll: Duty) -> list[Entry]:
    return list(Entry.objects.filter(duty=roll).exclude(excuse="").order_by("label", "id"))


def list_rolls(actor: Actor, *, now: datetime) -> QuerySet[Duty]:
    """Open rolls of others that have begun, the nearest deadline first, each with who is `missing`.

    Raises `NotPermitted` without duties.see.
    """
    check_may_see_shortfall(actor)
    rows = Duty.objects.rolls().visible_to(actor, permission=SEE).open().begun(now)
    counted = rows.annotate(missing=F("expected") - F("done"))
    return counted.select_related("owner_user", "owner_area").order_by("due_at", "id")
