"""What guards the door: one-time codes and the count of tries."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models

from fugong.accounts.choices import CodePurpose, CountOf
from fugong.accounts.rules import Guesses
from fugong.core.tenancy import TenantModel


class AccessCode(TenantModel):
    """A code given to a person by hand, with which a first or a new password is set once."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=12, choices=CodePurpose.choices)
    code_hash = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    issued_by_id = models.UUIDField(null=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "accounts_access_code"
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(used_at=None, withdrawn_at=None),
                name="access_code_open_once",
            ),
            models.CheckConstraint(
                condition=models.Q(purpose__in=CodePurpose.values), name="access_code_purpose_is_known"
            ),
        ]

    def is_open(self, now: datetime) -> bool:
        return self.used_at is None and self.withdrawn_at is None and now < self.expires_at


class TryCount(models.Model):
    """Tries at one user name or from one address. It belongs to no authority: the name may exist in none.

    `key` is a keyed hash, so that the table tells nobody which names exist or which were tried.
    """

    id = models.BigAutoField(primary_key=True)
    count_of = models.CharField(max_length=8, choices=CountOf.choices)
    key = models.CharField(max_length=64)
    tries = models.PositiveIntegerField(default=0)
    since = models.DateTimeField(null=True)
    locked_until = models.DateTimeField(null=True)

    class Meta:
        db_table = "accounts_try_count"
        constraints = [models.UniqueConstraint(fields=["count_of", "key"], name="try_count_once")]

    def guesses(self) -> Guesses:
        return Guesses(self.tries, self.since, self.locked_until)
