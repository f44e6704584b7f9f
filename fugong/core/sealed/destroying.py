"""Ending data by ending its key."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from fugong.core.sealed.faults import StillInUse
from fugong.core.sealed.keys import forget_opened_keys
from fugong.core.sealed.models import DataKey
from fugong.core.sealed.resealing import list_sealed_fields
from fugong.core.tenancy import acting_for


def destroy(key_id: UUID, *, authority_id: UUID, now: datetime) -> None:
    """Makes every value still sealed under this key unreadable for ever, here and in backups of the data.

    Raises StillInUse for a key that takes new values or that a living row needs: reseal or delete those
    first. What is left under it is meant to go: values in audit rows, in old backups, in rows deleted before.
    Other processes may still read under it for `cache.SECONDS`.
    """
    with acting_for(authority_id), transaction.atomic():
        row = DataKey.objects.select_for_update().get(id=key_id, authority_id=authority_id)
        if row.retired_at is None:
            raise StillInUse("This key takes new values; rotate first.")
        _check_unused(row)
        row.wrapped, row.destroyed_at = b"", now
        row.save(update_fields=["wrapped", "destroyed_at"])
        forget_opened_keys()
        transaction.on_commit(forget_opened_keys)


def _check_unused(row: DataKey) -> None:
    for field in list_sealed_fields(row.data_class):
        if count := field.count_sealed_under(row.id):
            raise StillInUse(
                f"{field.model._meta.label}.{field.name} still holds {count} values under this key."
            )
