"""One person on the list of a campaign."""

from __future__ import annotations

from datetime import datetime
from typing import Self
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fugong.census.choices import CALL, RUN, SEE, CampaignState, CaseState
from fugong.census.models.campaigns import Campaign
from fugong.core.actor import Actor
from fugong.core.sealed import SealedField, SearchHashField
from fugong.core.tenancy import TenantModel, indexed_otherwise
from fugong.people.choices import DATA_CLASS

OPEN = Q(state=CaseState.OPEN)


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of its areas, its enterprises and its care; of people employed nowhere, who sees all."""
        ours = self.filter(authority_id=actor.authority_id)
        reach = actor.reach(SEE, RUN, CALL)
        if reach.everywhere:
            return ours
        near = actor.enterprises | actor.cared_for
        return ours.filter(Q(area_id__in=reach.areas) | Q(enterprise_id__in=near))

    def open(self) -> Self:
        return self.filter(OPEN, campaign__state=CampaignState.OPEN)

    def free_for(self, user_id: UUID | None, *, now: datetime) -> Self:
        mine = Q(held_by=user_id) if user_id else Q()
        return self.filter(Q(held_by=None) | Q(held_until__lte=now) | mine)


class Case(TenantModel):
    """Somebody to be reached in one campaign, and how far that has come.

    `person` is empty while there is no file: then `name` and the sealed `phone` are what an enterprise gave.
    `enterprise` and `area` are where the person worked when the list was last drawn: whose case it is.
    """

    authority = indexed_otherwise()
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    name = models.CharField(max_length=60, blank=True)
    phone = SealedField(_("telephone"), blank=True, data_class=DATA_CLASS)
    phone_hash = SearchHashField(source="phone", normalise="phone")
    enterprise = models.ForeignKey(
        "enterprises.Enterprise", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    area = models.ForeignKey(
        "areas.Area", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    state = models.CharField(max_length=8, choices=CaseState.choices, default=CaseState.OPEN)
    outcome = models.CharField(max_length=31, blank=True, default="")
    findings = ArrayField(models.CharField(max_length=31), default=list)
    tries = models.PositiveSmallIntegerField(default=0)
    last_call_at = models.DateTimeField(null=True)
    next_call_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    held_by = models.UUIDField(null=True)
    held_by_name = models.CharField(max_length=200, blank=True, default="")
    held_until = models.DateTimeField(null=True)
    drawn_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("census case")
        verbose_name_plural = _("census cases")
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "campaign", "person"],
                condition=Q(person__isnull=False),
                name="case_person_once",
                violation_error_message=_("This person is on the list already."),
            ),
            models.UniqueConstraint(
                fields=["authority", "campaign", "phone_hash"],
                condition=Q(person__isnull=True),
                name="case_number_once",
                violation_error_message=_("This number is on the list already."),
            ),
            models.CheckConstraint(condition=Q(person__isnull=False) | ~Q(name=""), name="case_is_somebody"),
            models.CheckConstraint(
                condition=Q(state=CaseState.CLOSED, closed_at__isnull=False, next_call_at__isnull=True)
                | Q(state=CaseState.OPEN, closed_at__isnull=True),
                name="case_closed_has_a_time",
            ),
        ]
        indexes = [
            models.Index(
                F("authority"),
                F("campaign"),
                F("last_call_at").asc(nulls_first=True),
                F("id"),
                condition=OPEN & Q(next_call_at=None),
                name="case_least_tried",
            ),
            models.Index(
                fields=["authority", "campaign", "next_call_at"], condition=OPEN, name="case_next_call"
            ),
            models.Index(fields=["authority", "campaign", "enterprise", "state"], name="case_of_enterprise"),
            models.Index(fields=["authority", "campaign", "outcome", "state"], name="case_by_outcome"),
            models.Index(fields=["authority", "person"], name="case_of_person"),
            models.Index(
                fields=["authority", "held_by"], condition=Q(held_by__isnull=False), name="case_held"
            ),
        ]
