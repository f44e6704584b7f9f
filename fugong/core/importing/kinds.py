"""What a context says of its kind of list; the rest is the same for all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fugong.core.actor import Actor
from fugong.core.files import Purpose
from fugong.core.operation import Operation
from fugong.core.sheets.headings import Columns, Header
from fugong.core.sheets.reading import Cell, Sheet

Numbered = tuple[int, Sequence[Cell]]
Notice = tuple[str, dict[str, str | int]]


@dataclass(frozen=True, slots=True)
class ReadTable:
    """The sheet that is read, with the rows under its heading, each with its number from 0."""

    sheet: Sheet
    header: Header
    rows: Sequence[Numbered]
    notes: Sequence[Numbered]
    sheets: Sequence[Sheet]


Judge = Callable[[Sequence[Numbered]], Any]
"""Judges a lot; what it gives is handed to `keep`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListKind:
    """`batches` and `rows` are the tables (of `models.Batch` and `models.Row`); the tasks are names of jobs.

    `judge` looks up once what a file needs, `keep` stores a judged lot, `take` writes all that is to be taken
    over, `to_take` says how many rows that are. `counted` are the outcomes that a batch has a column for.
    `sweep` removes what a confirmed batch need not keep for good.
    """

    batches: Any
    rows: Any
    purpose: Purpose
    columns: Callable[[Any], Columns]
    notices: Callable[[ReadTable, datetime], Iterable[Notice]]
    judge: Callable[[Any, ReadTable, Actor, datetime], Judge]
    keep: Callable[[Any, Any], None]
    take: Callable[[Any, Operation], None]
    to_take: Callable[[Any], int]
    counted: Sequence[str]
    sweep: Callable[[Any], None]
    read_task: str
    take_over_task: str
