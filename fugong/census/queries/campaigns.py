"""Campaigns as a person may see them."""

from __future__ import annotations

from uuid import UUID

from fugong.census.models import Campaign
from fugong.census.models.campaigns import CampaignQuerySet
from fugong.core.actor import Actor
from fugong.core.refusals import NotFound


def list_campaigns(actor: Actor) -> CampaignQuerySet:
    return Campaign.objects.visible_to(actor).select_related("area").order_by("-starts_on", "id")


def get_campaign(campaign_id: UUID, *, actor: Actor) -> Campaign:
    found = list_campaigns(actor).filter(id=campaign_id).first()
    if found is None:
        raise NotFound()
    return found
