"""Figures and the wording of bulletins."""

import re
from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from fugong.core.figures import Exactness, Kind
from fugong.playbooks.choices import FigureBasis
from fugong.playbooks.rules.schema.parts import (
    Count,
    Dated,
    Day,
    Id,
    Named,
    Number,
    Part,
    Positive,
    RefTo,
    Sourced,
    Table,
)
from fugong.playbooks.rules.text import Text

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
BUILT_IN = frozenset({"as_of", "authority"})
"""Placeholders every bulletin has without a figure: the day and the name of the authority."""


class Statement(Sourced):
    """What a source says a figure is: quoted, with its own exactness and day, never recomputed."""

    value: Number
    exactness: Exactness = Exactness.EXACT
    as_of: Day | None = Field(None, description="none: the source gives the figure no date of its own")


class Printing(Part):
    """How a computed value is worded; the same three values as core's `RoundingRule`.

    With `exactness = "more"` and `step = 1000`, 9,034 is printed as “more than 9000”.
    """

    exactness: Exactness = Exactness.EXACT
    step: Positive = 1
    digits: Count = Field(0, description="decimals of an exact figure, such as a percentage")


class FigureRule(Named):
    """A number a bulletin may print.

    `measure` is the key of a figure definition some context publishes; `scope` narrows it by attributes, and
    `areas` to some areas (none: all). A rate is given by `numerator` and `denominator` instead, both exact.
    `unit` is a unit that has words in core's catalogue.
    """

    kind: Kind
    basis: FigureBasis
    measure: str | None = Field(None, pattern=r"^[a-z_]+(\.[a-z_]+)+$")
    scope: Mapping[Id, str] = Field(default_factory=dict)
    areas: Annotated[tuple[Id, ...], RefTo("areas")] = ()
    numerator: Annotated[Id | None, RefTo("figures")] = None
    denominator: Annotated[Id | None, RefTo("figures")] = None
    unit: str | None = Field(None, description="required for a stated figure; a computed one has its own")
    printing: Printing = Printing()
    stated: Statement | None = Field(
        None, description="what the source says; printed when the basis is stated"
    )

    @property
    def is_rate(self) -> bool:
        return self.numerator is not None and self.denominator is not None


class Section(Named):
    """`name` is the heading, `text` the wording with figures by key in braces."""

    text: Text

    def placeholders(self, language: str) -> tuple[str, ...]:
        return tuple(PLACEHOLDER.findall(self.text.in_language(language)))

    def filled(self, language: str, values: Mapping[str, str]) -> str:
        """The wording with each placeholder replaced; a KeyError names one that has no value."""
        return PLACEHOLDER.sub(lambda match: values[match.group(1)], self.text.in_language(language))


class BulletinForm(Dated):
    sections: Table[Section] = Field(min_length=1)
