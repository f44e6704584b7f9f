"""Receipts of forms that were acted on."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from fugong.core.tenancy import TenantModel


class Receipt(TenantModel):
    """That a form was acted on, and where that led; kept for a day."""

    key = models.UUIDField()
    user_id = models.UUIDField(null=True)
    path = models.TextField()
    location = models.TextField(blank=True)
    recorded_at = models.DateTimeField(db_default=Now())

    objects: models.Manager[Receipt] = models.Manager()

    class Meta:
        app_label = "core"
        db_table = "core_receipt"
        indexes = [models.Index(fields=["recorded_at"], name="receipt_by_age")]
        constraints = [
            models.UniqueConstraint(fields=["authority", "key"], name="receipt_once"),
        ]
