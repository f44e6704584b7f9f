from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paper:
    """A titled table with a head of terms and places to sign: the same on paper, as PDF and in Excel.

    `widths` are those of the columns, in characters of a spreadsheet; a PDF keeps their proportions.
    """

    title: str
    head: Sequence[tuple[str, str]]
    columns: Sequence[str]
    widths: Sequence[int]
    rows: Sequence[Sequence[str]]
    foot: Sequence[str]
