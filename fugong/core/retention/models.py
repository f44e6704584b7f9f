"""What an authority decided about its terms. Both tables are history: the newest row of each is in force."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from fugong.core.tenancy import TenantModel, indexed_otherwise


class RetentionTerm(TenantModel):
    """That a class is kept for other days than it is shipped with, and why. `days` None: as shipped."""

    authority = indexed_otherwise()
    retention = models.CharField(max_length=40)
    days = models.PositiveIntegerField(null=True)
    reason = models.CharField(max_length=500)
    set_at = models.DateTimeField()
    set_by = models.UUIDField(null=True)
    set_by_name = models.CharField(max_length=200)

    class Meta:
        app_label = "core"
        db_table = "core_retentionterm"
        indexes = [models.Index(fields=["authority", "retention", "-set_at"], name="term_newest")]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="term_has_reason")]


class EmergencyEnd(TenantModel):
    """The day on which the emergency ended; None where that was taken back."""

    authority = indexed_otherwise()
    ended_on = models.DateField(null=True)
    reason = models.CharField(max_length=500)
    set_at = models.DateTimeField()
    set_by = models.UUIDField(null=True)
    set_by_name = models.CharField(max_length=200)

    class Meta:
        app_label = "core"
        db_table = "core_emergencyend"
        indexes = [models.Index(fields=["authority", "-set_at"], name="emergency_end_newest")]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="emergency_end_has_reason")]
