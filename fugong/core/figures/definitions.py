"""The catalogue of figures: what each one means and how it is computed."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Self
from uuid import UUID

from django.utils.functional import Promise

from fugong.core.figures.arithmetic import PERCENT, rate
from fugong.core.figures.choices import Absence, Grade, Kind
from fugong.core.figures.proof import RowRef
from fugong.core.figures.rounding import EXACT, RoundingRule
from fugong.core.figures.values import Figure


class DuplicateFigure(ValueError):
    """Two definitions claim one key."""


class UnknownFigure(LookupError):
    """No context has registered a figure under this key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureQuery:
    """What is asked: valid at `as_of`, from what was known at `known_at`.

    `areas` None means the whole authority. `scope` narrows by named attributes (size class, …);
    a definition refuses a name it does not know.
    """

    authority_id: UUID
    as_of: datetime
    known_at: datetime
    areas: frozenset[UUID] | None = None
    scope: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.as_of.tzinfo is None or self.known_at.tzinfo is None:
            raise ValueError("a figure is asked for at times with a zone")


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """What a definition found: a number and the very rows behind it.

    With a denominator, `value` is the numerator of a rate when the unit is "percent", and otherwise
    a count of which the denominator is the whole. `value` None: nothing has been recorded.
    """

    value: int | Decimal | None
    rows: tuple[RowRef, ...] = ()
    denominator: Self | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureDefinition:
    """One figure of the catalogue.

    `definition` is the sentence an auditor reads: what counts, from which rows, at which time.
    `part_unit` is the unit of a rate's numerator and denominator, and of a count's denominator.
    """

    key: str
    label: str | Promise
    definition: str | Promise
    unit: str
    kind: Kind
    grade: Grade
    compute: Callable[[FigureQuery], Computed]
    part_unit: str = "one"
    rounding: RoundingRule = EXACT

    def figure(self, query: FigureQuery) -> Figure:
        """Computes and words the figure."""
        return self.figure_of(self.compute(query), as_of=query.as_of)

    def figure_of(self, computed: Computed, *, as_of: datetime) -> Figure:
        """The figure for a result already at hand (whose rows the caller also wants)."""
        whole = self._whole(computed, as_of)
        if whole is not None and self.unit == PERCENT:
            part = self._counted(computed.value, as_of, unit=self.part_unit)
            return self.rounding.apply(rate(part, whole, digits=self.rounding.digits, source=self.key))
        return self.rounding.apply(self._counted(computed.value, as_of, unit=self.unit, denominator=whole))

    def _whole(self, computed: Computed, as_of: datetime) -> Figure | None:
        if computed.denominator is None:
            return None
        return self._counted(computed.denominator.value, as_of, unit=self.part_unit)

    def _counted(
        self,
        value: int | Decimal | None,
        as_of: datetime,
        *,
        unit: str,
        denominator: Figure | None = None,
    ) -> Figure:
        return Figure(
            value=value,
            unit=unit,
            as_of=as_of,
            kind=self.kind,
            grade=self.grade,
            source=self.key,
            denominator=denominator,
            absence=Absence.NOT_RECORDED if value is None else None,
        )


class FigureCatalogue:
    """All definitions by key, in the order in which they were registered."""

    def __init__(self) -> None:
        self._definitions: dict[str, FigureDefinition] = {}

    def register(self, definitions: Iterable[FigureDefinition]) -> None:
        """Raises DuplicateFigure when a key is taken by another definition; then adds none."""
        added: dict[str, FigureDefinition] = {}
        for definition in definitions:
            known = added.get(definition.key) or self._definitions.get(definition.key)
            if known is not None and known != definition:
                raise DuplicateFigure(definition.key)
            added[definition.key] = definition
        self._definitions.update(added)

    def __getitem__(self, key: str) -> FigureDefinition:
        try:
            return self._definitions[key]
        except KeyError:
            raise UnknownFigure(key) from None

    def __contains__(self, key: object) -> bool:
        return key in self._definitions

    def __iter__(self) -> Iterator[FigureDefinition]:
        return iter(self._definitions.values())

    def __len__(self) -> int:
        return len(self._definitions)


catalogue = FigureCatalogue()


def register_figures(definitions: Iterable[FigureDefinition]) -> None:
    """Adds a context's figures to the catalogue; called once, from its AppConfig.ready()."""
    catalogue.register(definitions)
