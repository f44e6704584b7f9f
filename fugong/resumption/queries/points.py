"""What a reviewer may point at when he returns an application: only what the playbook asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from fugong.resumption.choices import PointKind
from fugong.resumption.queries.terms import Terms, wanted_by
from fugong.resumption.rules.completeness import Wanted


@dataclass(frozen=True, slots=True)
class PointChoice:
    kind: PointKind
    key: str
    label: str


def points_of(terms: Terms, *, today: date) -> list[PointChoice]:
    """What may be pointed at today: a paper that is no longer in force is not asked for any more."""
    area = terms.facts.get("park")
    return [
        choice
        for choice in point_choices(wanted_by(terms))
        if choice.kind is not PointKind.PAPER
        or terms.playbook.may_ask_for(choice.key, today, str(area) if area else None)
    ]


def point_choices(wanted: Wanted) -> list[PointChoice]:
    """In the order of the form the enterprise filled in."""
    return [
        PointChoice(PointKind.FIELD, "planned_on", _("Planned day")),
        PointChoice(PointKind.FIELD, "planned_staff", _("People on post")),
        *(PointChoice(PointKind.ITEM, item.key, item.label) for item in wanted.items),
        *(PointChoice(PointKind.PAPER, paper.key, paper.label) for paper in wanted.papers),
        *(PointChoice(PointKind.LETTER, letter.key, letter.label) for letter in wanted.letters),
    ]
