"""Assignments of responsibility: who answers for whom, from when to when."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from fugong.core.bilingual import in_language
from fugong.core.tenancy import TenantModel

ON_DUTY = models.Func("starts_on", "ends_on", function="daterange", output_field=DateRangeField())


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def in_force(self, on: date) -> AssignmentQuerySet:
        return self.filter(starts_on__lte=on).filter(models.Q(ends_on=None) | models.Q(ends_on__gt=on))

    def about(self, subject_kind: str, subject_ids: Collection[UUID]) -> AssignmentQuerySet:
        return self.filter(subject_kind=subject_kind, subject_id__in=subject_ids)


class Assignment(TenantModel):
    """One person answering for one subject. `ends_on` is the first day on which it is no longer so."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assignments")
    kind = models.SlugField(max_length=40)
    kind_name_zh = models.CharField(max_length=60)
    kind_name_en = models.CharField(max_length=100, blank=True)
    subject_kind = models.CharField(max_length=30)
    subject_id = models.UUIDField()
    subject_label = models.CharField(max_length=120)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    assigned_by_id = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()
    end_recorded_at = models.DateTimeField(null=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        db_table = "accounts_assignment"
        ordering = ["starts_on"]
        constraints = [
            ExclusionConstraint(
                name="assignment_not_twice",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    ("subject_id", RangeOperators.EQUAL),
                    (ON_DUTY, RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("This person answers for it already at that time."),
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on=None, end_recorded_at=None)
                | models.Q(ends_on__isnull=False, end_recorded_at__isnull=False),
                name="assignment_end_is_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
                name="assignment_ends_after_start",
                violation_error_message=_("It cannot end before it starts."),
            ),
        ]
        indexes = [
            models.Index(fields=["subject_id", "subject_kind", "starts_on"], name="assignment_by_subject"),
        ]

    @property
    def kind_name(self) -> str:
        return in_language(self.kind_name_zh, self.kind_name_en)
