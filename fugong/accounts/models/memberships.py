"""Memberships: who holds which role, for what, from when to when."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from fugong.core.tenancy import TenantModel


class MembershipQuerySet(models.QuerySet["Membership"]):
    def held_at(self, moment: datetime) -> MembershipQuerySet:
        return self.filter(starts_at__lte=moment).filter(
            models.Q(ends_at=None) | models.Q(ends_at__gt=moment)
        )

    def for_a_subject(self) -> MembershipQuerySet:
        return self.filter(subject_id__isnull=False)


class Membership(TenantModel):
    """A user's holding of a role, with the area or the subject it is limited to."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    role = models.ForeignKey("accounts.Role", on_delete=models.PROTECT, related_name="memberships")
    area = models.ForeignKey("areas.Area", null=True, on_delete=models.PROTECT, related_name="+")
    subject_kind = models.CharField(max_length=30, blank=True)
    subject_id = models.UUIDField(null=True)
    subject_label = models.CharField(max_length=120, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    granted_by_id = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()

    objects = MembershipQuerySet.as_manager()

    class Meta:
        db_table = "accounts_membership"
        ordering = ["starts_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "area", "subject_kind", "subject_id"],
                condition=models.Q(ends_at=None),
                nulls_distinct=False,
                name="membership_open_once",
                violation_error_message=_("This person holds the role already."),
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at=None) | models.Q(ends_at__gte=models.F("starts_at")),
                name="membership_ends_after_start",
                violation_error_message=_("It cannot end before it starts."),
            ),
            models.CheckConstraint(
                condition=models.Q(subject_id=None, subject_kind="")
                | (models.Q(subject_id__isnull=False) & ~models.Q(subject_kind="")),
                name="membership_subject_is_whole",
                violation_error_message=_("A subject has a kind and an id, or neither."),
            ),
        ]
        indexes = [models.Index(fields=["subject_id", "subject_kind"], name="membership_by_subject")]
