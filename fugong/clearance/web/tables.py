"""People by level, levels by hand, and appeals, as tables."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from fugong.clearance import queries
from fugong.clearance.choices import AppealState, HandState
from fugong.clearance.models import Appeal, Clearance, HandLevel
from fugong.clearance.queries import LawInForce
from fugong.clearance.web.shown import appeal_clock, appeal_status, hand_status, status_named, status_of
from fugong.core.actor import Actor
from fugong.core.bilingual import in_language
from fugong.core.clock import to_the_minute
from fugong.core.punctuation import listed
from fugong.core.web.parts import Status
from fugong.core.web.tables import BoundTable, Column, Filter, Table
from fugong.people import queries as people
from fugong.playbooks.facts import GroundKind


def people_table(
    request: HttpRequest, actor: Actor, law: LawInForce, *, now: datetime, export_url: str
) -> BoundTable[Clearance]:
    read = queries.reader(now)

    def why(row: Clearance) -> str:
        """What sets the level, or what is missing for the free one."""
        reasons = read(row).reasons
        return listed(each.name for each in reasons if not (each.kind is GroundKind.REQUIREMENT and each.met))

    columns = [
        Column[Clearance](
            key="name",
            label=_p("person", "Name"),
            render="clearance/parts/name_cell.html",
            sort=("person__name_pinyin",),
            export=lambda row: row.person.name,
            heading=True,
        ),
        Column[Clearance](
            key="level",
            label=_p("clearance", "Level"),
            render=lambda row: drawn(status_of(read(row))),
            sort=("level", "since"),
            export=lambda row: status_of(read(row)).label,
        ),
        Column[Clearance](key="why", label=_("Why"), render=why),
        Column[Clearance](
            key="since",
            label=_p("clearance", "Since"),
            render=lambda row: _day(read(row).since),
            sort=("since",),
            export=lambda row: read(row).since,
            short=True,
        ),
        Column[Clearance](
            key="until",
            label=_p("clearance", "Until"),
            render=lambda row: _day(read(row).until),
            sort=("until",),
            export=lambda row: read(row).until,
            short=True,
        ),
        Column[Clearance](
            key="enterprise",
            label=_("Enterprise"),
            render=lambda row: row.person.enterprise.name if row.person.enterprise else "",
            sort=("person__enterprise__name_pinyin", "person__name_pinyin"),
            wide=True,
        ),
    ]
    table = Table[Clearance](
        key="clearances",
        label=_("People by level"),
        columns=columns,
        filters=[_by_level(law, now)],
        default_sort="-since",
        search=_matching,
        search_label=_("Name, pinyin, or the whole number"),
        empty_title=_("Nobody stands at a level yet"),
        empty_text=_("A minute after a file is opened, its level stands here."),
    )
    return table.bind(queries.list_clearances(actor), request, export_url=export_url)


def hands_table(
    request: HttpRequest, actor: Actor, law: LawInForce, *, now: datetime
) -> BoundTable[HandLevel]:
    columns = [
        Column[HandLevel](
            key="name",
            label=_p("person", "Name"),
            render="clearance/parts/hand_cell.html",
            sort=("person__name_pinyin",),
            heading=True,
        ),
        Column[HandLevel](
            key="state",
            label=_("Status"),
            render=lambda row: drawn(hand_status(row, now=now)),
            sort=("state", "proposed_at"),
        ),
        Column[HandLevel](
            key="level",
            label=_p("clearance", "Level"),
            render=lambda row: drawn(status_named(row.level, law.table)),
        ),
        Column[HandLevel](key="reason", label=_("Reason"), render=lambda row: row.reason_label),
        Column[HandLevel](
            key="proposed",
            label=_("Proposed by"),
            render=lambda row: row.proposed_by_name,
            sort=("proposed_at",),
        ),
        Column[HandLevel](
            key="until",
            label=_p("clearance", "Until"),
            render=lambda row: _day(row.expires_at),
            short=True,
            wide=True,
        ),
    ]
    table = Table[HandLevel](
        key="hands",
        label=_("Levels by hand"),
        columns=columns,
        filters=[
            Filter(
                key="state",
                label=_("Status"),
                choices=HandState.choices,
                apply=lambda rows, values: rows.filter(state__in=values),
            )
        ],
        default_sort="-proposed",
        empty_title=_("No level was set by hand"),
        empty_text=_(
            "One is proposed on the page of the person, and holds when somebody else has confirmed it."
        ),
    )
    return table.bind(queries.list_hands(actor), request)


def appeals_table(
    request: HttpRequest, actor: Actor, law: LawInForce, *, now: datetime
) -> BoundTable[Appeal]:
    def clock_cell(row: Appeal) -> str:
        running = appeal_clock(row, now=now)
        return render_to_string("parts/clock.html", {"clock": running}) if running else ""

    columns = [
        Column[Appeal](
            key="name",
            label=_p("person", "Name"),
            render="clearance/parts/appeal_cell.html",
            sort=("person__name_pinyin",),
            heading=True,
        ),
        Column[Appeal](
            key="state",
            label=_("Status"),
            render=lambda row: drawn(appeal_status(row)),
            sort=("state", "due_at"),
        ),
        Column[Appeal](
            key="level",
            label=_("Against the level"),
            render=lambda row: drawn(status_named(row.level, law.table)),
        ),
        Column[Appeal](key="clock", label=_("Clock"), render=clock_cell, sort=("due_at",)),
        Column[Appeal](
            key="made", label=_("Made on"), render=lambda row: _day(row.made_at), sort=("made_at",), wide=True
        ),
    ]
    table = Table[Appeal](
        key="appeals",
        label=_("Appeals"),
        columns=columns,
        filters=[
            Filter(
                key="state",
                label=_("Status"),
                choices=AppealState.choices,
                apply=lambda rows, values: rows.filter(state__in=values),
            )
        ],
        default_sort="-made",
        empty_title=_("No appeal was made"),
        empty_text=_("Whoever is held by a level may appeal on the phone, or the enterprise does it."),
    )
    return table.bind(queries.list_appeals(actor), request)


def drawn(status: Status) -> str:
    return render_to_string("parts/status.html", {"status": status})


def _by_level(law: LawInForce, now: datetime) -> Filter[Clearance]:
    levels = law.table.levels.values() if law.table else ()

    def apply(rows: QuerySet[Clearance], values: list[str]) -> QuerySet[Clearance]:
        lapsed = Q(until__lte=now)
        return rows.filter((Q(level__in=values) & ~lapsed) | (Q(lapses_to__in=values) & lapsed))

    choices = [(each.id, in_language(each.name.zh, each.name.en)) for each in levels]
    return Filter(key="level", label=_p("clearance", "Level"), choices=choices, apply=apply)


def _matching(rows: QuerySet[Clearance], text: str) -> QuerySet[Clearance]:
    found = people.matching(people.every_person(), text)
    return rows.filter(person_id__in=found.values("id"))


def _day(at: datetime | None) -> str:
    return to_the_minute(at)
