"""What levels are computed from: the evidence that may still bear on them, and the facts rules ask for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from fugong.clearance.models import Evidence
from fugong.people import queries as people
from fugong.people.facts import PERSON_FACTS
from fugong.people.queries import Known
from fugong.playbooks.facts import Recorded

LOOKED_BACK = timedelta(days=60)
"""Evidence that ended longer ago says nothing about since when the present level holds."""
AT_ONCE = 1000
Facts = Mapping[str, object]


def evidence_of(
    ids: Iterable[UUID], kinds: Collection[str], *, now: datetime
) -> Mapping[UUID, list[Evidence]]:
    """By person, in the order of time: of these kinds, what may bear on the level.

    What is said of a file merged away bears on the one that was kept.
    """
    found: defaultdict[UUID, list[Evidence]] = defaultdict(list)
    wanted = list(ids)
    merged = people.merged_into(wanted)
    for row in _bearing([*wanted, *merged], kinds, now).order_by("since", "id"):
        found[merged.get(row.person_id, row.person_id)].append(row)
    return found


def recorded_of(
    ids: Iterable[UUID], kinds: Collection[str], *, now: datetime
) -> Mapping[UUID, list[Recorded]]:
    """The same as the rules see it, without what only pages show: for many people at once."""
    found: defaultdict[UUID, list[Recorded]] = defaultdict(list)
    columns = ("person_id", "kind", "since", "until", "relieved_at", "level", "reason")
    wanted = list(ids)
    merged = people.merged_into(wanted)
    rows = _bearing([*wanted, *merged], kinds, now).values_list(*columns)
    for person, kind, since, until, relieved_at, level, reason in rows:
        end = min(until, relieved_at) if until and relieved_at else until or relieved_at
        found[merged.get(person, person)].append(Recorded("", kind, since, end, level, reason))
    return found


def _bearing(ids: list[UUID], kinds: Collection[str], now: datetime) -> QuerySet[Evidence]:
    since = now - LOOKED_BACK
    going_on = Q(until=None) | Q(until__gt=since)
    not_lifted = Q(relieved_at=None) | Q(relieved_at__gt=since)
    # Sorted: the same statement, whichever process asks.
    return Evidence.objects.filter(going_on & not_lifted, person_id__in=ids, kind__in=sorted(kinds))


def recorded(row: Evidence) -> Recorded:
    """As the rules see it."""
    ends = [each for each in (row.until, row.relieved_at) if each is not None]
    return Recorded(str(row.id), row.kind, row.since, min(ends, default=None), row.level, row.reason)


@dataclass
class Preparing:
    """The facts of one person after the other; those alike are prepared once."""

    needs: frozenset[str]
    on: date
    _prepared: dict[tuple[Any, ...], Facts] = field(default_factory=dict)

    def facts(self, known: Known) -> Facts:
        if not self.needs:
            return {}
        said = known.facts(on=self.on)
        key = tuple((name, _hashable(said.get(name))) for name in sorted(self.needs))
        if key not in self._prepared:
            self._prepared[key] = PERSON_FACTS.prepared(said)
        return self._prepared[key]


@dataclass(frozen=True, slots=True)
class OnFile:
    """A person: the moment the file was opened, and what rules may ask."""

    id: UUID
    recorded_at: datetime
    facts: Facts


def everybody(needs: frozenset[str], *, on: date) -> Iterator[list[OnFile]]:
    """All people of the acting authority, some at a time."""
    ids = people.every_person().order_by("id").values_list("id", flat=True)
    return some_of(ids, needs, on=on)


def some_of(ids: Iterable[UUID], needs: frozenset[str], *, on: date) -> Iterator[list[OnFile]]:
    """In the order of their ids, some at a time. Where rules ask nothing, no file is loaded."""
    ordered = sorted(set(ids))
    preparing = Preparing(needs, on)
    for start in range(0, len(ordered), AT_ONCE):
        part = ordered[start : start + AT_ONCE]
        if not needs:
            rows = people.every_person().filter(id__in=part).values_list("id", "recorded_at")
            yield [OnFile(id_, at, {}) for id_, at in rows]
            continue
        known = people.list_known(part)
        yield [OnFile(each.person.id, each.person.recorded_at, preparing.facts(each)) for each in known]


def _hashable(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value
