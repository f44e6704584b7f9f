"""Changing keys on order: data keys of an authority, and the master key of this installation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from fugong.core.actor import Actor
from fugong.core.operation import operation
from fugong.core.sealed import list_sealed_fields, rewrap, rotate
from fugong.core.sealed.models import DataKey
from fugong.core.tenancy import acting_for


@dataclass(frozen=True, slots=True)
class KeyOfClass:
    """The key that takes new values of a class, and how many values still lie under older ones."""

    data_class: str
    id: UUID
    started_at: datetime
    older_keys: int
    under_older: int


def list_keys(authority_id: UUID) -> list[KeyOfClass]:
    """Counts the values of each class field by field: its cost grows with the rows kept."""
    with acting_for(authority_id):
        keys = list(DataKey.objects.filter(purpose=DataKey.Purpose.SEAL, destroyed_at=None).order_by("id"))
        current = sorted((key for key in keys if key.retired_at is None), key=lambda key: key.data_class)
        return [_key_of_class(key, keys) for key in current]


def rotate_keys(data_classes: Sequence[str], *, actor: Actor, now: datetime) -> list[DataKey]:
    """A new key for each class, all or none. Old values stay readable; `sealed.reseal_all` takes them along.

    Locks the current key of each class.
    """
    with operation("keys.rotate", actor=actor, now=now) as op:
        made = [rotate(actor.authority_id, data_class, now=now) for data_class in data_classes]
        for key in made:
            op.audit(key, {"data_class": key.data_class})
        return made


def rewrap_keys(*, actor: Actor, now: datetime) -> int:
    """All data keys of the authority under the newest master key; returns how many were moved."""
    with operation("keys.rewrap", actor=actor, now=now) as op:
        moved = rewrap(actor.authority_id)
        op.audit(None, {"keys": moved})
        return moved


def _key_of_class(current: DataKey, keys: Sequence[DataKey]) -> KeyOfClass:
    older = [key for key in keys if key.data_class == current.data_class and key.retired_at is not None]
    fields = list_sealed_fields(current.data_class)
    under = sum(field.count_sealed_under(key.id) for field in fields for key in older)
    return KeyOfClass(current.data_class, current.id, current.started_at, len(older), under)
