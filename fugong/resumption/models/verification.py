"""Visits on site and what was seen there."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from fugong.core.bilingual import in_language
from fugong.core.tenancy import TenantModel
from fugong.resumption.choices import CheckResult, SignatureKind
from fugong.resumption.models.applications import Application


class Verification(TenantModel):
    """One visit; append-only. The newest one of an application counts, so a repaired fault
    needs a new visit.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="verifications")
    round = models.PositiveSmallIntegerField()
    visited_at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True)
    by_name = models.CharField(max_length=80)
    passed = models.BooleanField()
    vetoed = models.BooleanField(default=False)
    note = models.CharField(max_length=1000, blank=True)
    signature_kind = models.CharField(max_length=8, choices=SignatureKind.choices)
    signed_name = models.CharField(max_length=80, blank=True)
    signature_png = models.BinaryField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "resumption_verification"
        ordering = ["visited_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(signature_kind=SignatureKind.TYPED, signature_png=None) & ~Q(signed_name="")
                | Q(signature_kind=SignatureKind.DRAWN, signature_png__isnull=False),
                name="verification_is_signed",
            ),
            models.CheckConstraint(
                condition=Q(vetoed=False) | Q(passed=False), name="verification_vetoed_is_not_passed"
            ),
            models.CheckConstraint(
                condition=Q(visited_at__lte=models.F("recorded_at")), name="verification_not_to_come"
            ),
        ]


class VerificationItem(TenantModel):
    """One check of a visit: a result, or a count with its unit; append-only."""

    verification = models.ForeignKey(Verification, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=64)
    name_zh = models.CharField(max_length=200)
    name_en = models.CharField(max_length=300, blank=True)
    result = models.CharField(max_length=8, choices=CheckResult.choices, blank=True)
    count = models.PositiveIntegerField(null=True)
    unit_zh = models.CharField(max_length=20, blank=True)
    unit_en = models.CharField(max_length=40, blank=True)
    is_veto = models.BooleanField(default=False)
    note = models.CharField(max_length=500, blank=True)
    photo = models.ForeignKey("core.StoredFile", on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        db_table = "resumption_verification_item"
        ordering = ["verification_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["verification", "key"], name="verification_item_once"),
            models.CheckConstraint(
                condition=Q(result="", count__isnull=False) | Q(result__in=CheckResult.values),
                name="verification_item_says_something",
            ),
        ]

    @property
    def name(self) -> str:
        return in_language(self.name_zh, self.name_en)

    @property
    def unit(self) -> str:
        return in_language(self.unit_zh, self.unit_en)
