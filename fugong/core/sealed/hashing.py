"""Search hashes of values that were there before their hash, or came by a way that knew none."""

from __future__ import annotations

from uuid import UUID

from django.apps import apps
from django.db import models, transaction

from fugong.core.sealed.fields import KeyIdOf, SearchHashField
from fugong.core.tenancy import acting_for


def fill_hashes(authority_id: UUID, *, limit: int = 500) -> int:
    """Every missing hash of an authority, in batches; returns how many. Safe to stop and to run again."""
    filled = 0
    for field in _hash_fields():
        while True:
            here = _fill(field, authority_id, limit=limit)
            filled += here
            if here < limit:
                break
    return filled


def _hash_fields() -> list[SearchHashField]:
    fields = (field for model in apps.get_models() for field in model._meta.local_concrete_fields)
    return [field for field in fields if isinstance(field, SearchHashField)]


def _fill(field: SearchHashField, authority_id: UUID, *, limit: int) -> int:
    """A row that somebody is writing is left out: it gets its hash by that."""
    manager: models.Manager[models.Model] = field.model._default_manager
    with acting_for(authority_id), transaction.atomic():
        lacking = manager.filter(authority_id=authority_id, **{f"{field.attname}__isnull": True})
        sealed = lacking.alias(sealed_under=KeyIdOf(field.source)).exclude(sealed_under=b"")
        rows = list(sealed.select_for_update(of=("self",), skip_locked=True)[:limit])
        for row in rows:
            row.save(update_fields=[field.attname])
    return len(rows)
