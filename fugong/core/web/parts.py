"""Values that the shared template parts draw: a status, a clock, a reason, a step, a figure.

Views build them, so that templates get ready values and the same thing looks the same everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

Text = str | Promise
SOON = timedelta(hours=24)


class Tone(StrEnum):
    """What a status means for the reader. The colour follows from it and is never the only sign."""

    GOOD = "good"
    WAITING = "waiting"
    WARNING = "warning"
    BAD = "bad"
    NEUTRAL = "neutral"


ICONS = {
    Tone.GOOD: "circle-check",
    Tone.WAITING: "hourglass",
    Tone.WARNING: "alert-triangle",
    Tone.BAD: "circle-x",
    Tone.NEUTRAL: "circle-dashed",
}


@dataclass(frozen=True, slots=True)
class Status:
    """Drawn by parts/status.html: icon, text and colour."""

    label: Text
    tone: Tone = Tone.NEUTRAL
    icon: str = ""

    def __post_init__(self) -> None:
        if not self.icon:
            object.__setattr__(self, "icon", ICONS[self.tone])


@dataclass(frozen=True, slots=True)
class Clock:
    """Drawn by parts/clock.html: until when, whose turn it is, how much time is left or gone."""

    due_at: datetime
    label: Text
    tone: Tone
    side: Text = ""
    stopped: bool = False

    @property
    def icon(self) -> str:
        if self.stopped:
            return "player-pause"
        return {Tone.BAD: "alarm", Tone.WARNING: "clock-exclamation"}.get(self.tone, "clock")


def clock(due_at: datetime, *, now: datetime, side: Text = "", stopped: bool = False) -> Clock:
    """`side` says whose turn it is ("with the reviewer"); a stopped clock waits for the other side."""
    left = due_at - now
    if stopped:
        return Clock(due_at, _("clock stopped"), Tone.NEUTRAL, side, stopped=True)
    if left < timedelta(0):
        label = _("overdue by %(time)s") % {"time": duration(-left)}
        return Clock(due_at, label, Tone.BAD, side)
    label = _("%(time)s left") % {"time": duration(left)}
    return Clock(due_at, label, Tone.WARNING if left <= SOON else Tone.NEUTRAL, side)


def duration(length: timedelta) -> str:
    """In its largest sensible unit: whole days from two days on, hours, or minutes."""
    minutes = max(int(length.total_seconds() // 60), 0)
    if minutes >= 48 * 60:
        days = minutes // (24 * 60)
        return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
    if minutes >= 60:
        hours = minutes // 60
        return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
    return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}


@dataclass(frozen=True, slots=True)
class Hint:
    """One line beside a form, said while somebody types; `url` leads to what it speaks of."""

    text: Text
    tone: Tone
    icon: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class WhyReason:
    """One line of parts/why.html. `satisfied` None: not decided by this rule, or only noted."""

    rule: Text
    satisfied: bool | None
    clause: Text = ""
    evidence: Text = ""
    evidence_url: str = ""


@dataclass(frozen=True, slots=True)
class Why:
    """Drawn by parts/why.html: the outcome, each reason, the playbook version, who and when."""

    outcome: Text
    reasons: Sequence[WhyReason]
    playbook: Text = ""
    by: Text = ""
    at: datetime | None = None
    open: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of parts/timeline.html, newest or oldest first as the view gives them."""

    title: Text
    at: datetime
    by: Text = ""
    note: Text = ""
    tone: Tone = Tone.NEUTRAL
    icon: str = "circle-dot"
    url: str = ""
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """Drawn by parts/figure.html. `exactness` is the word beside the digits (about, more than), or empty."""

    label: Text
    value: Text
    unit: Text = ""
    exactness: Text = ""
    as_of: datetime | None = None
    note: Text = ""
    proof_url: str = ""
    tone: Tone = Tone.NEUTRAL


@dataclass(frozen=True, slots=True)
class Term:
    """One row of parts/definitions.html."""

    label: Text
    value: object
    url: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A step of the breadcrumb, an action of the page, a page number."""

    label: Text
    url: str
    icon: str = ""
    current: bool = False
