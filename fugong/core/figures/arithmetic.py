"""Rates and sums that stay true: an inexact part never becomes an exact whole."""

from decimal import Decimal
from fractions import Fraction

from fugong.core.figures.choices import Absence, Exactness, Kind, weakest
from fugong.core.figures.numbers import decimals_of, half_up
from fugong.core.figures.values import Figure, ratio

PERCENT = "percent"

_AT_LEAST = {Exactness.ODD, Exactness.MORE, Exactness.OR_MORE, Exactness.BROKE_THROUGH}
_AT_MOST = {Exactness.NEARLY, Exactness.AT_MOST}
_NEAR = {Exactness.ABOUT, Exactness.AROUND}


class FiguresDoNotAdd(ValueError):
    """There is no true wording for the sum of these two figures."""


def rate(numerator: Figure, denominator: Figure, *, digits: int = 1, source: str = "") -> Figure:
    """Numerator over denominator in percent, half up (91 of 106 is 85.8).

    Without anything in scope there is no rate: the figure is absent, never 0 and never 100.
    Both parts must be exact and of one moment.
    """
    if {numerator.exactness, denominator.exactness} != {Exactness.EXACT}:
        raise FiguresDoNotAdd("a rate is computed from exact figures only")
    if numerator.as_of != denominator.as_of:
        raise FiguresDoNotAdd("a rate's two parts are of one moment")
    actual = ratio(numerator, denominator)
    return Figure(
        value=None if actual is None else half_up(actual, digits),
        unit=PERCENT,
        as_of=numerator.as_of,
        kind=numerator.kind,
        grade=weakest(numerator.grade, denominator.grade),
        source=source or numerator.source,
        numerator=numerator,
        denominator=denominator,
        absence=_why_no_rate(denominator) if actual is None else None,
    )


def add(first: Figure, second: Figure, *, source: str = "") -> Figure:
    """The sum with the strongest wording that is still true.

    exact + exact is exact; "9000 and more" + 500 is "9500 or more" (a lower bound, no closer);
    "nearly" and "at most" give "at most"; "about" stays "about". A lower bound and an upper bound,
    or anything with "most", have no true sum and are refused, as are rates, unlike units or kinds,
    and stocks or totals of different moments.
    """
    _check_alike(first, second)
    if first.value is None or second.value is None:
        raise FiguresDoNotAdd("a figure without a number does not add")
    return Figure(
        value=_sum(first.value, second.value),
        unit=first.unit,
        as_of=max(first.as_of, second.as_of),
        kind=first.kind,
        grade=weakest(first.grade, second.grade),
        source=source or f"{first.source} + {second.source}",
        exactness=_joint({first.exactness, second.exactness}),
    )


def _joint(pair: set[Exactness]) -> Exactness:
    inexact = pair - {Exactness.EXACT}
    if not inexact:
        return Exactness.EXACT
    if inexact <= _AT_LEAST:
        return Exactness.OR_MORE
    if inexact <= _AT_MOST:
        return Exactness.AT_MOST
    if inexact <= _NEAR:
        return Exactness.ABOUT
    raise FiguresDoNotAdd("these two wordings have no true sum")


def _check_alike(first: Figure, second: Figure) -> None:
    if first.is_rate or second.is_rate:
        raise FiguresDoNotAdd("rates do not add; add their parts")
    if first.unit != second.unit or first.kind != second.kind:
        raise FiguresDoNotAdd("only figures of one unit and kind add")
    if first.kind is not Kind.FLOW and first.as_of != second.as_of:
        raise FiguresDoNotAdd("stocks and totals add at one moment only")


def _sum(first: int | Decimal, second: int | Decimal) -> int | Decimal:
    if isinstance(first, int) and isinstance(second, int):
        return first + second
    total = Fraction(first) + Fraction(second)
    return half_up(total, max(decimals_of(first), decimals_of(second)))


def _why_no_rate(denominator: Figure) -> Absence:
    return Absence.EMPTY_DENOMINATOR if denominator.value == 0 else Absence.NOT_RECORDED
