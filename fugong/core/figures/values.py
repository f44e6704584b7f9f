"""The figure itself: a frozen value that knows what it means."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Self, TypeAlias

from fugong.core.canonical import Json, as_json
from fugong.core.figures.choices import Absence, Exactness, Grade, Kind
from fugong.core.figures.numbers import decimals_of, half_up

Number: TypeAlias = int | Decimal


class InvalidFigure(ValueError):
    """A figure was put together that would say something false or nothing at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number as it may be reported.

    `value` is None only with exactness "most" (a wording without a number) or with an `absence`.
    A rate keeps its numerator and denominator, and its value (in percent) is checked against them.
    `source` names the definition that computed it or the document and clause that state it.
    """

    value: Number | None
    unit: str
    as_of: datetime
    kind: Kind
    grade: Grade
    source: str
    exactness: Exactness = Exactness.EXACT
    numerator: Self | None = None
    denominator: Self | None = None
    absence: Absence | None = None

    def __post_init__(self) -> None:
        if self.as_of.tzinfo is None:
            raise InvalidFigure("as_of needs a time zone")
        _check_value(self)
        if self.numerator is not None:
            _check_rate(self)

    @property
    def is_rate(self) -> bool:
        return self.numerator is not None

    @property
    def actual(self) -> Fraction | None:
        """The number behind the wording: for a rate the unrounded percentage, else the value."""
        if self.numerator is not None and self.denominator is not None:
            return ratio(self.numerator, self.denominator)
        return None if self.value is None else Fraction(self.value)

    def as_json(self) -> dict[str, Json]:
        """A form for freezing; `from_json` gives back an equal figure."""
        return {
            "value": None if self.value is None else as_json(Decimal(self.value)),
            "unit": self.unit,
            "as_of": as_json(self.as_of),
            "kind": self.kind.value,
            "grade": self.grade.value,
            "source": self.source,
            "exactness": self.exactness.value,
            "numerator": self.numerator.as_json() if self.numerator else None,
            "denominator": self.denominator.as_json() if self.denominator else None,
            "absence": self.absence.value if self.absence else None,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Json]) -> Self:
        """Raises KeyError or ValueError when the stored form is not one of `as_json`."""
        return cls(
            value=_stored_number(stored["value"]),
            unit=str(stored["unit"]),
            as_of=datetime.fromisoformat(str(stored["as_of"])),
            kind=Kind(str(stored["kind"])),
            grade=Grade(str(stored["grade"])),
            source=str(stored["source"]),
            exactness=Exactness(str(stored["exactness"])),
            numerator=cls._part(stored["numerator"]),
            denominator=cls._part(stored["denominator"]),
            absence=Absence(str(stored["absence"])) if stored["absence"] else None,
        )

    @classmethod
    def _part(cls, stored: Json) -> Self | None:
        return cls.from_json(stored) if isinstance(stored, dict) else None


def ratio(numerator: Figure, denominator: Figure) -> Fraction | None:
    """In percent, exact; None when either has no value or the denominator is zero."""
    if numerator.value is None or not denominator.value:
        return None
    return Fraction(numerator.value) / Fraction(denominator.value) * 100


def _check_value(figure: Figure) -> None:
    value = figure.value
    if value is None:
        if figure.exactness is not Exactness.MOST and figure.absence is None:
            raise InvalidFigure("a figure without a value needs to say why")
        return
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise InvalidFigure("a figure's value is an int or a Decimal")
    if isinstance(value, Decimal) and not value.is_finite():
        raise InvalidFigure("a figure's value is finite")
    if figure.absence is not None:
        raise InvalidFigure("a figure with a value is not absent")
    if figure.exactness is Exactness.MOST:
        raise InvalidFigure('"most" states no number')


def _check_rate(figure: Figure) -> None:
    if figure.numerator is None or figure.denominator is None:
        raise InvalidFigure("a rate keeps both its numerator and its denominator")
    if figure.value is None or figure.exactness is not Exactness.EXACT:
        return
    actual = ratio(figure.numerator, figure.denominator)
    if actual is None or half_up(actual, decimals_of(figure.value)) != figure.value:
        raise InvalidFigure("the rate is not what its numerator and denominator give")


def _stored_number(stored: Json) -> Number | None:
    if stored is None:
        return None
    text = str(stored)
    return Decimal(text) if "." in text else int(text)
