"""How a computed number becomes an official wording, and when that wording would be false."""

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from fugong.core.figures.choices import Exactness
from fugong.core.figures.numbers import down_to, half_up, nearest, plain, up_to
from fugong.core.figures.values import Figure, ratio

_ROUNDS_DOWN = {Exactness.ODD, Exactness.MORE, Exactness.OR_MORE, Exactness.BROKE_THROUGH}
_ROUNDS_UP = {Exactness.NEARLY, Exactness.AT_MOST}
# "Nearly 4000" is understood of 3,9xx, not of 3,100, whatever the step.
_NEARLY_WITHIN = Fraction(1, 10)


class FalseWording(ValueError):
    """The wording asked for would not be true of this number."""


@dataclass(frozen=True, slots=True)
class RoundingRule:
    """`step` is in the figure's unit (1000: 9,034 is stated on 9000); `digits` are kept decimals.

    `digits` counts for exact figures (percentages), `step` for all others.
    """

    exactness: Exactness = Exactness.EXACT
    step: int | Decimal = 1
    digits: int = 0

    def __post_init__(self) -> None:
        if self.step <= 0 or self.digits < 0:
            raise ValueError("a rounding rule needs a step above zero and digits not below it")

    def word(self, figure: Figure) -> Figure:
        """The figure under this wording; raises FalseWording where the wording would be untrue.

        A stated (inexact) figure is refused: nothing may sharpen or blur what a source said.
        """
        if figure.exactness is not Exactness.EXACT:
            raise FalseWording("a stated wording is kept as stated")
        if self.exactness is Exactness.MOST:
            return self._most(figure)
        actual = figure.actual
        if actual is None:
            return figure
        if self.exactness is Exactness.EXACT:
            return replace(figure, value=self._exact(figure, actual))
        stated = self._stated(actual)
        if not holds(self.exactness, actual=actual, stated=stated, step=Fraction(self.step)):
            raise FalseWording(f"{float(actual):g} is not {self.exactness} {float(stated):g}")
        return replace(figure, value=plain(stated), exactness=self.exactness)

    def apply(self, figure: Figure) -> Figure:
        """As `word`, but a number the wording would belie is printed exactly instead.

        A bulletin must not fail on the day the count stands at 9000 to the digit.
        """
        try:
            return self.word(figure)
        except FalseWording:
            if figure.exactness is not Exactness.EXACT or figure.actual is None:
                return figure
            return replace(figure, value=self._exact(figure, figure.actual))

    def _stated(self, actual: Fraction) -> Fraction:
        step = Fraction(self.step)
        if self.exactness in _ROUNDS_DOWN:
            return down_to(actual, step)
        if self.exactness in _ROUNDS_UP:
            return up_to(actual, step)
        return nearest(actual, step)

    def _exact(self, figure: Figure, actual: Fraction) -> int | Decimal:
        if isinstance(figure.value, int) and not figure.is_rate:
            return figure.value
        return half_up(actual, self.digits)

    def _most(self, figure: Figure) -> Figure:
        share = ratio(figure.numerator or figure, figure.denominator) if figure.denominator else None
        if share is None or share <= 50 or share >= 100:
            raise FalseWording('"most" is more than half of a known whole, and less than all')
        return replace(figure, value=None, exactness=Exactness.MOST)


EXACT = RoundingRule()


def holds(exactness: Exactness, *, actual: Fraction, stated: Fraction, step: Fraction) -> bool:
    """Whether "`exactness` `stated`" is a true and fair thing to say of `actual`."""
    match exactness:
        case Exactness.EXACT:
            return actual == stated
        case Exactness.ABOUT | Exactness.AROUND:
            return stated not in (actual, 0) and abs(actual - stated) <= step / 2
        case Exactness.ODD | Exactness.MORE:
            return 0 < stated < actual < stated + step
        case Exactness.NEARLY:
            return stated * (1 - _NEARLY_WITHIN) <= actual < stated
        case Exactness.OR_MORE:
            return 0 < stated <= actual
        case Exactness.BROKE_THROUGH:
            return 0 < stated < actual
        case Exactness.AT_MOST:
            return actual <= stated
        case _:
            return False
