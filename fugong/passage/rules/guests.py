"""What can be said of a visit and of a vehicle's pass, and what of it cannot be right."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, TypeAlias

from django.utils.translation import gettext_lazy as _

from fugong.core.refusals import Sentence
from fugong.passage.rules.plates import plate_problem, tidied

LONGEST_VISIT: Final = timedelta(days=7)
LONGEST_PASS: Final = timedelta(days=90)
FARTHEST_AHEAD: Final = timedelta(days=30)
NAME_MOST: Final = 60
PURPOSE_MOST: Final = 200
PASSENGERS_MOST: Final = 60
"""A coach."""
Problems: TypeAlias = dict[str, Sentence]


@dataclass(frozen=True, slots=True)
class VisitData:
    name: str
    host: str
    purpose: str
    starts_at: datetime
    ends_at: datetime
    phone: str = ""
    document: str = ""
    plate: str = ""

    def tidied(self) -> VisitData:
        return replace(
            self,
            name=" ".join(self.name.split()),
            host=" ".join(self.host.split()),
            purpose=self.purpose.strip(),
            phone=self.phone.strip(),
            document=self.document.strip(),
            plate=tidied(self.plate),
        )


@dataclass(frozen=True, slots=True)
class PassData:
    plate: str
    purpose: str
    starts_at: datetime
    ends_at: datetime
    driver_name: str = ""
    driver_phone: str = ""
    passengers: tuple[str, ...] = ()
    """Names of those who ride along."""

    def tidied(self) -> PassData:
        return replace(
            self,
            plate=tidied(self.plate),
            purpose=self.purpose.strip(),
            driver_name=" ".join(self.driver_name.split()),
            driver_phone=self.driver_phone.strip(),
            passengers=tuple(name for each in self.passengers if (name := " ".join(each.split()))),
        )


def problems_of_visit(data: VisitData, *, now: datetime) -> Problems:
    """By field."""
    problems = _window_problems(data.starts_at, data.ends_at, LONGEST_VISIT, now=now)
    if not data.name:
        problems["name"] = _("Give the visitor's name.")
    elif len(data.name) > NAME_MOST:
        problems["name"] = _("At most 60 characters.")
    if not data.host:
        problems["host"] = _("Say whom the visitor comes to see: the guard may telephone.")
    elif len(data.host) > NAME_MOST:
        problems["host"] = _("At most 60 characters.")
    if data.plate and (wrong := plate_problem(data.plate)):
        problems["plate"] = wrong
    return problems | _purpose_problem(data.purpose)


def problems_of_pass(data: PassData, *, now: datetime) -> Problems:
    """By field."""
    problems = _window_problems(data.starts_at, data.ends_at, LONGEST_PASS, now=now)
    if wrong := plate_problem(data.plate):
        problems["plate"] = wrong
    if len(data.driver_name) > NAME_MOST:
        problems["driver_name"] = _("At most 60 characters.")
    if len(data.passengers) > PASSENGERS_MOST:
        problems["passengers"] = _("At most %(number)s passengers.") % {"number": PASSENGERS_MOST}
    elif any(len(name) > NAME_MOST for name in data.passengers):
        problems["passengers"] = _("One name on each line, of at most 60 characters.")
    return problems | _purpose_problem(data.purpose)


def _purpose_problem(purpose: str) -> Problems:
    if not purpose:
        return {"purpose": _("Say what for.")}
    return {"purpose": _("At most 200 characters.")} if len(purpose) > PURPOSE_MOST else {}


def _window_problems(start: datetime, end: datetime, longest: timedelta, *, now: datetime) -> Problems:
    if end <= start:
        return {"ends_at": _("The end comes after the beginning.")}
    if end <= now:
        return {"ends_at": _("This is over already.")}
    if start > now + FARTHEST_AHEAD:
        return {"starts_at": _("At most 30 days ahead.")}
    if end - start > longest:
        return {"ends_at": _("At most %(days)s days long.") % {"days": longest.days}}
    return {}
