"""The figures of a census, recomputed from its list and its log of calls."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fugong.census.choices import CallKind
from fugong.census.models import Call, Campaign, Case
from fugong.core.figures import Computed, FigureDefinition, FigureQuery, Grade, Kind
from fugong.core.figures.proof import RowRef, row_ref

LISTED: Final = "census.listed"
BY_OUTCOME: Final = "census.by_outcome"
BY_GROUP: Final = "census.by_group"
BY_FINDING: Final = "census.by_finding"
CAMPAIGN: Final = "campaign"


class UnknownScope(ValueError):
    """A figure was asked for by an attribute it does not know, or without the one it needs."""


class NoCampaign(UnknownScope):
    """Nobody has made a campaign of this code yet."""


def compute_listed(query: FigureQuery) -> Computed:
    campaign = _campaign(query)
    rows = Case.objects.filter(
        authority_id=query.authority_id,
        campaign=campaign,
        drawn_at__lte=query.as_of,
        recorded_at__lte=query.known_at,
    )
    if query.areas is not None:
        rows = rows.filter(area_id__in=query.areas)
    refs = tuple(
        row_ref(Case._meta.label, id_, {"campaign": str(campaign.id), "person": str(person), "drawn_at": at})
        for id_, person, at in rows.order_by("id").values_list("id", "person_id", "drawn_at")
    )
    return Computed(value=len(refs), rows=refs)


def compute_by_outcome(query: FigureQuery) -> Computed:
    campaign, outcome = _campaign(query, "outcome"), query.scope["outcome"]
    if outcome not in campaign.outcome_of:
        raise UnknownScope(f"{campaign.code} has no outcome {outcome}")
    return _counted(query, campaign, lambda call: call.outcome == outcome)


def compute_by_group(query: FigureQuery) -> Computed:
    campaign, group = _campaign(query, "group"), query.scope["group"]
    keys = {outcome.key for outcome in campaign.outcomes if outcome.group == group}
    if not keys:
        raise UnknownScope(f"{campaign.code} has no outcome of the group {group}")
    return _counted(query, campaign, lambda call: call.outcome in keys)


def compute_by_finding(query: FigureQuery) -> Computed:
    campaign, finding = _campaign(query, "finding"), query.scope["finding"]
    if finding not in {each.key for each in campaign.findings}:
        raise UnknownScope(f"{campaign.code} has no finding {finding}")
    return _counted(query, campaign, lambda call: finding in call.findings)


def _campaign(query: FigureQuery, *needs: str) -> Campaign:
    wanted = {CAMPAIGN, *needs}
    if set(query.scope) != wanted:
        raise UnknownScope(f"a census figure is asked for by {', '.join(sorted(wanted))}")
    found = Campaign.objects.filter(authority_id=query.authority_id, code=query.scope[CAMPAIGN]).first()
    if found is None:
        raise NoCampaign(f"there is no census campaign {query.scope[CAMPAIGN]}")
    return found


def _if_made(compute: Callable[[FigureQuery], Computed]) -> Callable[[FigureQuery], Computed]:
    """A playbook may name a campaign before anybody has made it: then nothing is recorded."""

    def computed(query: FigureQuery) -> Computed:
        try:
            return compute(query)
        except NoCampaign:
            return Computed(value=None)

    return computed


def _counted(query: FigureQuery, campaign: Campaign, counts: Callable[[Call], bool]) -> Computed:
    """One row for each case: the latest call that stood then, by what was known then."""
    rows = tuple(_row(call) for call in _standing(query, campaign) if counts(call))
    return Computed(value=len(rows), rows=rows)


def _standing(query: FigureQuery, campaign: Campaign) -> QuerySet[Call]:
    known = Call.objects.filter(
        authority_id=query.authority_id, at__lte=query.as_of, recorded_at__lte=query.known_at
    )
    undone = known.filter(kind=CallKind.UNDO, replaces=OuterRef("id"))
    calls = known.filter(campaign=campaign, kind=CallKind.CALL).filter(~Exists(undone))
    if query.areas is not None:
        calls = calls.filter(case__area_id__in=query.areas)
    return calls.order_by("case", "-at", "-id").distinct("case")


def _row(call: Call) -> RowRef:
    counted = {
        "case": str(call.case_id),
        "outcome": call.outcome,
        "findings": list(call.findings),
        "at": call.at,
        "recorded_at": call.recorded_at,
    }
    return row_ref(Call._meta.label, call.id, counted)


def _definition(
    key: str, label: Promise, definition: Promise, compute: Callable[[FigureQuery], Computed]
) -> FigureDefinition:
    return FigureDefinition(
        key=key,
        label=label,
        definition=definition,
        unit="person",
        kind=Kind.CUMULATIVE,
        grade=Grade.DECLARED,
        compute=_if_made(compute),
    )


_LATEST = _(
    "Of each person the latest call that was not taken back counts, as it was known then. A person may bear "
    "several findings: these figures overlap, and nothing is left over between them."
)
FIGURES: Final = (
    _definition(
        LISTED,
        _("People on the list of a census"),
        _("Everybody the campaign's condition had named by then, and those an enterprise gave by name."),
        compute_listed,
    ),
    _definition(BY_OUTCOME, _("People by the outcome of the last call"), _LATEST, compute_by_outcome),
    _definition(BY_GROUP, _("People by a group of outcomes"), _LATEST, compute_by_group),
    _definition(BY_FINDING, _("People of whom something was found out"), _LATEST, compute_by_finding),
)
