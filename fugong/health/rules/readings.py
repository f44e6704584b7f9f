"""A temperature as somebody typed it. What cannot be right is told, and never guessed at."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from fugong.health.rules.problems import Problem

_NUMBER: Final = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,4})?")
# Two Chinese words for degrees (Celsius), as an input method writes them behind a number.
_UNIT: Final = re.compile(r"(?:℃|°\s*[cC]|[cC]|(?:\u6444\u6c0f)?\u5ea6)$")
_FAHRENHEIT_UNIT: Final = re.compile(r"(?:℉|°?\s*[fF])$")
_BODY_IN_FAHRENHEIT: Final = (Decimal(90), Decimal(110))
TYPED_MOST: Final = 20


@dataclass(frozen=True, slots=True)
class Believed:
    """Between which temperatures a thermometer is believed; degrees Celsius."""

    lowest: Decimal
    highest: Decimal

    def holds(self, value: Decimal) -> bool:
        return self.lowest <= value <= self.highest


def read_temperature(typed: str, believed: Believed) -> Decimal | Problem:
    """The degrees, to a tenth, or what is wrong. Full-width digits and a trailing unit are read as such."""
    if _FAHRENHEIT_UNIT.search(typed.strip()):
        return _fahrenheit()
    # Before the compatibility form takes the sign for the unit apart.
    text = _UNIT.sub("", typed.strip()).strip()
    text = unicodedata.normalize("NFKC", text)
    if not _NUMBER.fullmatch(text):
        return Problem("not_a_temperature", _("Write the temperature in digits, such as 36.5."))
    value = Decimal(text)
    return _checked(value, "." in text, believed)


def _checked(value: Decimal, has_dot: bool, believed: Believed) -> Decimal | Problem:
    if believed.holds(value):
        if value != round(value, 1):
            return Problem("too_fine", _("Write one digit after the dot, such as 36.5."))
        return round(value, 1)
    if not has_dot and believed.holds(value / 10):
        return Problem(
            "no_dot",
            _("%(value)s has no dot. Write it as the thermometer shows it, such as 36.5.") % {"value": value},
        )
    if has_dot and believed.holds(value * 10):
        return Problem(
            "dot_misplaced",
            _("The dot in %(value)s stands in the wrong place. Write it as the thermometer shows it.")
            % {"value": value},
        )
    if _BODY_IN_FAHRENHEIT[0] <= value <= _BODY_IN_FAHRENHEIT[1]:
        return _fahrenheit()
    return Problem(
        "not_believed",
        _("%(value)s is not between %(lowest)s and %(highest)s. Measure again; in an emergency call 120.")
        % {"value": value, "lowest": believed.lowest, "highest": believed.highest},
    )


def _fahrenheit() -> Problem:
    return Problem(
        "fahrenheit", _("This looks like degrees Fahrenheit. Write degrees Celsius, such as 36.5.")
    )


def tenths(value: Decimal) -> int:
    """As it is kept: 365 for 36.5."""
    return int(value * 10)


def degrees(kept: int) -> str:
    """As it is shown: 36.5 for 365."""
    return f"{kept // 10}.{kept % 10}"
