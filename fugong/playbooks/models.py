"""Which playbook an authority lives by, version for version."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from fugong.core.tenancy import TenantModel


class PlaybookVersion(TenantModel):
    """One version of a playbook as it was put in force: its very text, so that old decisions keep their law.

    `starts_on` and `ends_on` are days in China, the end exclusive and open while it is in force.
    """

    playbook_id = models.CharField(max_length=60)
    version = models.CharField(max_length=30)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    activated_at = models.DateTimeField()
    activated_by = models.UUIDField(null=True)

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "playbook_id", "version"],
                name="playbook_version_once",
                violation_error_message=_("This version of the playbook is in force already."),
            ),
            models.UniqueConstraint(
                fields=["authority"], condition=models.Q(ends_on=None), name="playbook_one_open"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
                name="playbook_period_forward",
            ),
        ]
