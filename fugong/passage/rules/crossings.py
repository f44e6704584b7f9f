"""What a desk at a checkpoint takes down of a vehicle and everybody in it, and what cannot be right of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fugong.core.regions import region_problem
from fugong.passage.choices import Answer, Direction, Reason
from fugong.passage.rules.deciding import FREE, Verdict, stricter
from fugong.passage.rules.plates import plate_problem

MOST_PEOPLE: Final = 100
LOWEST, HIGHEST = 300, 450
EARLY: Final = timedelta(minutes=5)
LATE: Final = timedelta(days=28)
NONCE_MOST: Final = (1 << 63) - 1 - MOST_PEOPLE
"""Each person's scan has the next nonce after the vehicle's."""
REASONS: Final = frozenset(map(int, Reason))
Text = str | Promise


@dataclass(frozen=True, slots=True, repr=False)
class Traveller:
    """One of the people: known by the code shown or by the document, else by the name as it was told.

    `temperature` in tenths of a degree.
    """

    code: str = ""
    document: str = ""
    name: str = ""
    temperature: int | None = None


@dataclass(frozen=True, slots=True, repr=False)
class CrossingData:
    """Sent again it has the same gate, moment and nonce. `people` counts all, also those not in
    `travellers`. `answer` and `reason` are what the desk decided without the network; 0: it asks.
    """

    gate: int
    at: datetime
    nonce: int
    plate: str
    people: int = 1
    direction: int = Direction.IN
    origin: str = ""
    travellers: tuple[Traveller, ...] = field(default=())
    answer: int = 0
    reason: int = 0
    is_forced: bool = False


def problems_of(data: CrossingData) -> dict[str, Text]:
    """By field; of a traveller by its place, such as `travellers.0.temperature`."""
    found: dict[str, Text] = {}
    if problem := plate_problem(data.plate):
        found["plate"] = problem
    if not 1 <= data.people <= MOST_PEOPLE:
        found["people"] = _("From 1 to %(most)s people.") % {"most": MOST_PEOPLE}
    elif len(data.travellers) > data.people:
        found["people"] = _("There are more people named than counted.")
    if data.origin.strip() and (unknown := region_problem(data.origin)) is not None:
        found["origin"] = unknown.sentence
    for place, each in enumerate(data.travellers):
        if each.temperature is not None and not LOWEST <= each.temperature <= HIGHEST:
            found[f"travellers.{place}.temperature"] = _("A temperature is from 30.0 to 45.0.")
    return found | _problems_of_form(data)


def _problems_of_form(data: CrossingData) -> dict[str, Text]:
    """Of what no guard types: numbers that a device sends."""
    found: dict[str, Text] = {}
    if data.direction not in (Direction.IN, Direction.OUT):
        found["direction"] = _("1 is in, 2 is out.")
    if not 0 <= data.nonce <= NONCE_MOST:
        found["nonce"] = _("Send a whole number of 63 bits.")
    if data.answer not in (0, *Answer):
        found["answer"] = _("1 allows, 2 asks, 3 stops; 0 where the server is to answer.")
    if data.answer and data.reason not in REASONS:
        found["reason"] = _("Send the number of a reason that the server knows.")
    return found


def is_dated_right(at: datetime, *, now: datetime) -> bool:
    """Whether the desk's clock can have been right."""
    return now - LATE <= at <= now + EARLY


def strictest(verdicts: Iterable[Verdict]) -> Verdict:
    """Of the vehicle and everybody in it: who may not pass stops the whole of it."""
    found = FREE
    for verdict in verdicts:
        found = stricter(found, verdict)
    return found
