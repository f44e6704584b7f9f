"""Campaigns and cases as the pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fugong.census import permissions
from fugong.census.choices import CallKind, CampaignState, CaseState
from fugong.census.models import Call, Campaign, Case
from fugong.census.queries import Shown, Totals
from fugong.census.rules.campaigns import Outcome
from fugong.core.actor import Actor
from fugong.core.clock import to_the_minute
from fugong.core.punctuation import listed
from fugong.core.regions import region_name
from fugong.core.web.parts import Status, Step, Term, Tone

CAMPAIGN_TONES = {
    CampaignState.DRAFT: (Tone.NEUTRAL, "pencil"),
    CampaignState.OPEN: (Tone.WAITING, "phone"),
    CampaignState.CLOSED: (Tone.GOOD, "circle-check"),
}
GROUPS = {
    "done": gettext_lazy("Done"),
    "trying": gettext_lazy("Still trying"),
    "number": gettext_lazy("Number to be found"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the totals. `filter` narrows the list of cases to it."""

    label: str
    number: int
    filter: str = ""


@dataclass(frozen=True, slots=True)
class Button:
    """One outcome as a button of the work page; `key` is pressed with the browser's access key."""

    outcome: Outcome
    shortcut: str
    hint: str


def status_of(campaign: Campaign) -> Status:
    state = CampaignState(campaign.state)
    tone, icon = CAMPAIGN_TONES[state]
    return Status(state.label, tone, icon)


def case_status(case: Case) -> Status:
    """The latest outcome says more than “closed”."""
    outcome = case.campaign.outcome_of.get(case.outcome)
    if outcome is None:
        return Status(_("Not called yet"), Tone.NEUTRAL, "phone")
    if case.state == CaseState.CLOSED:
        return Status(outcome.name, Tone.GOOD, "circle-check")
    return Status(outcome.name, Tone.WAITING, "hourglass")


def campaign_terms(campaign: Campaign) -> list[Term]:
    area = campaign.area.name if campaign.area else _("the whole authority")
    return [
        Term(_("Whom it names"), campaign.scope),
        Term(_("Area"), area),
        Term(_("Period"), f"{campaign.starts_on:%Y-%m-%d} – {campaign.ends_on:%Y-%m-%d}"),
        Term(_("Code"), campaign.code),
        Term(_("List drawn"), to_the_minute(campaign.drawn_at)),
    ]


def outcome_lines(campaign: Campaign, totals: Totals) -> list[Line]:
    lines = [
        Line(outcome.name, totals.by_outcome.get(outcome.key, 0), f"outcome={outcome.key}")
        for outcome in campaign.outcomes
    ]
    return [*lines, Line(_("Not called yet"), totals.untried, "outcome=none")]


def finding_lines(campaign: Campaign, totals: Totals) -> list[Line]:
    return [
        Line(finding.name, totals.by_finding.get(finding.key, 0), f"finding={finding.key}")
        for finding in campaign.findings
    ]


def group_lines(totals: Totals) -> list[Line]:
    return [Line(str(GROUPS.get(key, key)), number) for key, number in totals.by_group.items()]


def case_terms(case: Case, shown: Shown) -> list[Term]:
    home = region_name(shown.home_region) if shown.home_region else ""
    found = [
        Term(_("Enterprise"), case.enterprise.name if case.enterprise else ""),
        Term(_("Home region"), home),
        Term(_("Present lodging"), shown.lodging),
        Term(_("Calls so far"), case.tries or ""),
        Term(_("Next call"), to_the_minute(case.next_call_at)),
    ]
    return [term for term in found if term.value != ""]


def log_of(campaign: Campaign, calls: Iterable[Call]) -> list[Step]:
    """The latest first. What was taken back is marked."""
    rows = list(calls)
    undone = {call.replaces_id for call in rows if call.kind == CallKind.UNDO}
    return [_step(campaign, call, is_undone=call.id in undone) for call in reversed(rows)]


def _step(campaign: Campaign, call: Call, *, is_undone: bool) -> Step:
    outcome, name = campaign.outcome_of.get(call.outcome), outcome_name(call)
    if call.kind == CallKind.UNDO:
        title, tone, icon = _("Taken back: %(outcome)s") % {"outcome": name}, Tone.WARNING, "arrow-back-up"
    elif is_undone:
        title, tone, icon = _("%(outcome)s (taken back)") % {"outcome": name}, Tone.NEUTRAL, "phone"
    else:
        title, tone, icon = name, Tone.GOOD if outcome and outcome.closes else Tone.WAITING, "phone"
    return Step(title=title, at=call.at, by=call.by_name, note=said_of(campaign, call), tone=tone, icon=icon)


def outcome_name(call: Call) -> str:
    outcome = call.campaign.outcome_of.get(call.outcome)
    return str(outcome.name) if outcome else call.outcome


def said_of(campaign: Campaign, call: Call) -> str:
    parts = [finding.name for finding in campaign.findings if finding.key in call.findings]
    if call.note:
        parts.append(call.note)
    if call.next_call_at:
        parts.append(_("next call %(moment)s") % {"moment": f"{localtime(call.next_call_at):%m-%d %H:%M}"})
    return listed(parts)


def buttons_of(campaign: Campaign) -> list[Button]:
    return [
        Button(outcome, str(number) if number < 10 else "", _hint(outcome))
        for number, outcome in enumerate(campaign.outcomes, start=1)
    ]


def _hint(outcome: Outcome) -> str:
    if outcome.closes:
        return _("closes the case")
    if outcome.again_after is None:
        return _("stays on the list")
    if outcome.again_after == 0:
        return _("again today")
    return _("again after %(days)s days") % {"days": outcome.again_after}


def ways_of(campaign: Campaign, actor: Actor) -> dict[str, bool]:
    runs = permissions.may_run(actor, campaign.area_id)
    is_open = campaign.state == CampaignState.OPEN
    return {
        "edit": runs,
        "open": runs and campaign.state == CampaignState.DRAFT,
        "close": runs and is_open,
        "reopen": runs and campaign.state == CampaignState.CLOSED,
        "draw": runs and is_open,
        "call": is_open and actor.may(permissions.CALL),
    }


def is_mine(case: Case, actor: Actor, *, now: datetime) -> bool:
    return case.held_by == actor.user_id and case.held_until is not None and case.held_until > now
