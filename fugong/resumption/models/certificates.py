"""Certificates, their keys, and what happened to them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from fugong.core.tenancy import TenantModel
from fugong.resumption.choices import CertificateState, SuspensionReason
from fugong.resumption.models.applications import Application


class CertificateKey(TenantModel):
    """The public half of a signing key. The private half lies in the keys folder and never in
    the database.
    """

    key_id = models.CharField(max_length=16)
    public_key = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        db_table = "resumption_certificate_key"
        ordering = ["made_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "key_id"], name="certificate_key_once"),
        ]


class Certificate(TenantModel):
    """What hangs on the door. Everything its signature covers is copied here as it was on the
    day of issue.
    """

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="certificate")
    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=24)
    enterprise_name = models.CharField(max_length=200)
    credit_code = models.CharField(max_length=18, blank=True)
    issued_at = models.DateTimeField()
    issued_on = models.DateField()
    valid_until = models.DateField(null=True)
    key_id = models.CharField(max_length=16)
    signature = models.BinaryField()
    state = models.CharField(max_length=12, choices=CertificateState.choices, default=CertificateState.VALID)
    state_at = models.DateTimeField()
    decision_id = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "resumption_certificate"
        constraints = [
            models.UniqueConstraint(fields=["authority", "number"], name="certificate_number_once"),
            models.UniqueConstraint(
                fields=["enterprise"],
                condition=~Q(state=CertificateState.REVOKED),
                name="certificate_one_living",
            ),
            models.CheckConstraint(
                condition=Q(state__in=CertificateState.values), name="certificate_state_known"
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("issued_on")),
                name="certificate_period_forward",
            ),
        ]
        indexes = [models.Index(fields=["enterprise", "-issued_at"], name="certificate_of_enterprise")]


class CertificateEvent(TenantModel):
    """A certificate was issued, suspended, made valid again or revoked; append-only."""

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="events")
    state = models.CharField(max_length=12, choices=CertificateState.choices)
    reason = models.CharField(max_length=24, choices=SuspensionReason.choices, blank=True)
    note = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True)
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "resumption_certificate_event"
        ordering = ["at", "id"]
