"""After a rotation: old rows to the new key, in batches that can be stopped and run again at any time."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.apps import apps
from django.db import models, transaction

from fugong.core.sealed.fields import KeyIdOf, SealedField
from fugong.core.sealed.keys import seal_text
from fugong.core.sealed.models import DataKey
from fugong.core.sealed.values import Ciphertext
from fugong.core.tenancy import acting_for


@dataclass(frozen=True, slots=True)
class Batch:
    """`after` is where the next batch begins; None when this field's table is done."""

    resealed: int
    after: UUID | None


def list_sealed_fields(data_class: str) -> list[SealedField]:
    """Of all installed models, in a stable order."""
    fields = (
        field
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, SealedField) and field.data_class == data_class
    )
    return sorted(fields, key=lambda field: (field.model._meta.label, field.name))


def reseal(field: SealedField, authority_id: UUID, *, after: UUID | None = None, limit: int = 500) -> Batch:
    """Re-encrypts up to `limit` rows that lie under an older key, in one transaction, locking only those.

    Safe to repeat from the start: a row already under the current key is not touched.
    """
    with acting_for(authority_id), transaction.atomic():
        rows = _stale(field, authority_id)
        if after is not None:
            rows = rows.filter(pk__gt=after)
        held: list[tuple[UUID, Ciphertext]] = list(
            rows.select_for_update().order_by("pk").values_list("pk", field.attname)[:limit]
        )
        for pk, old in held:
            new = seal_text(old.open(), authority_id=authority_id, data_class=field.data_class)
            field.model._default_manager.filter(pk=pk).update(**{field.attname: Ciphertext(new)})
    return Batch(len(held), held[-1][0] if len(held) == limit else None)


def reseal_all(
    authority_id: UUID, data_class: str, *, limit: int = 500, tell: Callable[[str, int], None] | None = None
) -> int:
    """Every field of the class to its end; returns how many values were moved. `tell(field, so far)`.

    What is in files, audit rows and second factors stays under the key it was sealed with, which stays.
    """
    return sum(
        _reseal_field(field, authority_id, limit=limit, tell=tell) for field in list_sealed_fields(data_class)
    )


def _reseal_field(
    field: SealedField, authority_id: UUID, *, limit: int, tell: Callable[[str, int], None] | None
) -> int:
    moved, batch = 0, Batch(0, None)
    while True:
        batch = reseal(field, authority_id, after=batch.after, limit=limit)
        moved += batch.resealed
        if tell is not None:
            tell(f"{field.model._meta.label}.{field.name}", moved)
        if batch.after is None:
            return moved


def _stale(field: SealedField, authority_id: UUID) -> models.QuerySet[models.Model]:
    manager: models.Manager[models.Model] = field.model._default_manager
    current = DataKey.objects.filter(
        authority_id=authority_id, data_class=field.data_class, purpose=DataKey.Purpose.SEAL, retired_at=None
    ).first()
    if current is None:
        return manager.none()
    rows = manager.filter(**{f"{field.attname}__isnull": False, "authority_id": authority_id})
    stale: models.QuerySet[models.Model] = rows.alias(sealed_under=KeyIdOf(field.attname)).exclude(
        sealed_under__in=[b"", current.id.bytes]
    )
    return stale
