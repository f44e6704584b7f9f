"""What stays of data that goes: anonymous totals, and the published figures that counted it.

Contexts register how their own are computed, in `AppConfig.ready`; both are asked for before the first row
goes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from fugong.core.canonical import Json
from fugong.core.retention import Text

LEAST: Final = 5
"""A smaller group is not told: who knows the enterprise would know the people."""


@dataclass(frozen=True, slots=True)
class Total:
    """One line of an anonymous total. `number` None: hidden, because it or another would tell of few."""

    of: tuple[str, ...]
    number: int | None

    def as_json(self) -> dict[str, Json]:
        return {"of": list(self.of), "number": self.number}


Totals = Callable[[UUID], Collection[Total]]
Figures = Callable[[UUID, frozenset[str]], Mapping[str, Json]]


@dataclass(frozen=True, slots=True)
class TotalKind:
    """`models`: when rows of one of these go, the total is kept."""

    key: str
    label: Text
    models: frozenset[str]
    totals: Totals


_totals: dict[str, TotalKind] = {}
_figures: list[Figures] = []


def register_totals(*kinds: TotalKind) -> None:
    """Raises ValueError for a key that another total has."""
    for kind in kinds:
        if _totals.setdefault(kind.key, kind) != kind:
            raise ValueError(f"the total {kind.key!r} is declared twice")


def register_figures_kept(provider: Figures) -> None:
    """By whoever publishes figures: those that count rows of the models, each with its hash."""
    _figures[:] = [provider]


def totals_of(models: frozenset[str], authority_id: UUID) -> dict[str, Json]:
    return {
        kind.key: [line.as_json() for line in kind.totals(authority_id)]
        for kind in _totals.values()
        if kind.models & models
    }


def label_of(key: str) -> Text:
    return _totals[key].label if key in _totals else key


def figures_of(models: frozenset[str], authority_id: UUID) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for provider in _figures:
        found |= provider(authority_id, models)
    return found


def safe_totals(
    lines: Iterable[tuple[tuple[str, ...], int]], *, adds_up_by: int | None = None
) -> list[Total]:
    """Small groups hidden, and so many of the next larger that no sum gives a hidden one away.

    Lines add up to a number that is known elsewhere: all of them, or those that agree in the place
    `adds_up_by`.
    """
    groups: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for of, number in lines:
        groups.setdefault("" if adds_up_by is None else of[adds_up_by], []).append((of, number))
    hidden = {of for group in groups.values() for of in _hidden(group)}
    return [Total(of, None if of in hidden else number) for group in groups.values() for of, number in group]


def _hidden(group: Sequence[tuple[tuple[str, ...], int]]) -> Iterator[tuple[str, ...]]:
    together = 0
    for of, number in sorted(group, key=lambda line: line[1]):
        if number >= LEAST and (together == 0 or together >= LEAST):
            return
        together += number
        yield of
