"""Which rows are due, and which rows belong to them: read from the register of retention."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Count, DateTimeField, F, Func, IntegerField, Model, Q, QuerySet
from django.db.models.functions import TruncDate

from fugong.core.clock import LOCAL
from fugong.core.ending.choices import Fate
from fugong.core.retention import Kept, find_kept, kept_models
from fugong.core.retention.rules import Term, cutoff, has_ended


@dataclass(frozen=True, slots=True)
class Root:
    """Rows of a table that end by themselves. `before` None: all of them, because the emergency is over."""

    model: str
    retention: str
    before: date | None

    @property
    def fate(self) -> Fate:
        return Fate.BLANK if kept_of(self.model).blank else Fate.DESTROY


@dataclass(frozen=True, slots=True)
class Branch:
    """Rows of another table that go with a row: those whose `column` holds its id."""

    model: str
    column: str
    only: Q


class Bytes(Func):
    """How long a text or a sealed value is: a sealed one can be asked nothing else."""

    function = "octet_length"
    output_field = IntegerField()


def kept_of(label: str) -> Kept:
    kept = find_kept(label)
    assert kept is not None, label
    return kept


def due_roots(terms: dict[str, Term], *, today: date) -> list[Root]:
    """What is past its own end date, table by table."""
    return [
        Root(label, kept.retention, before)
        for label, kept in kept_models().items()
        if kept.since and (before := cutoff(terms[kept.retention], today=today)) is not None
    ]


def emergency_roots(terms: dict[str, Term], *, ended_on: date | None, today: date) -> list[Root]:
    """Every row of the classes that end with the emergency and whose days after it are over.

    What others belong to comes first, and takes them along.
    """
    ended = {key for key, term in terms.items() if has_ended(term, ended_on=ended_on, today=today)}
    labels = [
        label
        for label, kept in kept_models().items()
        if kept.retention in ended and (kept.daily or has_own_ids(label))
    ]
    return [Root(label, kept_of(label).retention, None) for label in sorted(labels, key=_depth)]


def rows_of(root: Root, authority_id: UUID, *, using: str = DEFAULT_DB_ALIAS) -> QuerySet[Any]:
    """Those due now. Rows emptied already are not due again."""
    kept, model = kept_of(root.model), model_of(root.model)
    rows = model._default_manager.using(using).filter(authority_id=authority_id)
    if root.before is not None:
        rows = rows.filter(kept.only, **{f"{kept.since}__lt": _moment(model, kept.since, root.before)})
    return _not_empty(rows, kept) if kept.blank else rows


def days_of(root: Root, authority_id: UUID) -> list[tuple[date, int]]:
    """The local days of a table that ends day by day, each with its due rows."""
    kept = kept_of(root.model)
    rows = rows_of(root, authority_id).order_by()
    by_day = rows.annotate(day=TruncDate(kept.since, tzinfo=LOCAL)).values("day")
    return list(by_day.annotate(rows=Count("*")).order_by("day").values_list("day", "rows"))


def branches(label: str) -> list[Branch]:
    """Tables whose rows go with a row of this one."""
    return [each for child, kept in kept_models().items() for each in _branches(child, kept, label)]


def letting_go(label: str) -> list[Branch]:
    """Tables whose rows stay and forget a row of this one."""
    return [
        Branch(child, _column(child, name), Q())
        for child, kept in kept_models().items()
        for name in kept.lets_go
        if _target(child, name) == label
    ]


def files_of(label: str) -> list[str]:
    """The columns of this table that hold files of its rows' own."""
    return [_column(label, name) for name in kept_of(label).takes]


def model_of(label: str) -> type[Model]:
    return apps.get_model(label)


def has_own_ids(label: str) -> bool:
    """An index table has a key of several columns, and nothing goes with its rows."""
    return len(model_of(label)._meta.pk_fields) == 1


def _branches(child: str, kept: Kept, label: str) -> Iterator[Branch]:
    for name in kept.goes_with:
        if _target(child, name) == label:
            yield Branch(child, _column(child, name), Q())
    for by in kept.by:
        if by.model == label:
            yield Branch(child, by.column, by.only)


def _target(label: str, name: str) -> str:
    related = model_of(label)._meta.get_field(name).related_model
    assert isinstance(related, type)
    return related._meta.label


def _column(label: str, name: str) -> str:
    return str(getattr(model_of(label)._meta.get_field(name), "attname", name))


def _depth(label: str, *, below: int = 0) -> int:
    """How far from a row that belongs to nobody. A table may point to itself."""
    kept = kept_of(label)
    parents = {_target(label, name) for name in kept.goes_with} | {by.model for by in kept.by}
    above = [parent for parent in parents if parent != label]
    assert below < 20, f"{label} goes with itself"
    return max((_depth(parent, below=below + 1) + 1 for parent in above), default=0)


def _moment(model: type[Model], column: str, day: date) -> date | datetime:
    """The column's own kind of day: a time is compared with the beginning of the day."""
    if isinstance(model._meta.get_field(column), DateTimeField):
        return datetime(day.year, day.month, day.day, tzinfo=LOCAL)
    return day


def _not_empty(rows: QuerySet[Any], kept: Kept) -> QuerySet[Any]:
    lengths = {f"bytes_of_{name}": Bytes(F(name)) for name in kept.blank}
    held: QuerySet[Any] = rows.alias(**lengths)
    return held.filter(reduce(or_, (Q(**{f"{name}__gt": 0}) for name in lengths)))
