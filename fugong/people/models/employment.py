"""Who worked where, from when to when."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fugong.core.tenancy import TenantModel, indexed_otherwise
from fugong.people.choices import Way
from fugong.people.models.people import Person


class Employment(TenantModel):
    """One person's work at one enterprise; `ends_on` is the first day no longer worked there."""

    authority = indexed_otherwise()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="employments", db_index=False)
    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="+")
    post = models.CharField(_("post"), max_length=60, blank=True)
    shift = models.CharField(_("shift"), max_length=40, blank=True)
    crew = models.CharField(_("crew"), max_length=60, blank=True)
    room = models.CharField(_("dormitory room"), max_length=60, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)
    way = models.CharField(max_length=10, choices=Way.choices)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)
    recorded_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("employment")
        verbose_name_plural = _("employments")
        ordering = ["-starts_on", "-recorded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "person"],
                condition=Q(ends_on=None),
                name="employment_one_at_a_time",
                violation_error_message=_("This person is employed elsewhere; end that first."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="employment_period_forward",
                violation_error_message=_("An employment cannot end before it began."),
            ),
        ]
        indexes = [
            models.Index(fields=["authority", "person", "-starts_on"], name="employment_of_person"),
            models.Index(
                fields=["authority", "enterprise", "crew"], condition=Q(ends_on=None), name="employment_crew"
            ),
        ]
