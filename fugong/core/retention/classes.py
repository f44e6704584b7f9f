"""The register: each class of data with its purpose and its end, and for each table how its rows end.

A context declares its own in `AppConfig.ready`. One line a table:

    register_kept({"health.Report": Kept("health", since="at", goes_with=("person",))})
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from django.db.models import Q
from django.utils.functional import Promise

Text = str | Promise
RECORD: Final = "record"
"""What the administration did: kept."""
MACHINE: Final = "machine"
"""What says nothing about anybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionClass:
    """Rows kept for one purpose until one day. `days` None: there is no end by itself.

    `counted_from` says in words from what `days` count. `after_emergency` are the days after the emergency's
    end at which all rows go, whatever their own day; None where they outlive it. `basis` is the ground on
    which the data is kept. `seals` are the classes of sealed values whose keys end with it.
    """

    key: str
    label: Text
    purpose: Text
    basis: Text
    counted_from: Text = ""
    days: int | None = None
    after_emergency: int | None = None
    is_personal: bool = True
    seals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class By:
    """That rows belong to a row of `model` whose id stands in `column`, without a foreign key."""

    model: str
    column: str
    only: Q = field(default_factory=Q)


@dataclass(frozen=True, slots=True)
class Kept:
    """How the rows of one table end.

    `since`: the column from which the days of the class count; without it a row ends with the row it belongs
    to (`goes_with`, foreign keys; `by`, plain ids) or with the emergency. `only` narrows what may end by its
    own day. `blank`: the row stays, these columns are emptied. `lets_go`: foreign keys emptied when what they
    point to goes. `takes`: foreign keys to stored files of the row's own, which go with it, and their bytes.
    `daily`: the table has no ids of its own and a partition for each local day of `since`, named after the
    table and the day (`…_20220427`, `…_other` for the rest): it ends day by day.
    """

    retention: str
    since: str = ""
    only: Q = field(default_factory=Q)
    goes_with: tuple[str, ...] = ()
    by: tuple[By, ...] = ()
    blank: Mapping[str, object] = field(default_factory=dict)
    lets_go: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    daily: bool = False


_classes: dict[str, RetentionClass] = {}
_kept: dict[str, Kept] = {}


def register_class(*classes: RetentionClass) -> None:
    """Raises ValueError for a key that another class has."""
    for each in classes:
        if _classes.setdefault(each.key, each) != each:
            raise ValueError(f"retention class {each.key!r} is declared twice")


def register_kept(models: Mapping[str, Kept]) -> None:
    """By model label. Raises ValueError for a table that is in a class already, or in one nobody declared."""
    for label, kept in models.items():
        if kept.retention not in _classes:
            raise ValueError(f"{label}: no retention class {kept.retention!r}")
        if _kept.setdefault(label, kept) != kept:
            raise ValueError(f"{label} is in two retention classes")


def retention_classes() -> list[RetentionClass]:
    """Personal data first, each in the order in which the contexts declared it."""
    return sorted(_classes.values(), key=lambda each: not each.is_personal)


def retention_class(key: str) -> RetentionClass:
    """Raises KeyError."""
    return _classes[key]


def kept_models(key: str | None = None) -> dict[str, Kept]:
    """Of one class, or all."""
    return {label: kept for label, kept in _kept.items() if key in (None, kept.retention)}


def find_kept(label: str) -> Kept | None:
    return _kept.get(label)
