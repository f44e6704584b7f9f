"""Passages of a person and of a gate, read by the two indexes of the scans and never past them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import F, Q, Sum

from fugong.core.actor import Actor
from fugong.core.clock import end_of, local_date
from fugong.passage.choices import SEE, Answer, Direction, Flag, Reason, SubjectKind, Way
from fugong.passage.models import Scan, ScanCount
from fugong.passage.queries.gates import list_gates
from fugong.passage.queries.whereabouts import GateKnown, gates_by_number
from fugong.passage.rules.expected import Compared, Expected, WentThrough, compared
from fugong.passage.rules.presence import Passed, Presence, has_passed, is_presence, presences

DAYS_SHOWN: Final = 14
_BEFORE: Final = timedelta(days=1)
"""Who is inside when the first day begins came the day before."""


@dataclass(frozen=True, slots=True)
class Line:
    """One scan in the words of the program. `gate` is None where the register does not know it any more."""

    at: datetime
    received_at: datetime
    gate: GateKnown | None
    direction: Direction
    answer: Answer
    reason: Reason
    way: Way
    flags: Flag
    subject: UUID | None
    subject_kind: SubjectKind
    temperature: int | None

    @property
    def has_passed(self) -> bool:
        return has_passed(self.answer, self.flags)

    @property
    def is_misdated(self) -> bool:
        return bool(self.flags & Flag.MISDATED)

    @property
    def is_presence(self) -> bool:
        return is_presence(self.answer, self.flags)

    @property
    def day(self) -> date:
        return local_date(self.received_at if self.is_misdated else self.at)


@dataclass(frozen=True, slots=True)
class PersonDay:
    """What went through, and apart from it what did not: a refusal says where somebody was sent away."""

    day: date
    passed: tuple[Line, ...]
    refused: tuple[Line, ...]
    presences: tuple[Presence, ...]


@dataclass(frozen=True, slots=True)
class PersonDays:
    """The latest day first; days without a scan are left out. `presences` are those of the whole time."""

    days: tuple[PersonDay, ...]
    presences: tuple[Presence, ...]
    gates: Mapping[int, GateKnown]

    def place_name(self, presence: Presence) -> str:
        return self._names().get(presence.place.key, "")

    def _names(self) -> dict[UUID, str]:
        return {gate.place.key: gate.place_name for gate in self.gates.values()}


def days_of(
    subjects: Collection[UUID], *, since: date, until: date, authority_id: UUID, now: datetime
) -> PersonDays:
    """Of all that one person's scans stand under (`subjects_of`), both days included. The caller answers for
    who may know.

    A scan whose device had a wrong clock stands on the day it was received, marked, and is no presence.
    """
    starts = end_of(since - timedelta(days=1))
    ends = min(end_of(until), now + timedelta(minutes=10))
    rows = Scan.objects.annotate(wrong=F("flags").bitand(Flag.MISDATED.value))
    rows = rows.filter(authority_id=authority_id, subject__in=subjects)
    on_time = Q(wrong=0, at__gte=starts - _BEFORE, at__lt=ends)
    misdated = Q(wrong__gt=0, received_at__gte=starts, received_at__lt=ends)
    rows = rows.filter(on_time | misdated).order_by("at", "direction")
    lines, gates = _lines(rows, authority_id, on=local_date(now))
    there = [each for each in _presences(lines, now) if each.until >= starts]
    return PersonDays(tuple(_by_day(lines, there, since, until)), tuple(there), gates)


def lines_of_gate(
    number: int, *, since: datetime, until: datetime, authority_id: UUID, now: datetime, limit: int
) -> list[Line]:
    """The latest first, `until` excluded."""
    rows = Scan.objects.filter(authority_id=authority_id, gate=number, at__gte=since, at__lt=until)
    lines, _gates = _lines(rows.order_by("-at", "-nonce")[:limit], authority_id, on=local_date(now))
    return lines


@dataclass(frozen=True, slots=True)
class Hour:
    """What a gate counted in one hour, of people and vehicles apart."""

    hour: datetime
    counts: Mapping[tuple[Direction, Answer, SubjectKind], int]

    def number(
        self, *, answers: Collection[Answer] = tuple(Answer), direction: Direction | None = None
    ) -> int:
        return sum(
            scans
            for (way, answer, _kind), scans in self.counts.items()
            if answer in answers and direction in (None, way)
        )

    @property
    def people(self) -> int:
        """Known or not, visitors too."""
        return self.number() - self.vehicles

    @property
    def vehicles(self) -> int:
        return sum(scans for (_way, _a, kind), scans in self.counts.items() if kind == SubjectKind.VEHICLE)


def hours_of(
    numbers: Collection[int], *, since: datetime, until: datetime, authority_id: UUID
) -> dict[int, list[Hour]]:
    """By gate, the earliest hour first, hours without a scan left out: of the writer's own counts."""
    rows = ScanCount.objects.filter(
        authority_id=authority_id, gate__in=numbers, hour__gte=since, hour__lt=until
    )
    columns = ("gate", "hour", "direction", "answer", "subject_kind", "scans")
    found: dict[int, dict[datetime, dict[tuple[Direction, Answer, SubjectKind], int]]] = {}
    for gate, hour, way, answer, kind, scans in rows.order_by("gate", "hour").values_list(*columns):
        key = (Direction(way), Answer(answer), SubjectKind(kind))
        found.setdefault(gate, {}).setdefault(hour, {})[key] = scans
    return {gate: [Hour(hour, counts) for hour, counts in hours.items()] for gate, hours in found.items()}


