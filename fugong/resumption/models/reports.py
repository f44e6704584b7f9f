"""Daily production reports."""

from __future__ import annotations

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.tenancy import TenantModel
from fugong.resumption.choices import SEE_REPORTS, Implausible
from fugong.resumption.models.applications import inside_sight
from fugong.resumption.rules.plausibility import CAPACITY_MOST


class ProductionReportQuerySet(models.QuerySet["ProductionReport"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(inside_sight(actor, permission=SEE_REPORTS))

    def in_force(self) -> Self:
        """The newest revision of each enterprise's day; the order is by enterprise and day,
        newest day first.
        """
        return self.order_by("enterprise_id", "-day", "-revision").distinct("enterprise_id", "day")


class ProductionReport(TenantModel):
    """What an enterprise says of one day; append-only. A correction is a further revision, and
    both are kept.
    """

    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    revision = models.PositiveSmallIntegerField(default=1)
    on_post = models.PositiveIntegerField()
    capacity_percent = models.PositiveSmallIntegerField()
    needs = models.CharField(max_length=500, blank=True)
    findings = ArrayField(models.CharField(max_length=24, choices=Implausible.choices), default=list)
    is_late = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True)
    by_name = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()

    objects = ProductionReportQuerySet.as_manager()

    class Meta:
        db_table = "resumption_production_report"
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "day", "revision"],
                name="production_report_once",
                violation_error_message=_("Somebody else reported for this day just now."),
            ),
            models.CheckConstraint(
                condition=Q(capacity_percent__lte=CAPACITY_MOST), name="production_report_capacity"
            ),
        ]
        indexes = [models.Index(fields=["authority", "day"], name="production_report_of_day")]
