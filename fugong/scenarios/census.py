"""A census in a story: opened by the committee, worked by the contacts of the enterprises."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from fugong.census import operations as census
from fugong.census import queries
from fugong.core.actor import Actor
from fugong.scenarios.reading import Act, ScenarioBroken

APART: Final = timedelta(minutes=3)


def open_census(said: Mapping[str, Any], *, actor: Actor, act: Act) -> UUID:
    data = census.CampaignData(
        code=said["code"],
        name_zh=said["name"]["zh"],
        name_en=said["name"]["en"],
        scope=said["scope"],
        script=said["script"],
        starts_on=said["starts_on"],
        ends_on=said["ends_on"],
        outcomes=tuple(
            census.Outcome(**{**outcome, "sets": tuple(outcome.get("sets", ()))})
            for outcome in said["outcomes"]
        ),
        findings=tuple(census.Finding(**finding) for finding in said["findings"]),
    )
    campaign = census.draft(data, actor=actor, now=act.at)
    census.open_campaign(campaign.id, actor=actor, now=act.at)
    return campaign.id


def call_everybody(campaign_id: UUID, *, actor: Actor, act: Act) -> None:
    """One after the other; the story has as many findings as the enterprise has people on the list."""
    outcome, found = act.detail["outcome"], act.detail["findings"].split(",")
    cases = list(queries.list_cases(actor, campaign_id).values_list("id", flat=True))
    if len(cases) != len(found):
        raise ScenarioBroken(f"{act.source}: {len(found)} people were expected, the list has {len(cases)}")
    for number, (case_id, findings) in enumerate(zip(cases, found, strict=True)):
        keys = tuple(key for key in findings.split("+") if key)
        call = census.CallData(outcome=outcome, findings=keys)
        census.record_call(case_id, call, actor=actor, now=act.at + number * APART)
