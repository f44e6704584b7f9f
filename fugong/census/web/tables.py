"""The cases of a campaign, and the campaigns, as tables."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from fugong.census import queries
from fugong.census.choices import CampaignState, CaseState
from fugong.census.models import Campaign, Case
from fugong.census.models.cases import CaseQuerySet
from fugong.census.web.shown import case_status, status_of
from fugong.core.actor import Actor
from fugong.core.regions import region_name
from fugong.core.web.tables import BoundTable, Column, Filter, Table

NONE = "none"


def campaigns_table(request: HttpRequest, actor: Actor) -> BoundTable[Campaign]:
    table = Table[Campaign](
        key="campaigns",
        label=_("Census campaigns"),
        columns=CAMPAIGNS,
        filters=[
            Filter(
                key="state",
                label=_("Status"),
                choices=CampaignState.choices,
                apply=lambda rows, values: rows.filter(state__in=values),
            )
        ],
        default_sort="-starts",
        empty_title=_("No census yet"),
        empty_text=_("A campaign names people by a condition; each is called, one at a time."),
    )
    return table.bind(queries.list_campaigns(actor), request)


CAMPAIGNS = (
    Column[Campaign](
        key="name",
        label=_p("campaign", "Name"),
        render="census/parts/name_cell.html",
        export=lambda row: row.name,
        heading=True,
    ),
    Column[Campaign](
        key="state",
        label=_("Status"),
        render=lambda row: render_to_string("parts/status.html", {"status": status_of(row)}),
        export=lambda row: status_of(row).label,
    ),
    Column[Campaign](
        key="area",
        label=_("Area"),
        render=lambda row: row.area.name if row.area else _("the whole authority"),
        wide=True,
    ),
    Column[Campaign](
        key="starts",
        label=_("From"),
        render=lambda row: row.starts_on.isoformat(),
        sort=("starts_on", "id"),
        export=lambda row: row.starts_on,
        short=True,
    ),
    Column[Campaign](
        key="ends",
        label=_("Everybody reached by"),
        render=lambda row: row.ends_on.isoformat(),
        export=lambda row: row.ends_on,
        short=True,
    ),
)


def cases_table(
    campaign: Campaign, request: HttpRequest, actor: Actor, *, export_url: str
) -> BoundTable[Case]:
    def search(rows: QuerySet[Case], text: str) -> QuerySet[Case]:
        assert isinstance(rows, CaseQuerySet)
        return queries.matching(rows, text, actor=actor)

    table = Table[Case](
        key="cases",
        label=_("People on the list"),
        columns=_columns(campaign),
        filters=_filters(campaign),
        default_sort="enterprise",
        search=search,
        search_label=_("Name, pinyin, or the whole number"),
        scope=campaign.name,
        empty_title=_("Nobody is on the list"),
        empty_text=_("The condition names nobody whom you may see."),
    )
    return table.bind(queries.list_cases(actor, campaign.id), request, export_url=export_url)


def _columns(campaign: Campaign) -> list[Column[Case]]:
    findings = {finding.key: finding.name for finding in campaign.findings}
    return [
        Column(
            key="name",
            label=_p("person", "Name"),
            render="census/parts/case_cell.html",
            export=lambda row: row.person.name if row.person else row.name,
            heading=True,
        ),
        Column(
            key="enterprise",
            label=_("Enterprise"),
            render=lambda row: row.enterprise.name if row.enterprise else "",
            sort=("enterprise__name_pinyin", "id"),
        ),
        Column(
            key="home",
            label=_("Home region"),
            render=lambda row: (
                region_name(row.person.home_region) if row.person and row.person.home_region else ""
            ),
            wide=True,
        ),
        Column(
            key="outcome",
            label=_("Outcome"),
            render=lambda row: render_to_string("parts/status.html", {"status": case_status(row)}),
            export=lambda row: case_status(row).label,
        ),
        Column(
            key="findings",
            label=_("What was found out"),
            render=lambda row: " · ".join(findings[key] for key in row.findings if key in findings),
        ),
        Column(key="tries", label=_("Calls"), render=lambda row: row.tries, number=True, wide=True),
        Column(
            key="last",
            label=_("Last call"),
            render=lambda row: f"{localtime(row.last_call_at):%m-%d %H:%M}" if row.last_call_at else "",
            sort=("last_call_at", "id"),
            export=lambda row: row.last_call_at,
            short=True,
        ),
    ]


def _filters(campaign: Campaign) -> list[Filter[Case]]:
    outcomes = [(outcome.key, outcome.name) for outcome in campaign.outcomes]
    return [
        Filter(
            key="state",
            label=_("Status"),
            choices=CaseState.choices,
            apply=lambda rows, values: rows.filter(state__in=values),
        ),
        Filter(
            key="outcome",
            label=_("Outcome"),
            choices=[*outcomes, (NONE, _("Not called yet"))],
            apply=lambda rows, values: rows.filter(
                outcome__in=["" if value == NONE else value for value in values]
            ),
        ),
        Filter(
            key="finding",
            label=_("What was found out"),
            choices=[(finding.key, finding.name) for finding in campaign.findings],
            apply=_found,
        ),
    ]


def _found(rows: QuerySet[Case], values: list[str]) -> QuerySet[Case]:
    wanted = Q(pk__in=())
    for value in values:
        wanted |= Q(findings__contains=[value])
    return rows.filter(wanted)
