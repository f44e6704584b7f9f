"""What belongs to a person's history besides the stays: doses, contacts, commitments."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from fugong.core.names import tidy
from fugong.people.choices import HistoryKind
from fugong.people.rules.problems import Problem

EARLIEST: Final = timedelta(days=20 * 366)
"""A vaccination may be long ago; a year typed wrong by a century may not."""
DETAIL_LENGTH: Final = 200
NUMBER_LENGTH: Final = 40
MAY_BE_BARE: Final = frozenset({HistoryKind.VACCINATION})
"""That a dose was given says something by itself; a contact or a commitment without words says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryData:
    """`detail`: the vaccine and where it was given; whom or where the contact was; to what the person is
    committed. `number`: of the dose, or of the paper.
    """

    kind: HistoryKind
    on: date
    detail: str = ""
    number: str = ""


def tidied(data: HistoryData) -> HistoryData:
    return replace(data, detail=tidy(data.detail), number=tidy(data.number))


def problems_of(data: HistoryData, *, today: date) -> dict[str, Problem]:
    """By field; empty when it may be kept. Expects tidied data."""
    found: dict[str, Problem] = {}
    if data.on > today:
        found["on"] = Problem("date_in_future", {"value": data.on.isoformat()})
    elif data.on < today - EARLIEST:
        found["on"] = Problem("date_too_early", {"value": data.on.isoformat()})
    if not data.detail and data.kind not in MAY_BE_BARE:
        found["detail"] = Problem("missing")
    elif len(data.detail) > DETAIL_LENGTH:
        found["detail"] = Problem("too_long", {"limit": DETAIL_LENGTH})
    if len(data.number) > NUMBER_LENGTH:
        found["number"] = Problem("too_long", {"limit": NUMBER_LENGTH})
    return found
