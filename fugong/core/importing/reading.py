"""Reading a long list: the worker's part."""

from __future__ import annotations

import gc
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from fugong.core.actor import Actor
from fugong.core.importing.choices import BatchState
from fugong.core.importing.files import opened
from fugong.core.importing.kinds import ListKind
from fugong.core.importing.staging import NoLongerRead, being_read, stage
from fugong.core.importing.starting import describe
from fugong.core.operation import Operation
from fugong.core.sheets.faults import UnreadableTable
from fugong.core.tenancy import acting_for

DESCRIBED: Final = ("headings", "total", "notices")


def lay_ready(kind: ListKind, batch_id: UUID, *, actor: Actor, now: datetime) -> Any:
    """Judges all rows, some thousand at a time, each lot kept at once: the page shows how far it is.

    Safe to run again: it goes on behind the last lot that was kept. Gives the batch for `conclude`, or None
    for one that is not, or no longer, to be read.
    """
    with acting_for(actor.authority_id), _uncollected():
        batch = kind.batches.objects.filter(id=batch_id, authority_id=actor.authority_id).first()
        try:
            _lay_ready(kind, batch, actor=actor, now=now)
        except NoLongerRead:
            return None
        except UnreadableTable as fault:
            details = {name: str(value) for name, value in fault.details.items()}
            batch.failure, batch.notices = fault.code, [(fault.code, details)]
    return batch


@contextmanager
def _uncollected() -> Iterator[None]:
    """Rows by the ten thousand live until the last lot: looking for garbage among them again and again finds
    none, and takes a fifth of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def conclude(kind: ListKind, batch: Any, *, op: Operation) -> None:
    """Its rows may have been removed since the last lot: the state is looked at once more, and held.

    Raises NoLongerRead.
    """
    if not being_read(batch).select_for_update().values("id"):
        raise NoLongerRead()
    batch.state = BatchState.FAILED if batch.failure else BatchState.READ
    batch.content = ""
    batch.save(update_fields=["state", "content", "failure", *DESCRIBED, *kind.counted])
    op.audit(batch, {name: getattr(batch, name) for name in ("total", "failure", *kind.counted)})


def _lay_ready(kind: ListKind, batch: Any, *, actor: Actor, now: datetime) -> None:
    if batch is None or batch.state != BatchState.READING:
        raise NoLongerRead()
    table = opened(b64decode(batch.content), kind.columns(batch))
    describe(kind, batch, table, now=now)
    if not being_read(batch).update(**{name: getattr(batch, name) for name in DESCRIBED}):
        raise NoLongerRead()
    stage(kind, batch, table, actor=actor, now=now)
