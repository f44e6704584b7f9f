"""What the checkpoints of an authority counted: every car, every person, whatever the answer was."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, Sum

from fugong.passage.choices import Answer, SubjectKind
from fugong.passage.models import ScanCount


@dataclass(frozen=True, slots=True)
class RoadTotal:
    vehicles: int = 0
    people: int = 0
    asked: int = 0
    refused: int = 0

    def __add__(self, other: RoadTotal) -> RoadTotal:
        return RoadTotal(
            self.vehicles + other.vehicles,
            self.people + other.people,
            self.asked + other.asked,
            self.refused + other.refused,
        )


def road_totals(
    numbers: Collection[int],
    *,
    authority_id: UUID,
    until: datetime,
    since: datetime | None = None,
) -> dict[int, RoadTotal]:
    """By gate, `until` excluded; of all time without `since`. Of the counts, which outlive the scans.

    `asked` and `refused` are of vehicles: one that is stopped for a passenger counts once.
    """
    rows = ScanCount.objects.filter(authority_id=authority_id, gate__in=numbers, hour__lt=until)
    if since is not None:
        rows = rows.filter(hour__gte=since)
    vehicle = Q(subject_kind=SubjectKind.VEHICLE)
    found = (
        rows.order_by()
        .values_list("gate")
        .annotate(
            vehicles=Sum("scans", filter=vehicle, default=0),
            people=Sum("scans", filter=~vehicle, default=0),
            asked=Sum("scans", filter=vehicle & Q(answer=Answer.ASK), default=0),
            refused=Sum("scans", filter=vehicle & Q(answer=Answer.STOP), default=0),
        )
    )
    return {gate: RoadTotal(*(int(number) for number in numbers_)) for gate, *numbers_ in found}
