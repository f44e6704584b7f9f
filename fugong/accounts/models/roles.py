"""Roles."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from fugong.accounts.choices import Sight
from fugong.core.bilingual import in_language
from fugong.core.tenancy import TenantModel


class Role(TenantModel):
    """What a kind of work allows, as data of the authority: a name and a list of permissions."""

    code = models.SlugField(max_length=40)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=100)
    description_zh = models.CharField(max_length=300, blank=True)
    description_en = models.CharField(max_length=300, blank=True)
    permissions = ArrayField(models.CharField(max_length=60), default=list)
    sight = models.CharField(max_length=12, choices=Sight.choices)
    exclusive_group = models.SlugField(max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "accounts_role"
        ordering = ["position", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "code"],
                name="role_code_once",
                violation_error_message=_("A role with this code exists already."),
            ),
            models.CheckConstraint(condition=models.Q(sight__in=Sight.values), name="role_sight_is_known"),
        ]

    @property
    def name(self) -> str:
        return in_language(self.name_zh, self.name_en)

    @property
    def description(self) -> str:
        return in_language(self.description_zh, self.description_en)
