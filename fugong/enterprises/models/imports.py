"""Lists that were handed in: read, looked at, and kept or not."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.importing.models import Batch, Row, batch_constraints
from fugong.core.sealed import SealedField
from fugong.enterprises.choices import IMPORT, RowOutcome


class ImportBatchQuerySet(models.QuerySet["ImportBatch"]):
    def visible_to(self, actor: Actor) -> Self:
        """One's own, and everybody's for who sees the whole authority: rows hold what other parks entered."""
        ours = self.filter(authority_id=actor.authority_id)
        return ours if actor.reach(IMPORT).everywhere else ours.filter(read_by=actor.user_id)


class ImportBatch(Batch):
    """One list of enterprises. What was confirmed keeps its rows: the record of what the import said."""

    content = SealedField(blank=True, data_class="contact")

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-read_at"]
        constraints = batch_constraints("import")
        indexes = [models.Index(fields=["authority", "state", "expires_at"], name="import_by_state")]


class ImportRow(Row):
    """One row of a list of enterprises; nothing of it is on the register until it is confirmed.

    `data` is what would be kept, without the telephone number.
    """

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows", db_index=False)
    outcome = models.CharField(max_length=10, choices=RowOutcome.choices)
    name = models.CharField(max_length=400, blank=True)
    credit_code = models.CharField(max_length=100, blank=True)
    enterprise_id = models.UUIDField(null=True)
    seen_at = models.DateTimeField(null=True)
    data = models.JSONField(null=True)
    phone = SealedField(blank=True, data_class="contact")
    phone_hash = models.BinaryField(null=True, max_length=32)
    cells = SealedField(blank=True, data_class="contact")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="import_row_once"),
            models.CheckConstraint(condition=Q(outcome__in=RowOutcome.values), name="import_outcome_known"),
        ]
        indexes = [models.Index(fields=["batch", "outcome", "number"], name="import_row_by_outcome")]
