"""The keys of data that ended: destroyed where nothing that stays needs them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from fugong.core.clock import LOCAL
from fugong.core.ending.choices import Mode
from fugong.core.ending.scope import Root
from fugong.core.retention import retention_classes
from fugong.core.sealed import StillInUse, destroy, list_sealed_fields, reseal_all, rotate
from fugong.core.sealed.models import DataKey
from fugong.core.tenancy import acting_for


@dataclass(frozen=True, slots=True)
class KeyPart:
    """A data key: `fingerprint` is of its wrapped form, so that it can be told again in an old copy."""

    id: str
    data_class: str
    purpose: str
    started_at: str
    master: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Shredded:
    """`kept` names the classes whose keys had to stay, and what needs them."""

    keys: tuple[KeyPart, ...]
    kept: dict[str, str]


def keys_to_go(mode: Mode, roots: Iterable[Root], authority_id: UUID) -> Iterator[KeyPart]:
    """With the emergency every key of what ends with it; else those of periods that are past their end.

    A key goes only when all that may lie under it ends. A period's key also opens what the audit trail says
    of living people; that goes when its days are over.
    """
    ends = {root.retention: root.before for root in roots}
    for data_class in sorted({seal for each in retention_classes() for seal in each.seals}):
        users = [each.key for each in retention_classes() if data_class in each.seals]
        if not set(users) <= set(ends):
            continue
        rows = DataKey.objects.filter(authority_id=authority_id, data_class=data_class, destroyed_at=None)
        if mode is Mode.DUE:
            day = min(before for key in users if (before := ends[key]) is not None)
            moment = datetime(day.year, day.month, day.day, tzinfo=LOCAL)
            rows = rows.filter(purpose=DataKey.Purpose.SEAL, retired_at__lt=moment)
        yield from map(part_of, rows.order_by("started_at", "id"))


def part_of(row: DataKey) -> KeyPart:
    return KeyPart(
        id=str(row.id),
        data_class=row.data_class,
        purpose=row.purpose,
        started_at=row.started_at.isoformat(),
        master=row.master,
        fingerprint=sha256(bytes(row.wrapped)).hexdigest()[:16],
    )


def shred(keys: Iterable[KeyPart], authority_id: UUID, *, now: datetime) -> Shredded:
    """Destroys what can be destroyed. A key that a living row needs stays, and it is said which row's.

    Safe to repeat: what is destroyed already is counted as done.
    """
    done, kept = [], {}
    with acting_for(authority_id):
        for part in keys:
            try:
                _destroy(part, authority_id, now)
            except StillInUse as needed:
                kept[part.data_class] = str(needed)
                continue
            done.append(part)
    return Shredded(tuple(done), kept)


def begin_new_period(
    data_classes: Iterable[str], authority_id: UUID, *, since: datetime, now: datetime
) -> None:
    """What stays goes under a key begun after `since`, so that the older ones end with their periods."""
    with acting_for(authority_id):
        for data_class in data_classes:
            current = DataKey.objects.filter(
                authority_id=authority_id,
                data_class=data_class,
                purpose=DataKey.Purpose.SEAL,
                retired_at=None,
            ).first()
            if current is None:
                continue
            if current.started_at < since:
                rotate(authority_id, data_class, now=now)
            reseal_all(authority_id, data_class)


def _destroy(part: KeyPart, authority_id: UUID, now: datetime) -> None:
    row = DataKey.objects.get(id=part.id, authority_id=authority_id)
    if row.destroyed_at is not None:
        return
    if row.retired_at is None:
        # The last of its class: nothing may be sealed under it any more. A first use makes another.
        _check_nothing_sealed(part.data_class, authority_id)
        DataKey.objects.filter(id=row.id).update(retired_at=now)
    destroy(row.id, authority_id=authority_id, now=now)


def _check_nothing_sealed(data_class: str, authority_id: UUID) -> None:
    for field in list_sealed_fields(data_class):
        if count := field.count_sealed(authority_id):
            raise StillInUse(
                f"{field.model._meta.label}.{field.name} still holds {count} values of this class."
            )
