"""Receipts of forms that were acted on."""

from __future__ import annotations

from django.db import models

from fugong.core.tenancy import TenantModel


class Receipt(TenantModel):
    """That a form was acted on, and what was answered; kept for a day."""

    key = models.UUIDField()
    user_id = models.UUIDField(null=True)
    path = models.CharField(max_length=500)
    location = models.CharField(max_length=500, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects: models.Manager[Receipt] = models.Manager()

    class Meta:
        app_label = "core"
        db_table = "core_receipt"
        constraints = [
            models.UniqueConstraint(fields=["authority", "key"], name="receipt_once"),
        ]
