"""What is to be destroyed, who approved it, how it went and what proves it. Rows of all five are never
changed.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from fugong.core.ending.choices import Fate, Mode, Side
from fugong.core.tenancy import TenantModel, indexed_otherwise


class DestructionPlan(TenantModel):
    """What was due on a day: tables with their counts and the hash over the ids, and the keys. See
    `planning`.
    """

    authority = indexed_otherwise()
    number = models.PositiveIntegerField()
    mode = models.CharField(max_length=10, choices=Mode.choices)
    as_of = models.DateField()
    contents = models.JSONField()
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)
    made_by_name = models.CharField(max_length=200)

    class Meta:
        app_label = "core"
        db_table = "core_destructionplan"
        constraints = [
            models.UniqueConstraint(fields=["authority", "number"], name="destruction_plan_once"),
            models.CheckConstraint(condition=Q(mode__in=Mode.values), name="destruction_mode_known"),
        ]


class DestructionApproval(TenantModel):
    """That one of the two sides agreed to a plan, and whom it named as witnesses."""

    authority = indexed_otherwise()
    plan = models.ForeignKey(
        DestructionPlan, on_delete=models.PROTECT, related_name="approvals", db_index=False
    )
    side = models.CharField(max_length=10, choices=Side.choices)
    witnesses = models.JSONField(default=list)
    by = models.UUIDField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        app_label = "core"
        db_table = "core_destructionapproval"
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "plan", "side"], name="destruction_side_once"),
            models.UniqueConstraint(fields=["authority", "plan", "by"], name="destruction_two_people"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="destruction_side_known"),
        ]


class DestructionStart(TenantModel):
    """That the destruction began: from now on it is only finished, never called back.

    `totals` are the anonymous totals that stay, `figures` the published figures that count rows which go.
    """

    authority = indexed_otherwise()
    plan = models.OneToOneField(DestructionPlan, on_delete=models.PROTECT, related_name="start")
    totals = models.JSONField()
    figures = models.JSONField()
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    class Meta:
        app_label = "core"
        db_table = "core_destructionstart"


class DestructionBatch(TenantModel):
    """Rows of one table that went together, written in the transaction in which they went.

    `digest` is over their content; `chained` over that and the batch before: the last one stands for all.
    """

    authority = indexed_otherwise()
    plan = models.ForeignKey(
        DestructionPlan, on_delete=models.PROTECT, related_name="batches", db_index=False
    )
    position = models.PositiveIntegerField()
    model = models.CharField(max_length=80)
    fate = models.CharField(max_length=10, choices=Fate.choices)
    rows = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    chained = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        app_label = "core"
        db_table = "core_destructionbatch"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "plan", "position"], name="destruction_batch_once"),
            models.CheckConstraint(condition=Q(fate__in=Fate.values), name="destruction_fate_known"),
        ]


class DestructionCertificate(TenantModel):
    """The end of a plan, signed. `statement` is what the signature covers, `digest` its hash."""

    authority = indexed_otherwise()
    plan = models.OneToOneField(DestructionPlan, on_delete=models.PROTECT, related_name="certificate")
    statement = models.JSONField()
    digest = models.CharField(max_length=64)
    key_id = models.CharField(max_length=16)
    public_key = models.BinaryField()
    signature = models.BinaryField()
    issued_at = models.DateTimeField()

    class Meta:
        app_label = "core"
        db_table = "core_destructioncertificate"
