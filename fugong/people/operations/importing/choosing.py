"""Deciding on a row whose number has a file under another name."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.importing.choices import BatchState
from fugong.core.importing.ending import locked_batch
from fugong.core.operation import operation
from fugong.core.refusals import Conflict, NotFound
from fugong.people.choices import StaffOutcome
from fugong.people.models import ImportRow
from fugong.people.operations.importing.kind import STAFF
from fugong.people.permissions import check_may_import


def choose_row(batch_id: UUID, row_id: UUID, *, is_same: bool, actor: Actor, now: datetime) -> ImportRow:
    """`is_same`: it is the same person, and the list has the right name. Otherwise the row is left out.

    Raises NotFound for a row that is not to be decided, Conflict when the list does not wait any more.
    """
    with operation("people.import_choose", actor=actor, now=now) as op:
        check_may_import(actor)
        batch = locked_batch(STAFF, batch_id, op=op)
        if batch.state != BatchState.READ or batch.expires_at <= now:
            raise Conflict(_("This list is not waiting for a confirmation."), code="not_waiting")
        rows = ImportRow.objects.filter(authority_id=batch.authority_id, batch=batch)
        questions = rows.filter(outcome=StaffOutcome.QUESTION)
        row = questions.filter(id=row_id).first()
        if row is None:
            raise NotFound()
        row.is_chosen = is_same
        row.save(update_fields=["is_chosen"])
        batch.chosen = questions.filter(is_chosen=True).count()
        batch.save(update_fields=["chosen"])
        op.audit(batch, {"row": row.number, "is_same": is_same})
    return row
