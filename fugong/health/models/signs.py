"""Signs that reports may not be believed, as they were found."""

from __future__ import annotations

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.tenancy import TenantModel, indexed_otherwise
from fugong.health.choices import QUALITY, Sign


class QualitySignQuerySet(models.QuerySet["QualitySign"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of its areas. No enterprise is shown the signs about itself: it would learn to avoid them."""
        ours = self.filter(authority_id=actor.authority_id)
        reach = actor.reach(QUALITY)
        return ours if reach.everywhere else ours.filter(enterprise__area_id__in=reach.areas)


class QualitySign(TenantModel):
    """One sign about one enterprise's reports of a day, with what it rests on. Nothing follows by machine."""

    authority = indexed_otherwise()
    enterprise = models.ForeignKey(
        "enterprises.Enterprise", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    sign = models.CharField(max_length=12, choices=Sign.choices)
    day = models.DateField()
    people = ArrayField(models.UUIDField(), default=list)
    number = models.PositiveIntegerField()
    values = models.JSONField(default=dict)
    found_at = models.DateTimeField()

    objects = QualitySignQuerySet.as_manager()

    class Meta:
        verbose_name = _("data-quality sign")
        verbose_name_plural = _("data-quality signs")
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "enterprise", "day", "sign", "people", "values"],
                name="quality_sign_once",
            ),
            models.CheckConstraint(condition=Q(sign__in=Sign.values), name="quality_sign_known"),
        ]
        indexes = [models.Index(fields=["authority", "-day", "enterprise"], name="quality_sign_newest")]
