"""Where somebody was to be, against where he or she passed: what closed loops are checked by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Expected:
    """A passage at one of these gates (their numbers), from `starts` on and before `ends`."""

    gates: frozenset[int]
    starts: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class WentThrough:
    gate: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Compared:
    """In the order in which they were given. Nothing follows by itself: somebody goes and asks."""

    missing: tuple[Expected, ...]
    """Expected, and nobody passed."""
    astray: tuple[WentThrough, ...]
    """Passed where or when nothing was expected."""


def compared(expected: Sequence[Expected], passages: Iterable[WentThrough]) -> Compared:
    """Only what is presence may be given: no refusals, nothing misdated, nothing not shown to be there."""
    met: set[int] = set()
    astray: list[WentThrough] = []
    for passage in passages:
        fitting = [place for place, each in enumerate(expected) if _fits(each, passage)]
        met.update(fitting)
        if not fitting:
            astray.append(passage)
    missing = tuple(each for place, each in enumerate(expected) if place not in met)
    return Compared(missing, tuple(astray))


def _fits(expected: Expected, passage: WentThrough) -> bool:
    return passage.gate in expected.gates and expected.starts <= passage.at < expected.ends
