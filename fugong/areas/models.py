"""Authorities and areas."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from fugong.areas.choices import AreaKind
from fugong.core.bilingual import in_language
from fugong.core.ids import new_id
from fugong.core.tenancy import TenantModel


class Authority(models.Model):
    """The top body of a deployment, and the tenant: a district, a zone, a park's committee.

    Not a TenantModel, being the tenant itself: its names are public and may be read by every connection (the
    sign-in page and the clocks need them before anyone is known); only its own connection may write it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.SlugField(max_length=40, unique=True)
    name_zh = models.CharField(max_length=100)
    name_en = models.CharField(max_length=150)
    playbook_id = models.CharField(max_length=60)
    founded_at = models.DateTimeField()

    class Meta:
        db_table = "areas_authority"

    @property
    def name(self) -> str:
        return in_language(self.name_zh, self.name_en)


class AreaQuerySet(models.QuerySet["Area"]):
    def roots(self) -> AreaQuerySet:
        return self.filter(parent=None)


class Area(TenantModel):
    """A piece of the authority's ground, inside another piece or at the top."""

    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    kind = models.CharField(max_length=20, choices=AreaKind.choices)
    code = models.SlugField(max_length=40)
    name_zh = models.CharField(max_length=100)
    name_en = models.CharField(max_length=150, blank=True)
    recorded_at = models.DateTimeField()

    objects = AreaQuerySet.as_manager()

    class Meta:
        db_table = "areas_area"
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "code"],
                name="area_code_once",
                violation_error_message=_("An area with this code exists already."),
            ),
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")),
                name="area_not_inside_itself",
                violation_error_message=_("An area cannot lie inside itself."),
            ),
            models.CheckConstraint(condition=models.Q(kind__in=AreaKind.values), name="area_kind_is_known"),
        ]

    @property
    def name(self) -> str:
        return in_language(self.name_zh, self.name_en)
