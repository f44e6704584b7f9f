"""The situation: read from counters that writers keep, never by scanning enterprises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from fugong.areas import queries as areas
from fugong.command.models import Bulletin
from fugong.command.queries.bulletins import find_newest_published
from fugong.core.actor import Actor
from fugong.core.figures import Figure, Grade, Kind, rate
from fugong.enterprises import queries as enterprises
from fugong.enterprises.choices import SizeClass

UNIT = "enterprise"


@dataclass(frozen=True, slots=True)
class Share:
    """A group of enterprises and how many of it are at work: a rate is never shown without its parts."""

    name: str
    whole: Figure
    part: Figure
    idle: Figure  # not resumed yet; the suspended ones are neither these nor at work
    suspended: int

    @property
    def rate(self) -> Figure:
        return rate(self.part, self.whole)

    @property
    def percent(self) -> int:
        """For the length of a bar: whole per cent, 0 to 100."""
        actual = self.rate.actual
        return 0 if actual is None else round(actual)


@dataclass(frozen=True, slots=True)
class Situation:
    everyone: Share
    above_size: Share
    areas: tuple[Share, ...]
    bulletin: Bulletin | None


def situation(actor: Actor, *, now: datetime) -> Situation:
    """What holds now, within what the actor may see. A fixed number of statements."""
    tallies = enterprises.standing_counts(actor)
    places = {tally.area_id for tally in tallies}
    named = [area for area in areas.list_areas(actor=actor) if area.id in places]
    return Situation(
        everyone=_share("", enterprises.totals(tallies), now),
        above_size=_share("", enterprises.totals(tallies, size_class=SizeClass.ABOVE), now),
        areas=tuple(_share(area.name, enterprises.totals(tallies, area_id=area.id), now) for area in named),
        bulletin=find_newest_published(actor),
    )


def _share(name: str, tally: enterprises.Tally, now: datetime) -> Share:
    whole, part, idle = (_figure(each, now) for each in (tally.in_scope, tally.resumed, tally.not_resumed))
    return Share(name, whole, part, idle, suspended=tally.suspended)


def _figure(value: int, now: datetime) -> Figure:
    return Figure(
        value=value, unit=UNIT, as_of=now, kind=Kind.STOCK, grade=Grade.VERIFIED, source="enterprises.counts"
    )
