"""Duties as the pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fugong.core.bilingual import in_language
from fugong.core.clock import to_the_minute
from fugong.core.web.parts import Clock, Status, Tone, clock
from fugong.duties.choices import Call, Group, Side
from fugong.duties.models import Duty
from fugong.duties.rules import group_of, is_missed, next_call

GROUP_TONES = {Group.OVERDUE: Tone.BAD, Group.TODAY: Tone.WARNING, Group.LATER: Tone.NEUTRAL}
GROUP_ICONS = {Group.OVERDUE: "alarm", Group.TODAY: "clock-exclamation", Group.LATER: "calendar"}


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of a roll's people have done it; drawn by duties/parts/progress.html."""

    done: int
    expected: int

    @property
    def missing(self) -> int:
        return max(self.expected - self.done, 0)


@dataclass(frozen=True, slots=True)
class DutyRow:
    id: UUID
    label: str | Promise
    subject: str
    period: str
    url: str
    side: str | Promise
    owner: str | Promise
    clock: Clock
    escalated: Status | None
    called: list[str | Promise]
    progress: Progress | None


@dataclass(frozen=True, slots=True)
class GroupOfRows:
    key: str
    heading: str | Promise
    count: int
    status: Status
    rows: list[DutyRow]


def duty_row(duty: Duty, *, now: datetime, owner: str | Promise = "") -> DutyRow:
    """`owner` is named where a list shows other people's duties."""
    escalated = Status(_("escalated"), Tone.BAD, "arrow-up") if duty.escalated_at else None
    return DutyRow(
        id=duty.id,
        label=duty.label,
        subject=duty.subject_label,
        period=duty.period,
        url=duty.url,
        side=Side(duty.side).label,
        owner=owner,
        clock=clock(duty.due_at, now=now),
        escalated=escalated,
        called=_called(duty, now=now),
        progress=Progress(duty.done, duty.expected) if duty.is_roll else None,
    )


def _called(duty: Duty, *, now: datetime) -> list[str | Promise]:
    """Who has been told, and once the deadline has passed, who is next and when."""
    calls = duty.calls
    lines = [_line(_("Told: %(name)s (%(at)s)"), call, call.told_at) for call in calls if call.told_at]
    coming = next_call(calls) if is_missed(duty.due_at, now=now) else None
    return [*lines, *([_line(_("Next: %(name)s (%(at)s)"), coming, coming.at)] if coming else [])]


def _line(sentence: Promise, call: Call, at: datetime) -> str:
    name = in_language(call.name_zh, call.name_en) or _("the next level")
    return str(sentence) % {"name": name, "at": to_the_minute(at)}


def in_groups(duties: Iterable[Duty], *, counts: dict[Group, int], now: datetime) -> list[GroupOfRows]:
    """The groups that hold anything, nearest first; `counts` also count those beyond the page."""
    rows: dict[Group, list[DutyRow]] = {group: [] for group in Group}
    for duty in duties:
        rows[group_of(duty.due_at, now=now)].append(duty_row(duty, now=now))
    return [_group(group, counts[group], rows[group]) for group in Group if counts[group]]


def _group(group: Group, count: int, rows: list[DutyRow]) -> GroupOfRows:
    status = Status(group.label, GROUP_TONES[group], GROUP_ICONS[group])
    return GroupOfRows(group.value, group.label, count, status, rows)
