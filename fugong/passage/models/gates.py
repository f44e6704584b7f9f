"""Gates, the zones they lead into, and what they call the enterprises and their shifts."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fugong.core.tenancy import TenantModel, indexed_otherwise
from fugong.passage.choices import Directions, GateKind


class Zone(TenantModel):
    """Several gates that lead into the same inside: in by one and out by another is one presence."""

    authority = indexed_otherwise()
    name = models.CharField(_("name"), max_length=60)
    enterprise = models.ForeignKey(
        "enterprises.Enterprise", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("zone")
        verbose_name_plural = _("zones")
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "enterprise", "name"],
                name="zone_name_once",
                nulls_distinct=False,
                violation_error_message=_("There is a zone of this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Gate(TenantModel):
    """One lane or door, or a venue with its poster. Closed, never removed: its scans stay its own.

    `number` is what scans and devices call it, once in an authority and never given anew. `kind_of_rules` is
    the key of the playbook's `[gates]`. `poster` (a hash) finds a venue by what its poster says; it is the
    `poster_number`th that hangs there.
    """

    authority = indexed_otherwise()
    number = models.PositiveIntegerField()
    name = models.CharField(_("name"), max_length=60)
    kind = models.CharField(_("kind"), max_length=10, choices=GateKind.choices)
    kind_of_rules = models.CharField(_("rules"), max_length=64, blank=True)
    directions = models.CharField(
        _("directions"), max_length=4, choices=Directions.choices, default=Directions.BOTH
    )
    place = models.CharField(_("where"), max_length=200, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+", db_index=False)
    enterprise = models.ForeignKey(
        "enterprises.Enterprise", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="+", null=True, db_index=False)
    poster = models.BinaryField(max_length=32, null=True, editable=False)
    poster_number = models.PositiveIntegerField(default=0, editable=False)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    recorded_by = models.UUIDField(null=True)
    recorded_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("gate")
        verbose_name_plural = _("gates")
        constraints = [
            models.UniqueConstraint(fields=["authority", "number"], name="gate_number_once"),
            models.UniqueConstraint(
                fields=["authority", "enterprise", "name"],
                condition=Q(closed_at=None),
                name="gate_name_once",
                nulls_distinct=False,
                violation_error_message=_("There is a gate of this name."),
            ),
            models.UniqueConstraint(fields=["authority", "poster"], name="gate_poster_once"),
            models.CheckConstraint(condition=Q(kind__in=GateKind.values), name="gate_kind_known"),
            models.CheckConstraint(condition=Q(number__gt=0), name="gate_number_positive"),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("opened_at")), name="gate_period_forward"
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="gate_position_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["authority", "enterprise"], name="gate_of_enterprise"),
            models.Index(fields=["authority", "area"], name="gate_of_area"),
            models.Index(fields=["authority", "zone"], name="gate_of_zone"),
        ]

    def __str__(self) -> str:
        return self.name


class PlaceNumber(TenantModel):
    """What codes and gates call an enterprise: four bytes instead of sixteen. Never given anew."""

    authority = indexed_otherwise()
    enterprise = models.ForeignKey(
        "enterprises.Enterprise", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    number = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("number of an enterprise at gates")
        verbose_name_plural = _("numbers of enterprises at gates")
        constraints = [
            models.UniqueConstraint(fields=["authority", "enterprise"], name="place_one_number"),
            models.UniqueConstraint(fields=["authority", "number"], name="place_number_once"),
        ]


class ShiftHours(TenantModel):
    """The hours of a shift of an enterprise: minutes after midnight; past midnight where `ends` is less."""

    authority = indexed_otherwise()
    enterprise = models.ForeignKey(
        "enterprises.Enterprise", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    shift = models.CharField(_("shift"), max_length=40)
    starts = models.PositiveSmallIntegerField()
    ends = models.PositiveSmallIntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("hours of a shift")
        verbose_name_plural = _("hours of shifts")
        constraints = [
            models.UniqueConstraint(fields=["authority", "enterprise", "shift"], name="shift_hours_once"),
            models.CheckConstraint(
                condition=Q(starts__lt=1440, ends__lt=1440) & ~Q(starts=F("ends")), name="shift_hours_real"
            ),
        ]
