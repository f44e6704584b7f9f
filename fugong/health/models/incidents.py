"""Incidents, and what happened to each."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.tenancy import TenantModel, indexed_otherwise
from fugong.health.choices import HANDLE, SEE, UNDER_WAY, IncidentKind, IncidentState, Measure, Outcome, Step

TEXT_MOST = 500


class IncidentQuerySet(models.QuerySet["Incident"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of its areas, its enterprises and its care."""
        ours = self.filter(authority_id=actor.authority_id)
        reach = actor.reach(SEE, HANDLE)
        if reach.everywhere:
            return ours
        return ours.filter(Q(enterprise_id__in=actor.single_enterprises) | Q(area_id__in=reach.areas))

    def under_way(self) -> Self:
        return self.filter(state__in=UNDER_WAY)


class Incident(TenantModel):
    """A fever, a symptom or a notification from outside, of one person, until it is closed.

    A person has one at a time: what is reported meanwhile is added to it. Why it was opened is a decision
    kept with it (`fugong.core.decisions`).
    """

    authority = indexed_otherwise()
    kind = models.CharField(max_length=10, choices=IncidentKind.choices)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    enterprise = models.ForeignKey(
        "enterprises.Enterprise", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+", null=True)
    report = models.ForeignKey(
        "health.HealthReport", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    source = models.CharField(max_length=200, blank=True, default="")
    state = models.CharField(max_length=12, choices=IncidentState.choices, default=IncidentState.OPEN)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True, default="")
    recorded_at = models.DateTimeField()

    objects = IncidentQuerySet.as_manager()

    class Meta:
        verbose_name = _("incident")
        verbose_name_plural = _("incidents")
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "person"],
                condition=Q(state__in=UNDER_WAY),
                name="incident_one_at_a_time",
                violation_error_message=_("This person has an incident under way already."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=UNDER_WAY, closed_at=None, outcome="", due_at__isnull=False)
                | Q(state=IncidentState.CLOSED, closed_at__isnull=False, due_at=None)
                & Q(outcome__in=Outcome.values),
                name="incident_closed_with_outcome",
            ),
            models.CheckConstraint(
                condition=(~Q(kind=IncidentKind.NOTIFIED) & Q(report__isnull=False, source=""))
                | (Q(kind=IncidentKind.NOTIFIED, report=None) & ~Q(source="")),
                name="incident_stands_on_something",
            ),
        ]
        indexes = [
            models.Index(fields=["authority", "state", "-opened_at"], name="incident_by_state"),
            models.Index(fields=["authority", "enterprise", "-opened_at"], name="incident_of_enterprise"),
            models.Index(fields=["authority", "person", "-opened_at"], name="incident_of_person"),
        ]


class IncidentEvent(TenantModel):
    """One step of an incident: who, when, what was done and said. Added only; never changed."""

    authority = indexed_otherwise()
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="events", db_index=False)
    step = models.CharField(max_length=12, choices=Step.choices)
    report = models.ForeignKey(
        "health.HealthReport", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    measure = models.CharField(max_length=12, choices=Measure.choices, blank=True, default="")
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True, default="")
    note = models.CharField(max_length=TEXT_MOST, blank=True, default="")
    at = models.DateTimeField()
    by_user = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("step of an incident")
        verbose_name_plural = _("steps of incidents")
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(step__in=Step.values), name="incident_step_known"),
            models.CheckConstraint(
                condition=Q(step=Step.LOOK_AFTER, measure__in=Measure.values)
                | (~Q(step=Step.LOOK_AFTER) & Q(measure="")),
                name="incident_looked_after_by_a_measure",
            ),
        ]
        indexes = [models.Index(fields=["authority", "incident", "at"], name="incident_timeline")]
