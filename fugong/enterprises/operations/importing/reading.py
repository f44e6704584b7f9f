"""Reading a long list: the worker's part."""

from __future__ import annotations

from base64 import b64decode
from datetime import datetime
from uuid import UUID

from fugong.core.actor import Actor
from fugong.core.operation import operation
from fugong.core.tenancy import acting_for
from fugong.enterprises.choices import BatchState
from fugong.enterprises.models import ImportBatch, ImportRow
from fugong.enterprises.operations.importing.files import opened
from fugong.enterprises.operations.importing.staging import stage


def read_import(batch_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Judges all rows, some thousand at a time, each lot kept at once: the page shows how far it is.

    Safe to run again: what a killed worker left is read anew. A batch that is no longer being read is left.
    """
    with acting_for(actor.authority_id):
        batch = ImportBatch.objects.get(id=batch_id, authority_id=actor.authority_id)
        if batch.state != BatchState.READING:
            return
        sheet, header, _sheets = opened(b64decode(batch.content))
        ImportRow.objects.filter(batch=batch).delete()
        stage(batch, sheet, header, actor=actor, now=now)
    with operation("enterprises.import_judged", actor=actor, now=now) as op:
        batch.state, batch.content = BatchState.READ, ""
        batch.save()
        op.audit(batch, {name: getattr(batch, name) for name in ("new", "changed", "unchanged", "refused")})
