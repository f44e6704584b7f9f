"""The law of bulletins: which moment a day means, and how numbers run on."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal

from fugong.core.clock import LOCAL, end_of

NUMBER = re.compile(r"(\d{4})-(\d{3,})")


def as_of_for(day: date, *, now: datetime) -> datetime:
    """The moment that "as of this day" means: its end in China, or now while the day runs.

    The end is 24:00, as officials count; it is the first moment of the next day.
    """
    return min(end_of(day), now)


def is_to_come(day: date, *, now: datetime) -> bool:
    """A bulletin tells what was; a day that has not begun has no figures."""
    return day > now.astimezone(LOCAL).date()


def number_after(last: str | None, *, year: int) -> str:
    """The next bulletin number of a year: 2022-001, 2022-002, … Numbers start again each year."""
    found = NUMBER.fullmatch(last or "")
    count = int(found.group(2)) + 1 if found and int(found.group(1)) == year else 1
    return f"{year}-{count:03d}"


def plain_number(value: Decimal) -> int | Decimal:
    """91 is a whole number, 85.8 stays a decimal: a stated figure keeps the digits it was stated with."""
    return int(value) if value.as_tuple().exponent == 0 else value
