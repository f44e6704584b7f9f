"""Visitors and vehicles: who else may pass, for what and when."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fugong.core.finding import CODE_POINTS
from fugong.core.sealed import SealedField, SearchHashField
from fugong.core.tenancy import TenantModel, indexed_otherwise
from fugong.passage.choices import DATA_CLASS, PlateKind


class Visit(TenantModel):
    """Somebody invited by a host enterprise, for a purpose and between two moments.

    `serial` stands in the visitor's code. `person` is the visitor's own file here, where there is one: then
    its level counts too.
    """

    authority = indexed_otherwise()
    enterprise = models.ForeignKey(
        "enterprises.Enterprise", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    serial = models.PositiveIntegerField()
    name = models.CharField(_("name"), max_length=60)
    document = SealedField(_("number of the document"), blank=True, data_class=DATA_CLASS)
    document_hash = SearchHashField(source="document", normalise="code")
    phone = SealedField(_("telephone"), blank=True, data_class=DATA_CLASS)
    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    host = models.CharField(_("whom they visit"), max_length=60)
    purpose = models.CharField(_("purpose"), max_length=200)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("to"))
    plate = models.CharField(_("plate"), max_length=12, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)
    recorded_by_name = models.CharField(max_length=200, blank=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        constraints = [
            models.UniqueConstraint(fields=["authority", "serial"], name="visit_serial_once"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="visit_period_forward",
                violation_error_message=_("A visit cannot end before it begins."),
            ),
        ]
        indexes = [
            models.Index(fields=["authority", "enterprise", "-starts_at"], name="visit_of_enterprise"),
            models.Index(fields=["authority", "ends_at"], name="visit_by_end"),
            models.Index(fields=["authority", "person"], name="visit_of_person"),
        ]


class VehiclePass(TenantModel):
    """That a vehicle may pass between two moments. `plate` as written on it, without dots and spaces."""

    authority = indexed_otherwise()
    enterprise = models.ForeignKey(
        "enterprises.Enterprise", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    serial = models.PositiveIntegerField()
    plate = models.CharField(_("plate"), max_length=12, db_collation=CODE_POINTS)
    plate_kind = models.CharField(max_length=12, choices=PlateKind.choices)
    driver = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    driver_name = models.CharField(_("driver"), max_length=60, blank=True)
    driver_phone = SealedField(_("telephone"), blank=True, data_class=DATA_CLASS)
    passengers = ArrayField(
        models.CharField(max_length=60), verbose_name=_("passengers"), default=list, blank=True
    )
    purpose = models.CharField(_("purpose"), max_length=200)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("to"))
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)
    recorded_by_name = models.CharField(max_length=200, blank=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("vehicle pass")
        verbose_name_plural = _("vehicle passes")
        constraints = [
            models.UniqueConstraint(fields=["authority", "serial"], name="vehiclepass_serial_once"),
            models.CheckConstraint(
                condition=Q(plate_kind__in=PlateKind.values), name="vehiclepass_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="vehiclepass_period_forward",
                violation_error_message=_("A pass cannot end before it begins."),
            ),
        ]
        indexes = [
            models.Index(fields=["authority", "plate", "-starts_at"], name="vehiclepass_of_plate"),
            models.Index(fields=["authority", "enterprise", "-starts_at"], name="vehiclepass_of_enterprise"),
            models.Index(fields=["authority", "ends_at"], name="vehiclepass_by_end"),
            models.Index(fields=["authority", "driver"], name="vehiclepass_of_driver"),
        ]
