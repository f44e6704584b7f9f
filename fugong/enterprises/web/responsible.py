"""Who answers for an enterprise, as a section of its page and as a table of all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from fugong.accounts import queries as accounts
from fugong.accounts.choices import ENTERPRISE
from fugong.core.actor import Actor
from fugong.core.clock import local_date
from fugong.core.exporting import may_export
from fugong.core.icons import draw
from fugong.core.punctuation import labelled, listed
from fugong.core.web.parts import KeyFigure, Status, Tone
from fugong.core.web.tables import BoundTable, Column, Filter, Table
from fugong.enterprises import permissions
from fugong.enterprises.choices import SizeClass
from fugong.enterprises.models import Enterprise
from fugong.enterprises.queries.responsibility import Asked, coverage, holders_of, rules_on
from fugong.enterprises.web.tables import matching_rows

MISSING, SEVERAL = "missing", "several"
LOADS_SHOWN = 100


def section(actor: Actor, enterprise: Enterprise, now: datetime) -> Mapping[str, object] | None:
    """Who answers for it now, who did, and what the playbook asks for and nobody holds."""
    if not actor.may(permissions.SEE_RESPONSIBILITY):
        return None
    on = local_date(now)
    known = accounts.list_about(ENTERPRISE, enterprise.id, actor=actor)
    current = [row for row in known if row.starts_on <= on and (row.ends_on is None or on < row.ends_on)]
    cover = rules_on(on).cover(enterprise, current)
    return {
        "current": current,
        "others": [row for row in known if row not in current],
        "marks": [*map(_missing, cover.missing), *map(_several, cover.several)],
        "may_assign": permissions.may_assign(actor, enterprise.area_id) and enterprise.left_on is None,
    }


def _missing(kind: Asked) -> Status:
    return Status(_("Nobody: %(kind)s") % {"kind": kind.label}, Tone.BAD, "alert-triangle")


def _several(kind: Asked) -> Status:
    tone = Tone.WARNING if kind.doubles_count else Tone.NEUTRAL
    return Status(_("Several: %(kind)s") % {"kind": kind.label}, tone, "users")


class ResponsibilityPage:
    """Everything the page shows: the numbers, the table, and how much each person carries."""

    def __init__(self, actor: Actor, *, now: datetime) -> None:
        self.actor = actor
        self.now = now
        self.on = local_date(now)
        self.rules = rules_on(self.on)
        self.labels = {kind.key: kind.label for kind in self.rules.kinds}
        self.coverage = coverage(actor, self.rules, on=self.on)
        self.loads = accounts.list_loads(ENTERPRISE, on=self.on, actor=actor)

    @property
    def figures(self) -> list[KeyFigure]:
        found = self.coverage.count()
        tone = Tone.BAD if found["missing"] else Tone.GOOD
        return [
            KeyFigure(_("Enterprises in the park"), str(found["present"]), as_of=self.now),
            KeyFigure(_("Nobody answers"), str(found["missing"]), as_of=self.now, tone=tone),
            KeyFigure(_("Several answer"), str(found["several"]), as_of=self.now),
        ]

    @property
    def carried(self) -> list[dict[str, object]]:
        """The heaviest loads first; who carries more than others is seen at once."""
        return [
            {
                "name": load.user.name,
                "kind": self.labels.get(load.kind, load.kind),
                "number": load.subjects,
                "user_id": load.user.id,
            }
            for load in self.loads[:LOADS_SHOWN]
        ]

    def table(self, request: HttpRequest) -> BoundTable[Enterprise]:
        table = Table[Enterprise](
            key="responsibility",
            label=_("Who answers for whom"),
            columns=self._columns(),
            filters=[self._by_cover(), self._by_size(), self._by_person()],
            default_sort="name",
            search=matching_rows,
            search_label=_("Name, credit code, pinyin or telephone"),
        )
        export = reverse("enterprises:export_responsibility") if may_export(self.actor) else ""
        return table.bind(self.coverage.rows, request, export_url=export)

    def _columns(self) -> list[Column[Enterprise]]:
        return [
            Column(
                key="name",
                label=_("Name"),
                render="enterprises/parts/name_cell.html",
                sort=("name_pinyin",),
                export=lambda row: row.name,
                heading=True,
            ),
            Column(
                key="park",
                label=_("Park"),
                render=lambda row: row.area.name,
                sort=("area__code", "name_pinyin"),
            ),
            Column(key="size", label=_("Size class"), render=lambda row: SizeClass(row.size_class).label),
            Column(
                key="answers",
                label=_("Answers for it"),
                render=self._holders,
                export=lambda row: listed(self._held(row)),
            ),
            Column(
                key="amiss",
                label=_("To be seen to"),
                render=self._marks,
                export=lambda row: listed(mark.label for mark in self._amiss(row)),
            ),
        ]

    def _holders(self, enterprise: Enterprise) -> SafeString:
        return format_html_join("", "<div>{}</div>", ((line,) for line in self._held(enterprise)))

    def _held(self, enterprise: Enterprise) -> list[str]:
        return [labelled(each.kind_name, each.person) for each in holders_of(enterprise)]

    def _marks(self, enterprise: Enterprise) -> SafeString:
        drawn = ((mark.tone, draw(mark.icon), mark.label) for mark in self._amiss(enterprise))
        return format_html_join(" ", '<span class="state tone-{}">{}{}</span>', drawn)

    def _amiss(self, enterprise: Enterprise) -> list[Status]:
        cover = self.rules.cover(enterprise, holders_of(enterprise))
        return [*map(_missing, cover.missing), *map(_several, cover.several)]

    def _by_cover(self) -> Filter[Enterprise]:
        def apply(rows: QuerySet[Enterprise], values: list[str]) -> QuerySet[Enterprise]:
            amiss = {MISSING: self.coverage.missing, SEVERAL: self.coverage.several}
            return rows.filter(reduce(or_, (amiss[value] for value in values)))

        choices = [(MISSING, _("Nobody answers")), (SEVERAL, _("Several answer"))]
        return Filter(key="cover", label=_("Cover"), choices=choices, apply=apply)

    def _by_size(self) -> Filter[Enterprise]:
        return Filter(
            key="size_class",
            label=_("Size class"),
            choices=SizeClass.choices,
            apply=lambda rows, values: rows.filter(size_class__in=values),
        )

    def _by_person(self) -> Filter[Enterprise]:
        def apply(rows: QuerySet[Enterprise], values: list[str]) -> QuerySet[Enterprise]:
            return rows.filter(self.coverage.held_by(values))

        people = {str(load.user.id): load.user.name for load in self.loads}
        choices = sorted(people.items(), key=lambda person: person[1])
        return Filter(key="person", label=_("Responsible person"), choices=choices, apply=apply)
