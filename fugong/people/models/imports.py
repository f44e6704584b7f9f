"""Lists of staff that were handed in: read, looked at, and kept or not."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.importing.models import Batch, Row, batch_constraints
from fugong.core.sealed import SealedField
from fugong.people.choices import DATA_CLASS, REGISTER, StaffOutcome, Way


class ImportBatchQuerySet(models.QuerySet["ImportBatch"]):
    def visible_to(self, actor: Actor) -> Self:
        """One's own, and everybody's for who keeps the files of the whole authority."""
        ours = self.filter(authority_id=actor.authority_id)
        return ours if actor.reach(REGISTER).everywhere else ours.filter(read_by=actor.user_id)


class ImportBatch(Batch):
    """One list of staff: of one enterprise, or of those its rows name."""

    content = SealedField(blank=True, data_class=DATA_CLASS)
    enterprise = models.ForeignKey(
        "enterprises.Enterprise", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    way = models.CharField(max_length=10, choices=Way.choices, default=Way.LIST)
    moved = models.PositiveIntegerField(default=0)
    question = models.PositiveIntegerField(default=0)
    chosen = models.PositiveIntegerField(default=0)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("list of staff")
        verbose_name_plural = _("lists of staff")
        ordering = ["-read_at"]
        constraints = batch_constraints("people_import")
        indexes = [models.Index(fields=["authority", "state", "expires_at"], name="people_import_by_state")]


class ImportRow(Row):
    """One row as it was read and judged; no file says any of it until it is confirmed.

    What was taken over stays, as the record of what the list said of the person: `changes` and the telephone
    before. What the file says itself is removed when the list is swept.
    """

    # Checked by hand where rows are kept: two look-ups for each of ten thousands of rows that live for days.
    authority = models.ForeignKey(
        "areas.Authority", on_delete=models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    batch = models.ForeignKey(
        ImportBatch, on_delete=models.CASCADE, related_name="rows", db_constraint=False, db_index=False
    )
    outcome = models.CharField(max_length=10, choices=StaffOutcome.choices)
    is_chosen = models.BooleanField(default=False)
    begins = models.BooleanField(default=False)
    hints = models.JSONField(default=list)
    person_id = models.UUIDField(null=True)
    employment_id = models.UUIDField(null=True)
    enterprise_id = models.UUIDField(null=True)
    left_enterprise_id = models.UUIDField(null=True)
    seen_at = models.DateTimeField(null=True)
    name = models.CharField(max_length=400, blank=True)
    name_key = models.CharField(max_length=60, blank=True)
    name_pinyin = models.CharField(max_length=400, blank=True)
    name_initials = models.CharField(max_length=60, blank=True)
    document_kind = models.CharField(max_length=20, blank=True)
    document = SealedField(blank=True, data_class=DATA_CLASS)
    document_hash = models.BinaryField(null=True, max_length=32)
    phone = SealedField(blank=True, data_class=DATA_CLASS)
    phone_hash = models.BinaryField(null=True, max_length=32)
    phone_before = SealedField(blank=True, data_class=DATA_CLASS)
    home_region = models.CharField(max_length=6, blank=True)
    lodging = models.CharField(max_length=200, blank=True)
    post = models.CharField(max_length=60, blank=True)
    shift = models.CharField(max_length=40, blank=True)
    crew = models.CharField(max_length=60, blank=True)
    room = models.CharField(max_length=60, blank=True)
    starts_on = models.DateField(null=True)
    cells = SealedField(blank=True, data_class=DATA_CLASS)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="people_import_row_once"),
            models.CheckConstraint(
                condition=Q(outcome__in=StaffOutcome.values), name="people_import_outcome_known"
            ),
        ]
        indexes = [
            models.Index(
                fields=["batch", "outcome", "number"],
                condition=~Q(outcome__in=["new", "unchanged"]),
                name="people_import_row_by_outcome",
            ),
            models.Index(fields=["authority", "person_id"], name="people_import_of_person"),
        ]
