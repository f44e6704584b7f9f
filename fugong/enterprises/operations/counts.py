"""The counters of standing: kept by the writer, so that pages count nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID

from django.db.models import F

from fugong.enterprises.models import Enterprise, StandingCount


class CountKey(NamedTuple):
    """Which counter: enterprises of one area, size class and kind in one state."""

    area_id: UUID
    size_class: str
    kind: str
    state: str


def key_of(enterprise: Enterprise, state: str) -> CountKey:
    return CountKey(enterprise.area_id, enterprise.size_class, enterprise.kind, state)


def adjust_counts(authority_id: UUID, deltas: Mapping[CountKey, int]) -> None:
    """Adds to counters, locked in key order after every other row, so that no two writers wait in a ring.

    The database adds: two writers of one counter wait for each other and neither loses its count.
    """
    wanted = {key: delta for key, delta in sorted(deltas.items()) if delta}
    missing = [StandingCount(authority_id=authority_id, **key._asdict()) for key in wanted]
    StandingCount.objects.bulk_create(missing, ignore_conflicts=True)
    for key, delta in wanted.items():
        StandingCount.objects.filter(authority_id=authority_id, **key._asdict()).update(
            number=F("number") + delta
        )
