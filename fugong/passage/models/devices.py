"""What stands or is carried at gates, and sends scans."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fugong.core.tenancy import TenantModel, indexed_otherwise
from fugong.passage.choices import DeviceEnd, DeviceKind


class GateDevice(TenantModel):
    """Known by a token, kept here as a hash. Paired by a code that is good once and for minutes.

    `gates` are the numbers of those it may stand at.
    """

    authority = indexed_otherwise()
    label = models.CharField(_("name"), max_length=60)
    kind = models.CharField(_("kind"), max_length=10, choices=DeviceKind.choices)
    gates = ArrayField(models.PositiveIntegerField())
    enterprise = models.ForeignKey(
        "enterprises.Enterprise", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    pairing_hash = models.BinaryField(max_length=32, null=True, editable=False)
    pairing_until = models.DateTimeField(null=True)
    token_hash = models.BinaryField(max_length=32, null=True, editable=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)
    recorded_by_name = models.CharField(max_length=200, blank=True)
    paired_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=10, choices=DeviceEnd.choices, blank=True)

    class Meta:
        verbose_name = _("device at gates")
        verbose_name_plural = _("devices at gates")
        constraints = [
            models.UniqueConstraint(fields=["authority", "token_hash"], name="gatedevice_token_once"),
            models.UniqueConstraint(fields=["authority", "pairing_hash"], name="gatedevice_pairing_once"),
            models.UniqueConstraint(
                fields=["authority", "enterprise", "label"],
                condition=Q(ended_at=None),
                name="gatedevice_label_once",
                nulls_distinct=False,
                violation_error_message=_("There is a device of this name."),
            ),
            models.CheckConstraint(condition=Q(kind__in=DeviceKind.values), name="gatedevice_kind_known"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_why="")
                | Q(ended_at__isnull=False, ended_why__in=DeviceEnd.values),
                name="gatedevice_ended_for_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["authority", "enterprise"], name="gatedevice_of_enterprise")]

    def __str__(self) -> str:
        return self.label
