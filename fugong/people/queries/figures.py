"""The figure of staff back at the plants, recomputed from what was known of employments."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from django.db import connection
from django.utils.translation import gettext_lazy as _

from fugong.core.clock import day_up_to
from fugong.core.figures import Computed, FigureDefinition, FigureQuery, Grade, Kind
from fugong.core.figures.proof import RowRef, row_ref
from fugong.core.regions import is_within
from fugong.people.models import WorkEvent

BACK: Final = "people.back"
HOME_WITHIN: Final = "home_within"
HOME_OUTSIDE: Final = "home_outside"
_REGION: Final = re.compile(r"[0-9]{6}")

# The last thing known of each employment, then each person once: by the first that had begun. One that ended
# on the day it began never was. `distinct on` walks the index made for it.
PEOPLE_BACK: Final = """
    with known as (
        select distinct on (employment_id) *
          from people_workevent
         where authority_id = %(authority)s and recorded_at <= %(known_at)s
         order by employment_id, recorded_at desc, id desc
    )
    select distinct on (person_id) person_id, id, employment_id, enterprise_id, home_region, starts_on
      from known
     where starts_on <= %(day)s and (ends_on is null or ends_on > starts_on)
       and (%(areas)s::uuid[] is null or area_id = any(%(areas)s::uuid[]))
     order by person_id, starts_on, id
"""


class UnknownScope(ValueError):
    """The figure was asked for by an attribute or a region that it cannot be narrowed by."""


def compute_back(query: FigureQuery) -> Computed:
    """One row for each person: the employment by which he or she first came back."""
    _check_scope(query.scope)
    rows = [row for row in _people_back(query) if _counts(row["home_region"], query.scope)]
    return Computed(value=len(rows), rows=tuple(map(_proof, rows)))


def _check_scope(scope: Mapping[str, str]) -> None:
    unknown = set(scope) - {HOME_WITHIN, HOME_OUTSIDE}
    if unknown:
        raise UnknownScope(f"{BACK} is not narrowed by {', '.join(sorted(unknown))}")
    for region in scope.values():
        if not _REGION.fullmatch(region):
            raise UnknownScope(f"{region!r} is no code of a region")


def _people_back(query: FigureQuery) -> list[dict[str, Any]]:
    asked: dict[str, Any] = {
        "authority": query.authority_id,
        "known_at": query.known_at,
        "day": day_up_to(query.as_of),
        "areas": None if query.areas is None else list(query.areas),
    }
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE_BACK, asked)
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _counts(home: str, scope: Mapping[str, str]) -> bool:
    """Whose home region nobody said is neither within a region nor outside it."""
    if not scope:
        return True
    within, outside = scope.get(HOME_WITHIN), scope.get(HOME_OUTSIDE)
    if not home or (within and not is_within(home, within)):
        return False
    return not (outside and is_within(home, outside))


def _proof(row: Mapping[str, Any]) -> RowRef:
    return row_ref(WorkEvent._meta.label, row["id"], row)


FIGURES: Final = (
    FigureDefinition(
        key=BACK,
        label=_("Staff back at work"),
        definition=_(
            "People of whom an enterprise had said by then that they work there from a day that had come; "
            "each once, however often they moved or left again. By home region only those count of whom "
            "one is known."
        ),
        unit="person",
        kind=Kind.CUMULATIVE,
        grade=Grade.DECLARED,
        compute=compute_back,
    ),
)
