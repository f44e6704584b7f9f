"""The rolls of a day: who of the people at work owes what, crew by crew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Opened:
    """How many lines were added to rolls, and how many withdrawn of people who left or moved."""

    added: int = 0
    withdrawn: int = 0


def open_rolls(authority_id: UUID, day: date, now: datetime) -> Opened:
    """Everybody whom a cadence asks on the day stands on one roll of a crew of an enterprise at work.

    Safe to run twice, or at once: a second run adds who came since and withdraws who left or moved.
    """
    raise NotImplementedError
