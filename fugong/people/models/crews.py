"""Crews, and who leads them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fugong.core.tenancy import TenantModel, indexed_otherwise
from fugong.people.models.people import Person


class Crew(TenantModel):
    """People of one enterprise who work one shift together, under the name their employments give it.

    Its leader answers for its rolls: somebody with an account, or a person of the ledger. Without a leader,
    and where the leader has no account, the enterprise owes them.
    """

    authority = indexed_otherwise()
    enterprise = models.ForeignKey(
        "enterprises.Enterprise", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    name = models.CharField(_("crew"), max_length=60)
    leader_user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True)
    leader_person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    appointed_at = models.DateTimeField(null=True)
    appointed_by = models.UUIDField(null=True)
    appointed_by_name = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("crew")
        verbose_name_plural = _("crews")
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "enterprise", "name"],
                name="crew_once",
                violation_error_message=_("The enterprise has a crew of this name."),
            ),
            models.CheckConstraint(condition=~Q(name=""), name="crew_has_name"),
            models.CheckConstraint(
                condition=Q(leader_user=None) | Q(leader_person=None), name="crew_one_leader"
            ),
            models.CheckConstraint(
                condition=Q(leader_user=None, leader_person=None, appointed_at=None)
                | (Q(appointed_at__isnull=False) & ~Q(leader_user=None, leader_person=None)),
                name="crew_leader_is_appointed",
            ),
        ]
        indexes = [
            models.Index(
                fields=["authority", "leader_user"], condition=~Q(leader_user=None), name="crew_of_leader"
            )
        ]

    def __str__(self) -> str:
        return self.name
