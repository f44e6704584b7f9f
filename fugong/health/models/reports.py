"""What was said of a person's day.

Not partitioned by month, though a zone of 40,000 people adds 40,000 rows a day: every question is about one
person or one enterprise and a few days, which two indexes answer whatever lies beside; a partitioned table
would need the day in its key, so that an incident or a correction could no longer point at a report by its
id. See docs/adr/0016-health-reports.md.
"""

from __future__ import annotations

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.tenancy import TenantModel, indexed_otherwise
from fugong.health.choices import SEE, Place, Reading, Way
from fugong.health.rules.reports import NOTE_MOST


class HealthReportQuerySet(models.QuerySet["HealthReport"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of its areas, its enterprises and its care, where the person worked on that day."""
        ours = self.filter(authority_id=actor.authority_id)
        reach = actor.reach(SEE)
        if reach.everywhere:
            return ours
        return ours.filter(
            Q(enterprise_id__in=actor.single_enterprises) | Q(enterprise__area_id__in=reach.areas)
        )

    def counting(self) -> Self:
        """What counts of each person's day; ordered by person and day, the newest day first."""
        return self.order_by("person_id", "-day", "-revision").distinct("person_id", "day")


class HealthReport(TenantModel):
    """One report of one person's day; append-only. A correction is a further revision, and both stay.

    `reported_at` is when it was said or measured, by the clock of whoever sent it; `recorded_at` when it came
    in. Which of two counts is told by `revision` and not by a clock, as clocks are set back.
    """

    authority = indexed_otherwise()
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    enterprise = models.ForeignKey(
        "enterprises.Enterprise", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    day = models.DateField()
    revision = models.PositiveSmallIntegerField(default=1)
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    tenths = models.PositiveSmallIntegerField(_("temperature"), null=True)
    reading = models.CharField(max_length=8, choices=Reading.choices)
    symptoms = ArrayField(models.CharField(max_length=64), default=list)
    place = models.CharField(max_length=8, choices=Place.choices)
    note = models.CharField(max_length=NOTE_MOST, blank=True, default="")
    is_late = models.BooleanField(default=False)
    is_alarming = models.BooleanField(default=False)
    way = models.CharField(max_length=8, choices=Way.choices)
    device = models.CharField(max_length=64, blank=True, default="")
    reported_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by_user = models.UUIDField(null=True)
    by_person = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)

    objects = HealthReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("health report")
        verbose_name_plural = _("health reports")
        constraints = [
            # Also the index by which a person's days are read, in either direction.
            models.UniqueConstraint(
                fields=["authority", "person", "day", "revision"],
                name="health_report_revision_once",
                violation_error_message=_("Somebody else reported for this day just now."),
            ),
            models.CheckConstraint(
                condition=Q(revision=1, corrects=None) | Q(revision__gt=1, corrects__isnull=False),
                name="health_report_correction_says_of_what",
            ),
            models.CheckConstraint(
                condition=Q(reading=Reading.VALUE, tenths__isnull=False)
                | (~Q(reading=Reading.VALUE) & Q(tenths=None)),
                name="health_report_value_when_measured",
            ),
            models.CheckConstraint(condition=Q(way__in=Way.values), name="health_report_way_known"),
            models.CheckConstraint(condition=Q(place__in=Place.values), name="health_report_place_known"),
            models.CheckConstraint(
                condition=Q(by_user=None) | Q(by_person=None), name="health_report_by_one"
            ),
        ]
        indexes = [
            models.Index(
                F("authority"), F("enterprise"), F("day").desc(), F("person"), name="health_report_of_day"
            )
        ]
