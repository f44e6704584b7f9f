"""A campaign is drafted, changed, opened, closed and opened again."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from fugong.areas import queries as areas
from fugong.census import facts
from fugong.census.choices import CampaignState
from fugong.census.models import Campaign
from fugong.census.operations.drawing import draw_list
from fugong.census.operations.owing import release_all
from fugong.census.permissions import check_may_run
from fugong.census.queries.scope import condition_of
from fugong.census.rules.calls import may_move
from fugong.census.rules.campaigns import CampaignData, problems_of
from fugong.core.actor import Actor
from fugong.core.clock import local_date
from fugong.core.operation import Operation, operation
from fugong.core.refusals import Conflict, Invalid, NotFound, Sentence


def draft(data: CampaignData, *, actor: Actor, now: datetime) -> Campaign:
    """Keeps a campaign that is not open yet. Raises NotPermitted, Invalid with the fields at fault."""
    with operation("census.draft", actor=actor, now=now) as op:
        columns = _checked(data, actor=actor)
        campaign = Campaign(
            authority_id=actor.authority_id,
            state=CampaignState.DRAFT,
            made_at=now,
            made_by_name=actor.name,
            changed_at=now,
            **columns,
        )
        _save(campaign)
        op.audit(campaign, _said(data))
        return campaign


def edit(
    campaign_id: UUID, data: CampaignData, *, seen_at: datetime, actor: Actor, now: datetime
) -> Campaign:
    """Of an open campaign everything but its code may change; a word that was used stays on the list.

    Locks the row. Raises NotFound, NotPermitted, Invalid, Conflict when somebody else was quicker.
    """
    with operation("census.edit", actor=actor, now=now) as op:
        campaign = locked(campaign_id, actor=actor)
        if campaign.changed_at != seen_at:
            raise Conflict(_("Somebody else has changed this campaign. Load it again."), code="overtaken")
        columns = _checked(data, actor=actor)
        if campaign.state != CampaignState.DRAFT:
            _keeps_what_was_used(campaign, data)
        changes = {
            name: [getattr(campaign, name), value]
            for name, value in columns.items()
            if getattr(campaign, name) != value
        }
        for name, value in columns.items():
            setattr(campaign, name, value)
        campaign.changed_at = now
        _save(campaign)
        op.audit(campaign, changes)
        return campaign


def open_campaign(campaign_id: UUID, *, actor: Actor, now: datetime) -> Campaign:
    """Draws the list: everybody the scope names now. Its duties are owed from now on.

    Locks the row. Raises NotFound, NotPermitted, Conflict when it is not a draft, Invalid when it has ended.
    """
    with operation("census.open", actor=actor, now=now) as op:
        campaign = locked(campaign_id, actor=actor)
        _move(campaign, CampaignState.OPEN, op)
        if campaign.ends_on < local_date(now):
            sentence = _("The last day of this campaign is over. Set a later one.")
            raise Invalid(sentence, code="over", fields={"ends_on": sentence})
        campaign.opened_at, campaign.drawn_at = now, now
        campaign.save(update_fields=["state", "opened_at", "drawn_at", "changed_at"])
        number = draw_list(campaign, op=op).added
        op.audit(campaign, {"state": campaign.state, "listed": number})
        op.fact(facts.CAMPAIGN_OPENED, {"campaign": str(campaign.id)})
        return campaign


def close(campaign_id: UUID, *, actor: Actor, now: datetime) -> Campaign:
    """Nobody is called any more and nobody owes anything; what was found stays. As `open_campaign`."""
    with operation("census.close", actor=actor, now=now) as op:
        campaign = locked(campaign_id, actor=actor)
        _move(campaign, CampaignState.CLOSED, op)
        campaign.closed_at = now
        campaign.save(update_fields=["state", "closed_at", "changed_at"])
        release_all(campaign, op=op)
        op.audit(campaign, {"state": campaign.state})
        op.fact(facts.CAMPAIGN_CLOSED, {"campaign": str(campaign.id)})
        return campaign


def reopen(campaign_id: UUID, *, actor: Actor, now: datetime) -> Campaign:
    """A closed campaign goes on, with those who joined since."""
    with operation("census.reopen", actor=actor, now=now) as op:
        campaign = locked(campaign_id, actor=actor)
        if campaign.state != CampaignState.CLOSED:
            raise Conflict(_("This campaign is not closed."), code="not_closed")
        _move(campaign, CampaignState.OPEN, op)
        campaign.closed_at, campaign.drawn_at = None, now
        campaign.save(update_fields=["state", "closed_at", "drawn_at", "changed_at"])
        draw_list(campaign, op=op)
        op.audit(campaign, {"state": campaign.state})
        op.fact(facts.CAMPAIGN_OPENED, {"campaign": str(campaign.id)})
        return campaign


def locked(campaign_id: UUID, *, actor: Actor) -> Campaign:
    """For whoever may run it. Raises NotFound, NotPermitted."""
    seen = Campaign.objects.visible_to(actor).filter(id=campaign_id).values("id")
    campaign = Campaign.objects.select_for_update().filter(id__in=seen).first()
    if campaign is None:
        raise NotFound()
    if not actor.is_system:
        check_may_run(actor, campaign.area_id)
    return campaign


def _move(campaign: Campaign, to: CampaignState, op: Operation) -> None:
    if not may_move(CampaignState(campaign.state), to):
        message = _("This is not possible: the campaign is now “%(state)s”.")
        raise Conflict(message % {"state": CampaignState(campaign.state).label}, code="campaign_moved_on")
    campaign.state, campaign.changed_at = to, op.now


def _checked(data: CampaignData, *, actor: Actor) -> dict[str, Any]:
    """As columns. Raises Invalid with every field at fault, NotPermitted for ground that is not its own."""
    problems = problems_of(data)
    try:
        condition_of(data.scope)
    except Invalid as invalid:
        problems |= invalid.fields
    area = areas.find_area(data.area_code, actor=actor) if data.area_code else None
    if data.area_code and area is None:
        problems["area_code"] = _("There is no such area.")
    if problems:
        raise Invalid(_("The campaign cannot be kept like this."), code="bad_campaign", fields=problems)
    check_may_run(actor, area.id if area else None)
    return {
        "code": data.code,
        "name_zh": data.name_zh,
        "name_en": data.name_en,
        "scope": data.scope.strip(),
        "area_id": area.id if area else None,
        "script": data.script.strip(),
        "starts_on": data.starts_on,
        "ends_on": data.ends_on,
        "outcome_list": [outcome.as_json() for outcome in data.outcomes],
        "finding_list": [finding.as_json() for finding in data.findings],
    }


def _keeps_what_was_used(campaign: Campaign, data: CampaignData) -> None:
    """Bulletins and the log name these words: taken from the list they would mean nothing."""
    fields: dict[str, Sentence] = {}
    if data.code != campaign.code:
        fields["code"] = _("The code stays once the campaign is open: figures are named by it.")
    for field, before, after in (
        ("outcomes", campaign.outcomes, data.outcomes),
        ("findings", campaign.findings, data.findings),
    ):
        gone = {entry.key for entry in before} - {entry.key for entry in after}
        if gone:
            fields[field] = _("“%(key)s” stays on the list once the campaign is open.") % {"key": min(gone)}
    closing = {outcome.key: outcome.closes for outcome in campaign.outcomes}
    if any(closing.get(outcome.key, outcome.closes) != outcome.closes for outcome in data.outcomes):
        fields["outcomes"] = _("Whether an outcome closes the case stays as it was when the campaign opened.")
    if fields:
        raise Invalid(_("The campaign cannot be kept like this."), code="bad_campaign", fields=fields)


def _save(campaign: Campaign) -> None:
    try:
        with transaction.atomic():
            campaign.save()
    except IntegrityError:
        sentence = _("There is a campaign with this code already.")
        raise Invalid(sentence, code="code_taken", fields={"code": sentence}) from None


def _said(data: CampaignData) -> dict[str, object]:
    return {
        "code": data.code,
        "name": data.name_zh,
        "scope": data.scope,
        "area": data.area_code,
        "ends_on": data.ends_on,
    }
