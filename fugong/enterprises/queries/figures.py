"""The figures of the register: enterprises in scope, how many of them have resumed, and the rate."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fugong.core.figures import EXACT, Computed, FigureDefinition, FigureQuery, Grade, RoundingRule
from fugong.core.figures import Kind as FigureKind
from fugong.core.figures.proof import RowRef, row_ref
from fugong.enterprises.choices import Kind, SizeClass, StandingState
from fugong.enterprises.models import Enterprise
from fugong.enterprises.queries.standing import StandingAt, standing_as_of

IN_SCOPE: Final = "enterprises.in_scope"
RESUMED: Final = "enterprises.resumed"
RATE: Final = "enterprises.resumption_rate"
ABOVE: Final = "enterprises.above_size"
ONE_DECIMAL: Final = RoundingRule(digits=1)
SCOPES: Final = frozenset({"size_class", "industry", "kind"})

Compute = Callable[[FigureQuery], Computed]


class UnknownScope(ValueError):
    """A figure was asked for by an attribute that the register does not narrow by."""


def rows_of(query: FigureQuery) -> list[StandingAt]:
    """The enterprises a figure is about: enterprises proper, unless the scope names another kind."""
    unknown = set(query.scope) - SCOPES
    if unknown:
        raise UnknownScope(f"enterprises are not narrowed by {', '.join(sorted(unknown))}")
    wanted = {"kind": Kind.ENTERPRISE.value, **query.scope}
    rows = standing_as_of(query.authority_id, as_of=query.as_of, known_at=query.known_at)
    return [
        row
        for row in rows
        if all(getattr(row, name) == value for name, value in wanted.items())
        and (query.areas is None or row.area_id in query.areas)
    ]


def _proof(row: StandingAt) -> RowRef:
    """What made the enterprise count: the entry that speaks of it, and the change that made it stand so."""
    counted = {
        "enterprise": row.enterprise_id,
        "credit_code": row.credit_code,
        "area": row.area_id,
        "kind": row.kind,
        "size_class": row.size_class,
        "industry": row.industry,
        "state": row.state,
        "since": row.since,
        "register_event": row.register_event_id,
        "standing_event": row.standing_event_id,
    }
    return row_ref(Enterprise._meta.label, row.enterprise_id, counted)


def _counted(rows: list[StandingAt]) -> Computed:
    return Computed(value=len(rows), rows=tuple(map(_proof, rows)))


def _resumed(rows: list[StandingAt]) -> Computed:
    return _counted([row for row in rows if row.state is StandingState.RESUMED])


def _narrowed(query: FigureQuery, scope: Mapping[str, str]) -> FigureQuery:
    return FigureQuery(
        authority_id=query.authority_id,
        as_of=query.as_of,
        known_at=query.known_at,
        areas=query.areas,
        scope={**query.scope, **scope},
    )


def _computes(part: Callable[[list[StandingAt]], Computed], scope: Mapping[str, str]) -> Compute:
    return lambda query: part(rows_of(_narrowed(query, scope)))


def _rate(rows: list[StandingAt]) -> Computed:
    resumed = _resumed(rows)
    return Computed(value=resumed.value, rows=resumed.rows, denominator=_counted(rows))


def _definition(
    key: str,
    label: Promise,
    definition: Promise,
    *,
    part: Callable[[list[StandingAt]], Computed],
    scope: Mapping[str, str],
    unit: str = "enterprise",
) -> FigureDefinition:
    return FigureDefinition(
        key=key,
        label=label,
        definition=definition,
        unit="percent" if part is _rate else unit,
        part_unit="enterprise",
        kind=FigureKind.STOCK,
        grade=Grade.VERIFIED,
        compute=_computes(part, scope),
        rounding=ONE_DECIMAL if part is _rate else EXACT,
    )


_ABOVE_SCOPE = {"size_class": SizeClass.ABOVE.value}
_IN_SCOPE_TEXT = _(
    "Enterprises that the register says were in the areas asked about at that time; those that had left "
    "do not count, nor do shops, schools, hotels, traders and construction sites."
)
_RESUMED_TEXT = _(
    "Of those in scope, the ones whose latest decision up to that time lets them work; "
    "suspended ones do not count."
)
_RATE_TEXT = _("Enterprises resumed, divided by enterprises in scope, both at that time.")
_ABOVE_TEXT = _("The same for enterprises above designated size only.")
_KIND_TEXT = _("Those of this kind that the register says were in the areas asked about at that time.")


def _kind(key: str, label: Promise, kind: Kind, *, unit: str) -> FigureDefinition:
    """Each kind has its own measure word, and so a figure of its own."""
    scope = {"kind": kind.value}
    return _definition(f"enterprises.{key}", label, _KIND_TEXT, part=_counted, scope=scope, unit=unit)


FIGURES: Final = (
    _definition(IN_SCOPE, _("Enterprises in scope"), _IN_SCOPE_TEXT, part=_counted, scope={}),
    _definition(RESUMED, _("Enterprises resumed"), _RESUMED_TEXT, part=_resumed, scope={}),
    _definition(RATE, _("Resumption rate"), _RATE_TEXT, part=_rate, scope={}),
    _definition(
        f"{ABOVE}.in_scope",
        _("Above-size enterprises in scope"),
        _ABOVE_TEXT,
        part=_counted,
        scope=_ABOVE_SCOPE,
    ),
    _definition(
        f"{ABOVE}.resumed",
        _("Above-size enterprises resumed"),
        _ABOVE_TEXT,
        part=_resumed,
        scope=_ABOVE_SCOPE,
    ),
    _definition(
        f"{ABOVE}.resumption_rate",
        _("Resumption rate of above-size enterprises"),
        _ABOVE_TEXT,
        part=_rate,
        scope=_ABOVE_SCOPE,
    ),
    _kind("sites", _("Construction sites"), Kind.CONSTRUCTION_SITE, unit="site"),
    _kind("traders", _("Market traders"), Kind.TRADER, unit="trader"),
    _kind("schools", _("Schools"), Kind.SCHOOL, unit="school"),
    _kind("hotels", _("Hotels"), Kind.HOTEL, unit="hotel"),
)
