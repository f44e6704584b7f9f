"""Rounding on exact fractions, so that no binary float ever decides a printed digit."""

from decimal import Decimal
from fractions import Fraction
from math import ceil, floor


def half_up(value: Fraction, digits: int) -> Decimal:
    """Nearest number with `digits` decimals; a half goes away from zero, as in official statistics."""
    scaled = abs(value) * 10**digits
    whole = floor(scaled + Fraction(1, 2))
    return Decimal(f"{'-' if value < 0 and whole else ''}{whole}E-{digits}")


def nearest(value: Fraction, step: Fraction) -> Fraction:
    return floor(value / step + Fraction(1, 2)) * step


def down_to(value: Fraction, step: Fraction) -> Fraction:
    return floor(value / step) * step


def up_to(value: Fraction, step: Fraction) -> Fraction:
    return ceil(value / step) * step


def decimals_of(value: int | Decimal) -> int:
    """How many decimals the number is written with."""
    if isinstance(value, int):
        return 0
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def plain(value: Fraction) -> int | Decimal:
    """The fraction as a written number; raises ValueError when it has no finite decimal form."""
    if value.denominator == 1:
        return value.numerator
    for digits in range(1, 13):
        candidate = half_up(value, digits)
        if Fraction(candidate) == value:
            return candidate
    raise ValueError(f"{value} has no short decimal form")
