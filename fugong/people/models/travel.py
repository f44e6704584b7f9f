"""Where a person was before, from when to when."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fugong.core.finding import CODE_POINTS
from fugong.core.tenancy import TenantModel, indexed_otherwise
from fugong.people.choices import Transport, Way
from fugong.people.models.people import Person


class Stay(TenantModel):
    """One stay of one person as somebody said it. Never changed: a correction stands beside it.

    `replaces` is the row that this one corrects; one that `is_taken_back` says that there was no such stay.
    """

    authority = indexed_otherwise()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    region = models.CharField(_("region"), max_length=6, db_collation=CODE_POINTS)
    from_on = models.DateField(_("from"))
    to_on = models.DateField(_("to"), null=True, blank=True)
    transport = models.CharField(max_length=10, choices=Transport.choices, blank=True)
    number = models.CharField(max_length=40, blank=True)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, related_name="+", null=True)
    is_taken_back = models.BooleanField(default=False)
    way = models.CharField(max_length=10, choices=Way.choices)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)
    recorded_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("stay")
        verbose_name_plural = _("stays")
        ordering = ["-from_on", "-recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on=None) | Q(to_on__gte=F("from_on")), name="stay_period_forward"
            ),
            models.CheckConstraint(condition=Q(region__regex=r"^[0-9]{6}$"), name="stay_region_form"),
            models.CheckConstraint(
                condition=Q(is_taken_back=False) | Q(replaces__isnull=False), name="stay_taken_back_was_said"
            ),
        ]
        indexes = [models.Index(fields=["authority", "person", "-from_on"], name="stay_of_person")]
