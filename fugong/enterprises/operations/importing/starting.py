"""Handing a list in, and the worker's reading of a long one."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from fugong.core.actor import Actor
from fugong.core.files import Upload
from fugong.core.importing.reading import conclude, lay_ready
from fugong.core.importing.staging import NoLongerRead
from fugong.core.importing.starting import start
from fugong.core.operation import operation
from fugong.enterprises import permissions
from fugong.enterprises.models import ImportBatch
from fugong.enterprises.operations.importing.kind import LISTS


def start_import(upload: Upload, *, actor: Actor, now: datetime) -> ImportBatch:
    """Reads the file and judges its rows; a long one is left to the worker. Nothing touches the register.

    Raises FileRefused for what is no spreadsheet, Invalid for one without rows, heading or needed columns.
    """
    with operation("enterprises.import_read", actor=actor, now=now) as op:
        permissions.check_may_import(actor)
        batch: ImportBatch = start(LISTS, upload, op=op)
    return batch


def read_import(batch_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Safe to run again, and on a batch that is no longer being read: see `core.importing.reading`."""
    batch = lay_ready(LISTS, batch_id, actor=actor, now=now)
    if batch is not None:
        with suppress(NoLongerRead), operation("enterprises.import_judged", actor=actor, now=now) as op:
            conclude(LISTS, batch, op=op)
