"""What is on record about a person that raises, relieves or supports a level."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fugong.core.tenancy import TenantModel, indexed_otherwise


class Evidence(TenantModel):
    """One fact about a person that rules of the playbook speak of, with the row of another context behind it.

    `until` is when it ends by itself, where the source says so; relieved, it counts up to that moment.
    `level` and `reason` are filled only for a level set by hand. `is_latest`: of its kind only the newest of
    a person is kept.
    """

    authority = indexed_otherwise()
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=40)
    is_latest = models.BooleanField(default=False)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    level = models.CharField(max_length=64, blank=True, default="")
    reason = models.CharField(max_length=64, blank=True, default="")
    source_kind = models.CharField(max_length=60)
    source_id = models.UUIDField()
    source_label = models.CharField(max_length=200, blank=True, default="")
    source_url = models.CharField(max_length=300, blank=True, default="")
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)
    recorded_by_name = models.CharField(max_length=200, blank=True, default="")
    relieved_at = models.DateTimeField(null=True)
    relieved_by = models.UUIDField(null=True)
    relieved_by_name = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "person", "kind"],
                condition=Q(is_latest=True),
                name="evidence_latest_once",
            ),
            models.UniqueConstraint(
                fields=["authority", "source_id", "person", "kind"],
                condition=Q(is_latest=False),
                name="evidence_source_once",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="evidence_period_forward"
            ),
            models.CheckConstraint(condition=Q(level="", reason="") | ~Q(level=""), name="evidence_by_hand"),
        ]
        indexes = [models.Index(fields=["authority", "person", "-since"], name="evidence_of_person")]
