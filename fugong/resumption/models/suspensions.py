"""Suspensions: proposed by one person, in force only when a second one confirms."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.tenancy import TenantModel
from fugong.resumption.choices import SuspensionReason, SuspensionState
from fugong.resumption.models.applications import inside_sight

OPEN = [SuspensionState.PROPOSED, SuspensionState.IN_FORCE]
NOT_CONFIRMED = [SuspensionState.PROPOSED, SuspensionState.DECLINED]


class SuspensionQuerySet(models.QuerySet["Suspension"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(inside_sight(actor))

    def open(self) -> Self:
        return self.filter(state__in=OPEN)


class Suspension(TenantModel):
    """Work is stopped for a reason from the closed list, with evidence, until `ends_at` unless
    lifted before.
    """

    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=24, choices=SuspensionReason.choices)
    evidence = models.CharField(max_length=1000)
    state = models.CharField(max_length=12, choices=SuspensionState.choices, default=SuspensionState.PROPOSED)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    proposed_by_name = models.CharField(max_length=80)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True)
    settled_by_name = models.CharField(max_length=80, blank=True)
    settled_note = models.CharField(max_length=500, blank=True)
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True)
    ended_by_name = models.CharField(max_length=80, blank=True)
    ended_note = models.CharField(max_length=500, blank=True)
    decision_id = models.UUIDField(null=True)
    version = models.PositiveIntegerField(default=1)
    recorded_at = models.DateTimeField()

    objects = SuspensionQuerySet.as_manager()

    class Meta:
        db_table = "resumption_suspension"
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise"],
                condition=Q(state__in=OPEN),
                name="suspension_one_open",
                violation_error_message=_("A suspension of this enterprise is open already."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=SuspensionState.values), name="suspension_state_known"
            ),
            models.CheckConstraint(
                condition=Q(reason__in=SuspensionReason.values), name="suspension_reason_known"
            ),
            models.CheckConstraint(condition=~Q(evidence=""), name="suspension_has_evidence"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("proposed_at")), name="suspension_has_an_end"),
            models.CheckConstraint(
                condition=Q(settled_by=None) | ~Q(settled_by=F("proposed_by")),
                name="suspension_second_person",
                violation_error_message=_("A second person has to confirm."),
            ),
            models.CheckConstraint(
                condition=Q(state=SuspensionState.PROPOSED, settled_at=None, settled_by=None)
                | ~Q(state=SuspensionState.PROPOSED) & Q(settled_at__isnull=False, settled_by__isnull=False),
                name="suspension_settled_by_and_when",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[SuspensionState.LIFTED, SuspensionState.LAPSED], ended_at__isnull=False
                )
                | Q(state__in=[*NOT_CONFIRMED, SuspensionState.IN_FORCE], ended_at=None),
                name="suspension_ended_is_dated",
            ),
        ]
        indexes = [
            models.Index(
                fields=["authority", "ends_at"],
                condition=Q(state=SuspensionState.IN_FORCE),
                name="suspension_to_lapse",
            ),
            models.Index(fields=["enterprise", "-proposed_at"], name="suspension_of_enterprise"),
        ]
