"""Handing a list in, and the worker's reading of a long one."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.files import Upload
from fugong.core.importing.choices import BatchState
from fugong.core.importing.reading import conclude, lay_ready
from fugong.core.importing.staging import NoLongerRead
from fugong.core.importing.starting import start
from fugong.core.operation import operation
from fugong.core.refusals import Conflict, Invalid
from fugong.core.sheets.faults import SENTENCES
from fugong.enterprises import queries as enterprises
from fugong.people.choices import Way
from fugong.people.models import ImportBatch
from fugong.people.operations.importing.confirming import confirm_import, take_over
from fugong.people.operations.importing.kind import STAFF
from fugong.people.permissions import check_may_import, check_may_register_at


def start_import(
    upload: Upload,
    *,
    enterprise_id: UUID | None = None,
    way: Way = Way.LIST,
    waits: bool = True,
    actor: Actor,
    now: datetime,
) -> ImportBatch:
    """Reads the file and judges its rows; a long one is left to the worker. No file says any of it yet.

    Without `enterprise_id` each row names its enterprise. Without `waits` nobody is left waiting for the
    worker: the caller reads a long list itself. Raises FileRefused for what is no spreadsheet, Invalid for
    one without rows, heading or needed columns, NotFound, NotPermitted, Conflict for an enterprise that left.
    """
    with operation("people.import_read", actor=actor, now=now) as op:
        check_may_import(actor)
        if enterprise_id is not None:
            place = enterprises.get_enterprise(actor, enterprise_id)
            check_may_register_at(actor, place)
            if place.left_on is not None:
                raise Conflict(_("This enterprise has left the park."), code="enterprise_left")
        said = {"enterprise_id": enterprise_id, "way": way}
        batch: ImportBatch = start(STAFF, upload, said=said, waits=waits, op=op)
    return batch


def read_import(batch_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Safe to run again, and on a batch that is no longer being read: see `core.importing.reading`."""
    batch = lay_ready(STAFF, batch_id, actor=actor, now=now)
    if batch is not None:
        with suppress(NoLongerRead), operation("people.import_judged", actor=actor, now=now) as op:
            conclude(STAFF, batch, op=op)


def import_staff(
    upload: Upload,
    *,
    enterprise_id: UUID | None = None,
    way: Way = Way.LIST,
    actor: Actor,
    now: datetime,
) -> ImportBatch:
    """Reads and takes over at once, without a worker and without anybody looking. Rows with errors and rows
    to be decided are left out: look at the batch's counts.

    Raises what `start_import` raises, and Invalid for a file that cannot be read.
    """
    batch = start_import(upload, enterprise_id=enterprise_id, way=way, waits=False, actor=actor, now=now)
    if batch.state == BatchState.READING:
        read_import(batch.id, actor=actor, now=now)
        batch.refresh_from_db()
    if batch.state == BatchState.FAILED:
        raise Invalid(SENTENCES[batch.failure], code=batch.failure)
    if STAFF.to_take(batch):
        confirm_import(batch.id, waits=False, actor=actor, now=now)
        take_over(batch.id, actor=actor, now=now)
        batch.refresh_from_db()
    return batch
