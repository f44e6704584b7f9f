"""What a poster's page hands out, so that a photograph of the poster is worth nothing elsewhere."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from fugong.core.tenancy import TenantModel, indexed_otherwise


class VenueCheck(TenantModel):
    """One opening of a venue's page by one phone: good once, for minutes, and for that phone only."""

    authority = indexed_otherwise()
    gate = models.IntegerField()
    phone = models.UUIDField(null=True)
    nonce_hash = models.BinaryField(max_length=32)
    opened_at = models.DateTimeField()
    good_until = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("opening of a venue's page")
        verbose_name_plural = _("openings of venues' pages")
        constraints = [models.UniqueConstraint(fields=["authority", "nonce_hash"], name="venuecheck_once")]
        indexes = [models.Index(fields=["authority", "good_until"], name="venuecheck_by_end")]
