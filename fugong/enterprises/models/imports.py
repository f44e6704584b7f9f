"""Lists that were handed in: read, looked at, and kept or not."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.sealed import SealedField
from fugong.core.tenancy import TenantModel, indexed_otherwise
from fugong.enterprises.choices import IMPORT, BatchState, RowOutcome


class ImportBatchQuerySet(models.QuerySet["ImportBatch"]):
    def visible_to(self, actor: Actor) -> Self:
        """One's own, and everybody's for who sees the whole authority: rows hold what other parks entered."""
        ours = self.filter(authority_id=actor.authority_id)
        return ours if actor.reach(IMPORT).everywhere else ours.filter(read_by=actor.user_id)


class ImportBatch(TenantModel):
    """One file that was handed in, until it is confirmed, discarded or expired.

    `content` (base64, sealed) waits only for a large file to be read by a job. What was confirmed keeps its
    rows: they are the record of what the import said.
    """

    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=BatchState.choices, default=BatchState.READING)
    content = SealedField(blank=True, data_class="contact")
    headings = models.JSONField(default=list)
    notices = models.JSONField(default=list)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    failure = models.CharField(max_length=500, blank=True)
    read_at = models.DateTimeField()
    read_by = models.UUIDField(null=True)
    read_by_name = models.CharField(max_length=200, blank=True)
    expires_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.UUIDField(null=True)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-read_at"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=BatchState.values), name="import_state_known"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=False) | ~Q(state=BatchState.CONFIRMED),
                name="import_confirmed_at_a_time",
            ),
        ]
        indexes = [models.Index(fields=["authority", "state", "expires_at"], name="import_by_state")]


class ImportRow(TenantModel):
    """One row of an import as it was read and judged; nothing of it is on the register until it is confirmed.

    `data` is what would be kept, without the telephone number. `changes` are [before, after] by field.
    `problems` are [field, code, details]. `cells` (JSON, sealed) is the row as it stood, for the error sheet.
    """

    authority = indexed_otherwise()
    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows", db_index=False)
    number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, choices=RowOutcome.choices)
    name = models.CharField(max_length=400, blank=True)
    credit_code = models.CharField(max_length=100, blank=True)
    enterprise_id = models.UUIDField(null=True)
    seen_at = models.DateTimeField(null=True)
    data = models.JSONField(null=True)
    phone = SealedField(blank=True, data_class="contact")
    phone_hash = models.BinaryField(null=True, max_length=32)
    changes = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    cells = SealedField(blank=True, data_class="contact")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="import_row_once"),
            models.CheckConstraint(condition=Q(outcome__in=RowOutcome.values), name="import_outcome_known"),
        ]
        indexes = [models.Index(fields=["batch", "outcome", "number"], name="import_row_by_outcome")]
