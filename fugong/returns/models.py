"""Planned returns."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.finding import CODE_POINTS
from fugong.core.tenancy import TenantModel, indexed_otherwise
from fugong.people.choices import Transport
from fugong.returns.choices import OPEN, SEE, Lodging, Outcome, Place, State


class PlannedReturnQuerySet(models.QuerySet["PlannedReturn"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of its areas, its enterprises and its care."""
        ours = self.filter(authority_id=actor.authority_id)
        reach = actor.reach(SEE)
        if reach.everywhere:
            return ours
        near = actor.enterprises | actor.cared_for
        return ours.filter(Q(area_id__in=reach.areas) | Q(enterprise_id__in=near))

    def open(self) -> Self:
        return self.filter(state__in=OPEN)


class PlannedReturn(TenantModel):
    """Somebody comes back on a day. The decision is kept whole in the decisions; here is what it says now.

    `apart_from` to `apart_until` (the first day free) are the days kept apart, planned or, once arrived, due.
    `changed_at` is when a later decision said something else than the one before.
    """

    authority = indexed_otherwise()
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    enterprise = models.ForeignKey(
        "enterprises.Enterprise", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+", db_index=False)
    arrives_on = models.DateField()
    from_region = models.CharField(max_length=6, db_collation=CODE_POINTS)
    transport = models.CharField(max_length=10, choices=Transport.choices, blank=True)
    number = models.CharField(max_length=40, blank=True)
    lodging = models.CharField(max_length=10, choices=Lodging.choices)
    address = models.CharField(max_length=200, blank=True)
    room = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=12, choices=State.choices)
    outcome = models.CharField(max_length=16, choices=Outcome.choices)
    playbook_version = models.ForeignKey(
        "playbooks.PlaybookVersion", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    apart_days = models.PositiveSmallIntegerField(default=0)
    apart_place = models.CharField(max_length=12, choices=Place.choices, blank=True, default="")
    apart_from = models.DateField(null=True)
    apart_until = models.DateField(null=True)
    decided_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True)
    planned_at = models.DateTimeField()
    planned_by = models.UUIDField(null=True)
    planned_by_name = models.CharField(max_length=200, blank=True)
    arrived_on = models.DateField(null=True)
    arrived_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=300, blank=True, default="")

    objects = PlannedReturnQuerySet.as_manager()

    class Meta:
        verbose_name = _("planned return")
        verbose_name_plural = _("planned returns")
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "person"],
                condition=Q(state__in=OPEN),
                name="return_open_once",
                violation_error_message=_("A return of this person is planned already."),
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="return_state_is_known"),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="return_outcome_is_known"),
            models.CheckConstraint(
                condition=Q(state=State.ARRIVED, arrived_on__isnull=False, arrived_at__isnull=False)
                | ~Q(state=State.ARRIVED) & Q(arrived_on__isnull=True, arrived_at__isnull=True),
                name="return_arrived_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state=State.PLANNED) & ~Q(outcome=Outcome.NOT_YET)
                | Q(state=State.NOT_ALLOWED, outcome=Outcome.NOT_YET)
                | Q(state__in=[State.ARRIVED, State.CANCELLED]),
                name="return_state_follows_outcome",
            ),
            models.CheckConstraint(
                condition=Q(apart_days=0, apart_place="", apart_from__isnull=True, apart_until__isnull=True)
                | Q(apart_days__gt=0, apart_from__isnull=False, apart_until__gt=F("apart_from"))
                & ~Q(apart_place=""),
                name="return_apart_is_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["authority", "arrives_on", "id"], name="return_by_day"),
            models.Index(fields=["authority", "enterprise", "arrives_on"], name="return_of_enterprise"),
            models.Index(fields=["authority", "person", "-planned_at"], name="return_of_person"),
            models.Index(
                fields=["authority", "apart_until"],
                condition=Q(apart_until__isnull=False),
                name="return_apart",
            ),
            models.Index(
                fields=["authority", "playbook_version"],
                condition=Q(state__in=OPEN),
                name="return_decided_by",
            ),
        ]
