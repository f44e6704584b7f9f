"""How often levels were set by hand, for which reasons, and how many of them were wrong: counts, no lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Max, Q

from fugong.clearance.choices import AppealState, HandState
from fugong.clearance.models import Appeal, HandLevel
from fugong.clearance.queries.law import law_in_force
from fugong.core.bilingual import in_language


@dataclass(frozen=True, slots=True)
class ReasonTally:
    """`confirmed` ever; of these `holding` now, and `ended` early because somebody showed them wrong."""

    name: str
    longest_days: int | None
    confirmed: int = 0
    holding: int = 0
    ended: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True)
class AppealTally:
    made: int
    granted: int
    dismissed: int
    waiting: int
    late: int


def tally_reasons(*, now: datetime) -> list[ReasonTally]:
    """Every reason the playbook in force lists, also those nobody was put there for; then those of earlier
    ones. Of the acting authority as a whole: no place, no day, so that nobody is found by it.
    """
    table = law_in_force(now).table
    counted = {row["reason"]: row for row in _counted(now)}
    listed = [
        ReasonTally(
            in_language(each.name.zh, each.name.en), each.longest_days, **_numbers(counted.pop(id_, {}))
        )
        for id_, each in (table.reasons.items() if table else ())
    ]
    earlier = [
        ReasonTally(in_language(row["zh"], row["en"]), None, **_numbers(row)) for row in counted.values()
    ]
    return [*listed, *earlier]


def tally_appeals(*, now: datetime) -> AppealTally:
    late = Q(state=AppealState.OPEN, due_at__lte=now) | Q(answered_at__gt=F("due_at"))
    return AppealTally(
        **Appeal.objects.aggregate(
            made=Count("id"),
            granted=Count("id", filter=Q(state=AppealState.GRANTED)),
            dismissed=Count("id", filter=Q(state=AppealState.DISMISSED)),
            waiting=Count("id", filter=Q(state=AppealState.OPEN)),
            late=Count("id", filter=late),
        )
    )


def _counted(now: datetime) -> list[dict[str, Any]]:
    decided = Q(state__in=[HandState.CONFIRMED, HandState.ENDED])
    rows = HandLevel.objects.values("reason").annotate(
        zh=Max("reason_zh"),
        en=Max("reason_en"),
        confirmed=Count("id", filter=decided),
        holding=Count("id", filter=Q(state=HandState.CONFIRMED, expires_at__gt=now)),
        ended=Count("id", filter=Q(state=HandState.ENDED)),
        refused=Count("id", filter=Q(state=HandState.REFUSED)),
    )
    return [dict(row) for row in rows.order_by("reason")]


def _numbers(row: Mapping[str, Any]) -> dict[str, int]:
    return {name: int(row.get(name, 0)) for name in ("confirmed", "holding", "ended", "refused")}
