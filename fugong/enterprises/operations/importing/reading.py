"""Reading a long list: the worker's part."""

from __future__ import annotations

from base64 import b64decode
from contextlib import suppress
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from fugong.core.actor import Actor
from fugong.core.operation import operation
from fugong.core.tenancy import acting_for
from fugong.enterprises.choices import BatchState
from fugong.enterprises.models import ImportBatch, ImportRow
from fugong.enterprises.operations.importing.files import opened
from fugong.enterprises.operations.importing.staging import NoLongerRead, being_read, stage

FOUND: Final = ("new", "changed", "unchanged", "refused")


def read_import(batch_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Judges all rows, some thousand at a time, each lot kept at once: the page shows how far it is.

    Safe to run again: what a killed worker left is read anew. A batch that is no longer being read is left,
    also when that happens on the way.
    """
    with suppress(NoLongerRead):
        with acting_for(actor.authority_id):
            batch = ImportBatch.objects.get(id=batch_id, authority_id=actor.authority_id)
            _begin_anew(batch)
            sheet, header, _sheets = opened(b64decode(batch.content))
            stage(batch, sheet, header, actor=actor, now=now)
        with operation("enterprises.import_judged", actor=actor, now=now) as op:
            _conclude(batch)
            op.audit(batch, {name: getattr(batch, name) for name in FOUND})


def _begin_anew(batch: ImportBatch) -> None:
    with transaction.atomic():
        if not being_read(batch).update(done=0):
            raise NoLongerRead()
        batch.done = 0
        ImportRow.objects.filter(batch=batch).delete()


def _conclude(batch: ImportBatch) -> None:
    """Its rows may have been removed since the last lot: the state is looked at once more, and held."""
    if not being_read(batch).select_for_update().values("id"):
        raise NoLongerRead()
    batch.state, batch.content = BatchState.READ, ""
    batch.save(update_fields=["state", "content", *FOUND])
