"""Taking a judged list over into the files."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from fugong.core.actor import Actor
from fugong.core.horizon import Overtaken
from fugong.core.importing import confirming
from fugong.core.operation import operation
from fugong.core.refusals import Refused
from fugong.people.models import ImportBatch
from fugong.people.operations.importing.kind import STAFF
from fugong.people.permissions import check_may_import


def confirm_import(batch_id: UUID, *, waits: bool = True, actor: Actor, now: datetime) -> ImportBatch:
    """Takes the list over; a long one is left to the worker, or without `waits` to the caller.

    Raises Conflict for one that is not waiting, or where files are opened for the same numbers meanwhile.
    """
    with operation("people.import_confirm", actor=actor, now=now) as op:
        check_may_import(actor)
        batch: ImportBatch = confirming.confirm(STAFF, batch_id, waits=waits, op=op)
    return batch


def take_over(batch_id: UUID, *, actor: Actor, now: datetime) -> None:
    """The worker's part of a confirmation. A refusal puts the batch back to wait, with its code.

    Safe to run again: a batch that is not being taken over is left alone. Raises Overtaken when a bulletin
    was composed at that moment: then it is to be called again.
    """
    try:
        with operation("people.import_take_over", actor=actor, now=now) as op:
            confirming.take_over(STAFF, batch_id, check=check_may_import, op=op)
    except Overtaken:
        raise
    except Refused as refusal:
        with operation("people.import_put_back", actor=actor, now=now) as op:
            confirming.put_back(STAFF, batch_id, code=refusal.code, op=op)
