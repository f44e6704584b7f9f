"""What the figures of staff stand on."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from fugong.core.tenancy import TenantModel, indexed_otherwise


class WorkEvent(TenantModel):
    """What was said of one employment, and of where its person is from, from `recorded_at` on.

    Rows are only added. They hold no name and no number, and no key to the file: a figure recomputes from
    them also when a home region was corrected since, two files became one, or the file has ended.
    """

    authority = indexed_otherwise()
    employment_id = models.UUIDField()
    person_id = models.UUIDField()
    enterprise_id = models.UUIDField()
    area_id = models.UUIDField()
    home_region = models.CharField(max_length=6, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("event of an employment")
        verbose_name_plural = _("events of employments")
        indexes = [
            models.Index(
                fields=["authority", "employment_id", "-recorded_at", "-id"], name="work_event_latest"
            ),
        ]
