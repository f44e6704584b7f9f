"""Thermometers at a gate, and what they sent."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fugong.core.tenancy import TenantModel, indexed_otherwise


class Kiosk(TenantModel):
    """A thermometer that reports by itself, by a token kept here as a hash. Revoked, never removed."""

    authority = indexed_otherwise()
    enterprise = models.ForeignKey(
        "enterprises.Enterprise", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    name = models.CharField(_("name"), max_length=60)
    token_hash = models.BinaryField(max_length=32, editable=False)
    issued_at = models.DateTimeField()
    issued_by = models.UUIDField(null=True)
    issued_by_name = models.CharField(max_length=200)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.UUIDField(null=True)
    revoked_by_name = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("thermometer")
        verbose_name_plural = _("thermometers")
        constraints = [
            models.UniqueConstraint(fields=["authority", "token_hash"], name="kiosk_token_once"),
            models.UniqueConstraint(
                fields=["authority", "enterprise", "name"],
                condition=Q(revoked_at=None),
                name="kiosk_name_once",
                violation_error_message=_("This enterprise has a thermometer of that name."),
            ),
        ]


class KioskCall(TenantModel):
    """What a thermometer sent under one key, and the answer it got: sent again, it gets the same answer."""

    authority = indexed_otherwise()
    kiosk = models.ForeignKey(Kiosk, on_delete=models.PROTECT, related_name="+", db_index=False)
    key = models.CharField(max_length=64)
    body_hash = models.BinaryField(max_length=32, editable=False)
    answer = models.JSONField()
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("call of a thermometer")
        verbose_name_plural = _("calls of thermometers")
        constraints = [
            models.UniqueConstraint(fields=["authority", "kiosk", "key"], name="kiosk_call_once"),
        ]
