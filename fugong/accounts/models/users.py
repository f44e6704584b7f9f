"""Users."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from fugong.core.sealed import SealedField
from fugong.core.tenancy import TenantModel


class UserQuerySet(models.QuerySet["User"]):
    def staying(self) -> UserQuerySet:
        return self.filter(is_active=True)


class User(AbstractBaseUser, TenantModel):
    """A person who signs in. What the person may do comes from roles, never from this row."""

    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    phone = SealedField(max_length=30, blank=True, default="", data_class="contact")
    is_active = models.BooleanField(default=True)
    left_on = models.DateField(null=True)
    must_change_password = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    last_signed_in_at = models.DateTimeField(null=True)

    # Django would write it outside any operation; `last_signed_in_at` is written with its audit row.
    last_login: Any = None

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]
    objects = BaseUserManager.from_queryset(UserQuerySet)()

    class Meta:
        db_table = "accounts_user"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(username=Lower("username")),
                name="user_name_in_lower_case",
                violation_error_message=_("User names are written in lower case."),
            ),
            models.CheckConstraint(
                condition=models.Q(left_on=None) | models.Q(is_active=False),
                name="user_who_left_is_not_active",
                violation_error_message=_("A person who left cannot be active."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def has_left(self, on: date) -> bool:
        return self.left_on is not None and self.left_on <= on
