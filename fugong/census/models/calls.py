"""The log of calls."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fugong.census.choices import CallKind
from fugong.census.models.campaigns import Campaign
from fugong.census.models.cases import Case
from fugong.core.tenancy import TenantModel, indexed_otherwise


class Call(TenantModel):
    """One entry: who was called, what came of it, when to call next. Added only; never changed.

    An entry of the kind “undo” takes back the one it `replaces`; both stay.
    """

    authority = indexed_otherwise()
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=8, choices=CallKind.choices)
    at = models.DateTimeField()
    outcome = models.CharField(max_length=31, blank=True)
    findings = ArrayField(models.CharField(max_length=31), default=list)
    note = models.CharField(max_length=500, blank=True, default="")
    next_call_at = models.DateTimeField(null=True)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, related_name="taken_back", null=True)
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=CallKind.CALL, replaces__isnull=True) & ~Q(outcome="")
                | Q(kind=CallKind.UNDO, replaces__isnull=False),
                name="call_says_or_takes_back",
            ),
        ]
        indexes = [
            models.Index(fields=["authority", "case", "at"], name="call_of_case"),
            models.Index(fields=["authority", "campaign", "at"], name="call_of_campaign"),
        ]
