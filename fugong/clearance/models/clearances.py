"""The one row a gate reads."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fugong.clearance.choices import SEE
from fugong.clearance.models.reach import of_people_seen_by
from fugong.core.actor import Actor
from fugong.core.finding import CODE_POINTS
from fugong.core.tenancy import TenantModel, indexed_otherwise


class ClearanceQuerySet(models.QuerySet["Clearance"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(of_people_seen_by(actor, SEE), authority_id=actor.authority_id)

    def stale(self, law: str) -> Self:
        """Computed by other playbooks than those that `law` stands for."""
        return self.filter(Q(law__lt=law) | Q(law__gt=law))

    def lapsed(self, now: datetime) -> Self:
        return self.filter(until__lte=now)


class Clearance(TenantModel):
    """A person's level as it was last computed, and until when it holds if nothing happens.

    Past `until` it reads `lapses_to`, which is never the free level, even if nobody computes any more.
    `asks`: the level is there because the record does not say enough. `law` stands for the playbook versions
    it was computed by: another one makes the row stale.
    """

    authority = indexed_otherwise()
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    level = models.CharField(max_length=64)
    lapses_to = models.CharField(max_length=64)
    asks = models.BooleanField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    reasons = models.JSONField()
    playbook_version = models.ForeignKey(
        "playbooks.PlaybookVersion", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    law = models.CharField(max_length=16, db_collation=CODE_POINTS)
    computed_at = models.DateTimeField()

    objects = ClearanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("clearance")
        verbose_name_plural = _("clearances")
        constraints = [
            models.UniqueConstraint(fields=["authority", "person"], name="clearance_one_each"),
        ]
        indexes = [
            models.Index(
                fields=["authority", "until"], condition=Q(until__isnull=False), name="clearance_lapses"
            ),
            models.Index(fields=["authority", "level", "since"], name="clearance_by_level"),
            models.Index(fields=["authority", "-since", "-id"], name="clearance_newest"),
            models.Index(fields=["authority", "law"], name="clearance_by_law"),
        ]

    def level_at(self, now: datetime) -> str:
        return self.level if self.holds(now) else self.lapses_to

    def holds(self, now: datetime) -> bool:
        return self.until is None or now < self.until
