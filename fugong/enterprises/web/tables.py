"""The register as a table."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fugong.areas import queries as areas
from fugong.core.actor import Actor
from fugong.core.exporting import may_export
from fugong.core.web.tables import BoundTable, Column, Filter, Table
from fugong.enterprises import permissions, queries
from fugong.enterprises.choices import Industry, Kind, SizeClass, StandingState, Tag
from fugong.enterprises.models import Enterprise
from fugong.enterprises.models.enterprises import EnterpriseQuerySet
from fugong.enterprises.web.shown import tag_labels

LEFT = "left"
Choices = Sequence[tuple[str, str | Promise]]


def register_table(request: HttpRequest, actor: Actor) -> BoundTable[Enterprise]:
    """Those in the park, unless those that left are asked for."""
    rows = queries.list_enterprises(actor)
    if LEFT not in request.GET.getlist("presence"):
        rows = rows.present()
    table = Table[Enterprise](
        key="enterprises",
        label=_("Enterprises"),
        columns=COLUMNS,
        filters=_filters(actor),
        default_sort="name",
        search=matching_rows,
        search_label=_("Name, credit code, pinyin or telephone"),
        empty_title=_("No enterprise on the register yet"),
        empty_text=_("Enter one, or import a list."),
    )
    export = reverse("enterprises:export") if may_export(actor) else ""
    return table.bind(rows, request, export_url=export)


def matching_rows(rows: QuerySet[Enterprise], text: str) -> QuerySet[Enterprise]:
    """The search of every table of enterprises."""
    assert isinstance(rows, EnterpriseQuerySet)
    return queries.matching(rows, text)


def _one_of(key: str, label: Promise, choices: Choices, column: str) -> Filter[Enterprise]:
    return Filter(
        key=key,
        label=label,
        choices=choices,
        apply=lambda rows, values: rows.filter(**{f"{column}__in": values}),
    )


COLUMNS: Sequence[Column[Enterprise]] = (
    Column(
        key="name",
        label=_("Name"),
        render="enterprises/parts/name_cell.html",
        sort=("name_pinyin",),
        export=lambda row: row.name,
        heading=True,
    ),
    Column(
        key="code",
        label=_("Unified social credit code"),
        render=lambda row: row.credit_code,
        sort=("credit_code",),
    ),
    Column(key="park", label=_("Park"), render=lambda row: row.area.name, sort=("area__code", "name_pinyin")),
    Column(
        key="size",
        label=_("Size class"),
        render=lambda row: SizeClass(row.size_class).label,
        sort=("size_class", "name_pinyin"),
    ),
    Column(
        key="industry",
        label=_("Industry"),
        render=lambda row: Industry(row.industry).label,
        sort=("industry", "name_pinyin"),
        wide=True,
    ),
    Column(key="tags", label=_("Tags"), render=tag_labels, wide=True),
    Column(
        key="staff",
        label=_("Normal number of staff"),
        render=lambda row: row.normal_staff,
        sort=("normal_staff",),
        number=True,
        wide=True,
    ),
    Column(
        key="standing",
        label=_("Standing"),
        render="enterprises/parts/standing_cell.html",
        sort=("standing__state", "name_pinyin"),
        export=lambda row: StandingState(row.standing.state).label,
    ),
)


def _filters(actor: Actor) -> list[Filter[Enterprise]]:
    reach = actor.reach(permissions.SEE)
    seen = [area for area in areas.list_areas(actor=actor) if reach.covers(area.id)]
    return [
        Filter(
            key="park",
            label=_("Park"),
            choices=[(area.code, area.name) for area in seen],
            # A district stands for all the parks inside it.
            apply=lambda rows, values: rows.filter(
                area_id__in=areas.ids_inside(area.id for area in seen if area.code in values)
            ),
        ),
        _one_of("size_class", _("Size class"), SizeClass.choices, "size_class"),
        _one_of("standing", _("Standing"), StandingState.choices, "standing__state"),
        _one_of("industry", _("Industry"), Industry.choices, "industry"),
        _one_of("kind", _("Kind"), Kind.choices, "kind"),
        Filter(
            key="tag",
            label=_("Tags"),
            choices=Tag.choices,
            apply=lambda rows, values: rows.filter(tags__overlap=values),
        ),
        Filter(
            key="presence",
            label=_("Presence"),
            choices=[(LEFT, _("Left the park"))],
            apply=lambda rows, values: rows.exclude(left_on=None),
        ),
    ]
