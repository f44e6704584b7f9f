"""Taking a judged list over into the register."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from fugong.core.actor import Actor
from fugong.core.horizon import Overtaken
from fugong.core.importing import confirming
from fugong.core.operation import operation
from fugong.core.refusals import Refused
from fugong.enterprises import permissions
from fugong.enterprises.models import ImportBatch
from fugong.enterprises.operations.importing.kind import LISTS


def confirm_import(batch_id: UUID, *, actor: Actor, now: datetime) -> ImportBatch:
    """Takes the list over; a long one is left to the worker. Raises Conflict for one that is not waiting."""
    with operation("enterprises.import_confirm", actor=actor, now=now) as op:
        permissions.check_may_import(actor)
        batch: ImportBatch = confirming.confirm(LISTS, batch_id, op=op)
    return batch


def take_over(batch_id: UUID, *, actor: Actor, now: datetime) -> None:
    """The worker's part of a confirmation. A refusal puts the batch back to wait, with its code.

    Safe to run again: a batch that is not being taken over is left alone. Raises Overtaken when a bulletin
    was composed at that moment: then it is to be called again.
    """
    try:
        with operation("enterprises.import_take_over", actor=actor, now=now) as op:
            confirming.take_over(LISTS, batch_id, check=permissions.check_may_import, op=op)
    except Overtaken:
        raise
    except Refused as refusal:
        with operation("enterprises.import_put_back", actor=actor, now=now) as op:
            confirming.put_back(LISTS, batch_id, code=refusal.code, op=op)
