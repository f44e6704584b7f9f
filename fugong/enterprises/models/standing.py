"""Whether enterprises work: each change, how it is now, and how many there are of each."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fugong.core.tenancy import TenantModel, indexed_otherwise
from fugong.enterprises.choices import Kind, SizeClass, StandingState
from fugong.enterprises.models.enterprises import Enterprise


class StandingEvent(TenantModel):
    """That an enterprise's standing became `state` at `at`; rows are only added."""

    authority = indexed_otherwise()
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=15, choices=StandingState.choices)
    at = models.DateTimeField()
    decision_id = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=StandingState.values), name="standing_event_state_known"
            ),
        ]
        indexes = [
            models.Index(
                fields=["authority", "enterprise", "-at", "-recorded_at", "-id"], name="standing_event_latest"
            ),
            models.Index(
                fields=["authority", "at"], include=["enterprise", "state"], name="standing_event_of_days"
            ),
        ]


class Standing(TenantModel):
    """How an enterprise stands now: the row that other contexts read instead of the decisions."""

    authority = indexed_otherwise()
    enterprise = models.OneToOneField(Enterprise, on_delete=models.PROTECT, related_name="standing")
    state = models.CharField(
        _("standing"), max_length=15, choices=StandingState.choices, default=StandingState.NOT_RESUMED
    )
    since = models.DateTimeField()
    decision_id = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=StandingState.values), name="standing_state_known"),
        ]
        indexes = [models.Index(fields=["authority", "state"], name="standing_by_state")]


class StandingCount(TenantModel):
    """How many present enterprises of one area, size class and kind stand in one state; kept by every writer.

    Pages read these instead of counting enterprises. Rows are locked last and in key order.
    """

    authority = indexed_otherwise()
    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+", db_index=False)
    size_class = models.CharField(max_length=10, choices=SizeClass.choices)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    state = models.CharField(max_length=15, choices=StandingState.choices)
    number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "area", "size_class", "kind", "state"], name="standing_count_once"
            ),
        ]
