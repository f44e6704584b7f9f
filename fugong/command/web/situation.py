"""The situation page: what holds now, what is under way, and how it came to be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from fugong.command import queries
from fugong.command.queries import Share, Situation, Today
from fugong.command.web.gates_today import gates_today
from fugong.core.clock import now as present
from fugong.core.figures import Figure, printed
from fugong.core.web.pages import AskingRequest, page
from fugong.core.web.parts import KeyFigure
from fugong.core.web.rendering import render_page
from fugong.enterprises.queries import DayOfStanding

# The bars are drawn on a ground of this height; CSS gives it its size on the page.
BAR_GROUND = 100
BAR_WIDTH, BAR_STEP = 8, 10


@page("situation.see")
def situation(request: AskingRequest) -> HttpResponse:
    actor, now = request.actor, present()
    found, today = queries.situation(actor, now=now), queries.today(actor, now=now)
    values = {
        "now": now,
        "figures": key_figures(found),
        "areas": found.areas,
        "bulletin": found.bulletin,
        "gates": gates_today(actor, now=now),
        "today": today,
        "bars": bars_of(today.trend),
        "steps": step_lines(today),
        "shortfall": shortfall_lines(today),
        "links": links(today),
    }
    return render_page(request, "command/situation.html", values, part="situation")


def key_figures(found: Situation) -> list[KeyFigure]:
    """Rates stand beside their parts. The page says once as of when they hold."""
    everyone, above = found.everyone, found.above_size
    return [
        _figure(_("Enterprises in scope"), everyone.whole),
        _figure(_("Resumed"), everyone.part),
        _figure(_("Resumption rate"), everyone.rate, note=_of(everyone)),
        _figure(_("Above-size resumption rate"), above.rate, note=_of(above)),
        _figure(
            _("Not resumed"), everyone.idle, note=_("%(number)s suspended") % {"number": everyone.suspended}
        ),
    ]


def _figure(label: str, figure: Figure, *, note: str = "") -> KeyFigure:
    """The number large, its unit small beside it."""
    text = printed(figure)
    digits = text[: len(text) - len(text.lstrip("0123456789.,"))]
    return KeyFigure(label, digits or text, unit=text[len(digits) :].strip() if digits else "", note=note)


def _of(share: Share) -> str:
    return _("%(part)s of %(whole)s") % {"part": share.part.value, "whole": share.whole.value}


@dataclass(frozen=True, slots=True)
class Bar:
    """One day as a column: where it stands on the ground and how high."""

    day: date
    resumed: int
    suspended: int
    left: int
    top: int
    height: int


@dataclass(frozen=True, slots=True)
class Bars:
    """All days of the trend. `total` is what the reader hears instead of seeing columns."""

    bars: Sequence[Bar]
    width: int
    total: int

    @property
    def ends(self) -> tuple[date, date, date]:
        days = [bar.day for bar in self.bars]
        return days[0], days[len(days) // 2], days[-1]

    @property
    def told(self) -> list[Bar]:
        """Days on which something happened, the newest first."""
        return [bar for bar in reversed(self.bars) if bar.resumed or bar.suspended]


def bars_of(trend: Sequence[DayOfStanding]) -> Bars:
    most = max((each.resumed for each in trend), default=0) or 1
    bars = []
    for place, each in enumerate(trend):
        height = round(each.resumed * BAR_GROUND / most)
        left = place * BAR_STEP + (BAR_STEP - BAR_WIDTH) // 2
        bars.append(Bar(each.day, each.resumed, each.suspended, left, BAR_GROUND - height, height))
    return Bars(bars, BAR_STEP * len(bars), sum(each.resumed for each in trend))


@dataclass(frozen=True, slots=True)
class Line:
    """A count with where to look: `overdue` of `number` are too late."""

    label: str | Promise
    number: int
    overdue: int
    url: str = ""
    overdue_url: str = ""


def step_lines(today: Today) -> list[Line]:
    """Where applications wait: the opinions in their order, then those back with the enterprise."""
    found = today.applications
    if found is None:
        return []
    lines = [
        Line(
            step.name,
            step.waiting,
            step.overdue,
            _address("resumption:applications", show="all", step=step.key),
            _address("resumption:applications", show="all", step=step.key, clock="overdue"),
        )
        for step in found.steps
    ]
    returned = _address("resumption:applications", show="all", state="returned")
    return [*lines, Line(_("Back with the enterprise for correction"), found.returned, 0, returned)]


def shortfall_lines(today: Today) -> list[Line]:
    """What people owe by the end of this day, one line a kind; the missed ones stand first."""
    sums: dict[str, Line] = {}
    for each in today.shortfall or ():
        before = sums.get(each.kind)
        sums[each.kind] = Line(
            each.label,
            each.today + (before.number if before else 0),
            each.missed + (before.overdue if before else 0),
            _address("duties:shortfall", kind=each.kind, clock="today"),
            _address("duties:shortfall", kind=each.kind, clock="missed"),
        )
    return sorted(sums.values(), key=lambda line: (-line.overdue, -line.number))


def links(today: Today) -> dict[str, str]:
    """Addresses with the question that the counts answer."""
    found = {
        "difficulties_open": _address("support:list", state=["raised", "assigned", "answered"]),
        "difficulties_overdue": _address("support:list", clock="overdue"),
        "difficulties_solved": _address("support:list", state="solved"),
    }
    if today.reports is not None:
        day = today.reports.day.isoformat()
        found["reported"] = _address("resumption:reports", day=day)
        found["not_reported"] = _address("resumption:reports", day=day, show="missing")
    return found


def _address(name: str, **asked: str | list[str]) -> str:
    return f"{reverse(name)}?{urlencode(asked, doseq=True)}"
