"""The outbox and its receipts."""

from django.db import models
from django.db.models.functions import Now

from fugong.core.tenancy import TenantModel


class Fact(TenantModel):
    """Something that has happened, waiting to be told. It is delivered, dead, or due again at `due_at`."""

    name = models.CharField(max_length=100)
    payload = models.JSONField(default=dict)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    delivered_at = models.DateTimeField(null=True)
    dead_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)

    class Meta:
        db_table = "core_fact"
        indexes = [
            models.Index(
                fields=["authority", "due_at", "id"],
                name="core_fact_due",
                condition=models.Q(delivered_at=None, dead_at=None),
            ),
            models.Index(
                fields=["authority", "dead_at"], name="core_fact_dead", condition=~models.Q(dead_at=None)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(delivered_at=None) | models.Q(dead_at=None), name="core_fact_one_end"
            ),
        ]


class FactReceipt(TenantModel):
    """One handler's answer to one fact; written with the handler's own rows, so it answers once."""

    fact = models.ForeignKey(Fact, on_delete=models.CASCADE, related_name="receipts")
    handler = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        db_table = "core_factreceipt"
        constraints = [models.UniqueConstraint(fields=["fact", "handler"], name="core_factreceipt_once")]