def hours_seen_by(actor: Actor, *, since: datetime, until: datetime) -> list[Hour]:
    """All gates of the actor's ground together, the earliest hour first: one statement, of counts."""
    rows = ScanCount.objects.filter(authority_id=actor.authority_id, hour__gte=since, hour__lt=until)
    if not (actor.is_system or actor.reach(SEE).everywhere):
        rows = rows.filter(gate__in=list_gates(actor).order_by().values("number"))
    columns = ("hour", "direction", "answer", "subject_kind")
    summed = rows.order_by().values_list(*columns).annotate(number=Sum("scans")).order_by("hour")
    found: dict[datetime, dict[tuple[Direction, Answer, SubjectKind], int]] = {}
    for hour, way, answer, kind, number in summed:
        key = (Direction(way), Answer(answer), SubjectKind(kind))
        found.setdefault(hour, {})[key] = int(number)
    return [Hour(hour, counts) for hour, counts in found.items()]


def presences_of(
    subjects: Collection[UUID], *, since: datetime, until: datetime, authority_id: UUID, now: datetime
) -> tuple[list[Presence], Mapping[int, GateKnown]]:
    """Where somebody was at any time between the two moments."""
    rows = Scan.objects.filter(authority_id=authority_id, subject__in=subjects)
    # The way out may come after `until`: without it the presence would be in doubt.
    rows = rows.filter(at__gte=since - _BEFORE, at__lte=min(until + _BEFORE, now)).order_by("at", "direction")
    lines, gates = _lines(rows, authority_id, on=local_date(now))
    there = [each for each in _presences(lines, now) if each.until >= since and each.since <= until]
    return there, gates


def compared_with(
    expected: Sequence[Expected],
    subjects: Collection[UUID],
    *,
    since: datetime,
    until: datetime,
    authority_id: UUID,
) -> Compared:
    """What is missing of the places and times expected of one person, and what was passed besides."""
    rows = Scan.objects.filter(authority_id=authority_id, subject__in=subjects, at__gte=since, at__lt=until)
    columns = rows.order_by("at", "nonce").values_list("gate", "at", "answer", "flags")
    there = [
        WentThrough(gate, at)
        for gate, at, answer, flags in columns
        if is_presence(Answer(answer), Flag(flags))
    ]
    return compared(expected, there)


def _lines(rows: Iterable[Scan], authority_id: UUID, *, on: date) -> tuple[list[Line], dict[int, GateKnown]]:
    scans = list(rows)
    gates = gates_by_number(authority_id, {scan.gate for scan in scans}, on=on) if scans else {}
    return [_line(scan, gates.get(scan.gate)) for scan in scans], gates


def _line(scan: Scan, gate: GateKnown | None) -> Line:
    return Line(
        at=scan.at,
        received_at=scan.received_at,
        gate=gate,
        direction=Direction(scan.direction),
        answer=Answer(scan.answer),
        reason=Reason(scan.reason),
        way=Way(scan.way),
        flags=Flag(scan.flags),
        subject=scan.subject,
        subject_kind=SubjectKind(scan.subject_kind),
        temperature=scan.temperature,
    )


def _presences(lines: Iterable[Line], now: datetime) -> list[Presence]:
    scans = [
        Passed(line.at, line.gate.place, line.direction)
        for line in lines
        if line.is_presence and line.gate is not None and line.at <= now
    ]
    return presences(scans, now=now)


def _by_day(lines: list[Line], there: list[Presence], since: date, until: date) -> Iterable[PersonDay]:
    seen: dict[date, list[Line]] = {}
    for line in lines:
        seen.setdefault(line.day, []).append(line)
    inside: dict[date, list[Presence]] = {}
    for presence in there:
        inside.setdefault(max(local_date(presence.since), since), []).append(presence)
    days = {day for day in (*seen, *inside) if since <= day <= until}
    for day in sorted(days, reverse=True):
        of_day = seen.get(day, [])
        yield PersonDay(
            day,
            passed=tuple(line for line in of_day if line.has_passed),
            refused=tuple(line for line in of_day if not line.has_passed),
            presences=tuple(inside.get(day, ())),
        )
