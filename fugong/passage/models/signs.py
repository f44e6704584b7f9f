"""Signs in passages, as they were found, and whether somebody has looked."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.tenancy import TenantModel, indexed_otherwise
from fugong.passage.choices import SIGNS, Sign


class PassageSignQuerySet(models.QuerySet["PassageSign"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of its areas and of the enterprises in its care; no enterprise is shown its own."""
        ours = self.filter(authority_id=actor.authority_id)
        reach = actor.reach(SIGNS)
        if actor.is_system or reach.everywhere:
            return ours
        return ours.filter(Q(area_id__in=reach.areas) | Q(enterprise_id__in=actor.cared_for))


class PassageSign(TenantModel):
    """One sign with what it rests on. `key` says what it is about, so that it is found once."""

    authority = indexed_otherwise()
    sign = models.CharField(max_length=12, choices=Sign.choices)
    key = models.CharField(max_length=120)
    gate = models.IntegerField()
    other_gate = models.IntegerField(null=True)
    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+", db_index=False)
    enterprise = models.ForeignKey(
        "enterprises.Enterprise", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    subject = models.UUIDField(null=True)
    device = models.UUIDField(null=True)
    at = models.DateTimeField()
    number = models.PositiveIntegerField()
    found_at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True)
    looked_by = models.UUIDField(null=True)
    looked_by_name = models.CharField(max_length=200, blank=True)
    looked_note = models.CharField(max_length=500, blank=True)

    objects = PassageSignQuerySet.as_manager()

    class Meta:
        verbose_name = _("sign in passages")
        verbose_name_plural = _("signs in passages")
        constraints = [
            models.UniqueConstraint(fields=["authority", "sign", "key"], name="passage_sign_once"),
            models.CheckConstraint(condition=Q(sign__in=Sign.values), name="passage_sign_known"),
            models.CheckConstraint(
                condition=Q(looked_at=None, looked_by_name="") | Q(looked_at__isnull=False),
                name="passage_sign_looked_at_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["authority", "-found_at"], name="passage_sign_newest")]
