"""Made-up campaigns for the tests of the census."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from fugong.census import operations
from fugong.census.choices import PERMISSIONS
from fugong.census.models import Campaign, Case
from fugong.census.operations import CallData, CampaignData, Finding, Outcome
from fugong.core.actor import Actor
from fugong.people.permissions import PERMISSIONS as OF_PEOPLE
from tests.accounts import making as accounts
from tests.people.making import NOW, registered

HUBEI = "420106"
OUTCOMES = (
    Outcome("reached", "已联系上", "Reached", closes=True, group="done", sets=("traced",)),
    Outcome("no_answer", "无人接听", "No answer", again_after=1, group="trying"),
    Outcome("refused", "拒绝答复", "Refused"),
)
FINDINGS = (
    Finding("traced", "已摸排", "Traced"),
    Finding("in_zone", "在区", "In the zone"),
    Finding("returned", "已返粤", "Returned to Guangdong"),
    Finding("stayed", "留守", "Stayed"),
)
PLAIN = CampaignData(
    code="hubei",
    name_zh="湖北籍员工摸排",
    name_en="Staff from Hubei",
    scope='home_province == "420000"',
    starts_on=date(2022, 4, 20),
    ends_on=date(2022, 5, 10),
    script="请问您现在在哪里？",
    outcomes=OUTCOMES,
    findings=FINDINGS,
)


def data(**changes: Any) -> CampaignData:
    return replace(PLAIN, **changes)


def _user_of(authority: Any, name: str) -> Any:
    return accounts.user(authority, name=name, password=None).id


def runner(authority: Any) -> Actor:
    """Who runs campaigns of the whole authority."""
    held = frozenset(PERMISSIONS) | frozenset(OF_PEOPLE) | {"enterprises.see", "exports.make"}
    return Actor(_user_of(authority, "Rui"), authority.id, "Rui", held, all_areas=True)


def caller(enterprise: Any, name: str = "Bo") -> Actor:
    held = frozenset(
        {"census.see", "census.call", "people.call", "people.see", "people.register", "enterprises.see"}
    )
    user_id = _user_of(enterprise.authority, name)
    return Actor(user_id, enterprise.authority_id, name, held, enterprises=frozenset({enterprise.id}))


def keeper(area: Any) -> Actor:
    """Who runs campaigns of one park."""
    held = frozenset(PERMISSIONS) | frozenset(OF_PEOPLE) | {"enterprises.see"}
    return Actor(_user_of(area.authority, "Ann"), area.authority_id, "Ann", held, areas=frozenset({area.id}))


def drafted(actor: Actor, **changes: Any) -> Campaign:
    return operations.draft(data(**changes), actor=actor, now=NOW)


def opened(actor: Actor, **changes: Any) -> Campaign:
    campaign = drafted(actor, **changes)
    return operations.open_campaign(campaign.id, actor=actor, now=NOW)


def from_hubei(enterprise: Any, number: int = 1, **changes: Any) -> list[Any]:
    return [registered(enterprise, home_region=HUBEI, **changes) for _ in range(number)]


def called(case: Case, actor: Actor, outcome: str = "reached", *, now: datetime = NOW, **said: Any) -> Any:
    said = {"findings": (), "note": "", **said}
    return operations.record_call(case.id, CallData(outcome=outcome, **said), actor=actor, now=now)
