"""The campaign."""

from __future__ import annotations

from functools import cached_property
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fugong.census.choices import RUN, SEE, CampaignState
from fugong.census.rules.campaigns import Finding, Outcome
from fugong.core.actor import Actor
from fugong.core.bilingual import in_language
from fugong.core.tenancy import TenantModel, indexed_otherwise


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def visible_to(self, actor: Actor) -> Self:
        """A draft is only for those who make campaigns. Whose cases somebody sees is asked of the cases."""
        ours = self.filter(authority_id=actor.authority_id)
        if actor.is_system or actor.may(RUN):
            return ours
        return ours.exclude(state=CampaignState.DRAFT) if actor.may(SEE) else ours.none()


class Campaign(TenantModel):
    """Everybody a condition names is to be reached by a day. `scope` is CEL over the facts of a person.

    `code` is what figures and bulletins name it by. Outcomes and findings are its own closed lists.
    """

    authority = indexed_otherwise()
    code = models.CharField(max_length=31)
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    scope = models.TextField()
    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+", null=True)
    script = models.TextField(blank=True, default="")
    outcome_list = models.JSONField(default=list)
    finding_list = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=CampaignState.choices)
    starts_on = models.DateField()
    ends_on = models.DateField()
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=200, blank=True)
    opened_at = models.DateTimeField(null=True)
    drawn_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("census campaign")
        verbose_name_plural = _("census campaigns")
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "code"],
                name="campaign_code_once",
                violation_error_message=_("There is a campaign with this code already."),
            ),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="campaign_forward"),
            models.CheckConstraint(
                condition=Q(state__in=CampaignState.values), name="campaign_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state=CampaignState.DRAFT, opened_at__isnull=True)
                | (~Q(state=CampaignState.DRAFT) & Q(opened_at__isnull=False)),
                name="campaign_opened_has_a_time",
            ),
        ]
        indexes = [models.Index(fields=["authority", "-starts_on", "id"], name="campaign_newest")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return in_language(self.name_zh, self.name_en)

    @cached_property
    def outcomes(self) -> tuple[Outcome, ...]:
        return tuple(Outcome.from_json(kept) for kept in self.outcome_list)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(Finding(**kept) for kept in self.finding_list)

    @property
    def outcome_of(self) -> dict[str, Outcome]:
        return {outcome.key: outcome for outcome in self.outcomes}
