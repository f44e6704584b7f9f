"""Deciding on rows whose number has a file under another name."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.importing.choices import BatchState
from fugong.core.importing.ending import locked_batch
from fugong.core.operation import operation
from fugong.core.refusals import Conflict
from fugong.people.choices import StaffOutcome
from fugong.people.models import ImportBatch, ImportRow
from fugong.people.operations.importing.kind import STAFF
from fugong.people.permissions import check_may_import


def choose_rows(
    batch_id: UUID, *, same: Collection[UUID], other: Collection[UUID] = (), actor: Actor, now: datetime
) -> ImportBatch:
    """`same` are rows of the same person, whose name the list has right; `other` rows are left out.

    Raises NotFound, Conflict when the list does not wait any more. Rows not to be decided are passed over.
    """
    with operation("people.import_choose", actor=actor, now=now) as op:
        check_may_import(actor)
        batch: ImportBatch = locked_batch(STAFF, batch_id, op=op)
        if batch.state != BatchState.READ or batch.expires_at <= now:
            raise Conflict(_("This list is not waiting for a confirmation."), code="not_waiting")
        rows = ImportRow.objects.filter(authority_id=batch.authority_id, batch=batch)
        questions = rows.filter(outcome=StaffOutcome.QUESTION)
        questions.filter(id__in=other).update(is_chosen=False)
        questions.filter(id__in=same).update(is_chosen=True)
        numbers = list(questions.filter(is_chosen=True).order_by("number").values_list("number", flat=True))
        batch.chosen = len(numbers)
        batch.save(update_fields=["chosen"])
        op.audit(batch, {"same_person_in_rows": numbers})
    return batch
