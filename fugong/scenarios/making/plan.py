"""What is to be made: the counts of the case or of a part, its words, and chance that repeats itself."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

TINY = 1


@dataclass(frozen=True, slots=True)
class Plan:
    """`part`: one of how many equal parts is made; 1 is the whole."""

    made: Mapping[str, Any]
    part: int

    def count(self, name: str) -> int:
        """Divided without a rest, so that parts of a sum stay parts; never none."""
        return max(int(self.made["counts"][name]) // self.part, TINY)

    def chance(self, purpose: str) -> random.Random:
        """Its own for each purpose: what is made first changes nothing of what is made next."""
        return random.Random(f"{self.made['seed']} {purpose}")  # noqa: S311 - to be the same each time

    def marked(self, name: str) -> str:
        return f"{name}{self.made['mark']}"


def planned(head: Mapping[str, Any], *, part: int = 1) -> Plan:
    return Plan(head["made"], part)


def shared_out(total: int, weights: Sequence[float]) -> list[int]:
    """Whole numbers in proportion to the weights that add up to the total (largest remainders)."""
    whole = sum(weights)
    exact = [total * weight / whole for weight in weights]
    shares = [int(each) for each in exact]
    by_rest = sorted(range(len(weights)), key=lambda place: (shares[place] - exact[place], place))
    for place in by_rest[: total - sum(shares)]:
        shares[place] += 1
    return shares
