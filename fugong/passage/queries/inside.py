"""Who is inside an enterprise now: the latest scan of each by its gates, of the last day only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import connection

from fugong.core.actor import Actor
from fugong.core.clock import local_date
from fugong.passage.choices import GateKind, SubjectKind
from fugong.passage.models import VehiclePass, Visit
from fugong.passage.queries.whereabouts import GateKnown, gates_of_enterprise
from fugong.people import queries as people

LOOKED_BACK: Final = timedelta(hours=24)
INSIDE_KINDS: Final = (GateKind.DOOR, GateKind.WORKSHOP)

# Of a place with several gates the latest scan counts, by whichever gate.
LATEST: Final = """
select distinct on (asked.place, scan.subject)
       scan.subject, scan.subject_kind, asked.gate, scan.at, scan.direction
  from unnest(%(gates)s::int4[], %(places)s::uuid[]) as asked (gate, place)
 cross join lateral (
       select subject, subject_kind, at, direction
         from passage_scan
        where authority_id = %(authority)s and gate = asked.gate and at >= %(since)s and at <= %(now)s
          and subject is not null and (answer = 1 or flags & 1 <> 0) and flags & 6 = 0
       offset 0) scan
 order by asked.place, scan.subject, scan.at desc, scan.direction desc
"""
# Through without a known code: nobody can be called by name, but somebody has to be looked for.
NAMELESS: Final = """
select coalesce(sum(case direction when 1 then 1 else -1 end), 0)
  from passage_scan
 where authority_id = %(authority)s and gate = any(%(gates)s) and at >= %(since)s and at <= %(now)s
   and subject is null and subject_kind <> 3 and (answer = 1 or flags & 1 <> 0) and flags & 6 = 0
"""


@dataclass(frozen=True, slots=True)
class Inside:
    """Somebody, or a vehicle. `crew` is the crew at this enterprise; of others `place` says where they work,
    of visitors whom they visit.
    """

    subject: UUID
    kind: SubjectKind
    name: str
    crew: str
    place: str
    since: datetime
    gate: GateKnown
    is_doubtful: bool


@dataclass(frozen=True, slots=True)
class InsideNow:
    """`nameless` came in without a known code and were not seen to leave."""

    people: tuple[Inside, ...]
    vehicles: tuple[Inside, ...]
    nameless: int
    gates: int

    @property
    def number(self) -> int:
        return len(self.people) + self.nameless

    @property
    def crews(self) -> list[tuple[str, list[Inside]]]:
        """In the order of the list: those without a crew come last."""
        found: dict[str, list[Inside]] = {}
        for each in self.people:
            found.setdefault(each.crew, []).append(each)
        return sorted(found.items(), key=lambda item: (item[0] == "", item[0]))


def inside_enterprise(enterprise_id: UUID, *, actor: Actor, now: datetime) -> InsideNow:
    """Five statements, however many are inside. The caller answers for who may know."""
    gates = gates_of_enterprise(actor.authority_id, enterprise_id, on=local_date(now))
    gates = {number: gate for number, gate in gates.items() if gate.kind in INSIDE_KINDS}
    if not gates:
        return InsideNow((), (), 0, 0)
    latest = _latest(gates, actor, now)
    found = sorted(_named(latest, gates, enterprise_id, actor, now), key=lambda each: (each.crew, each.name))
    return InsideNow(
        people=tuple(each for each in found if each.kind != SubjectKind.VEHICLE),
        vehicles=tuple(each for each in found if each.kind == SubjectKind.VEHICLE),
        nameless=_nameless(gates, actor, now),
        gates=len(gates),
    )


def _latest(
    gates: Mapping[int, GateKnown], actor: Actor, now: datetime
) -> dict[UUID, tuple[SubjectKind, int, datetime]]:
    """Each once: whoever is inside two places is where the last scan was."""
    asked = _asked(gates, actor, now) | {"places": [gate.place.key for gate in gates.values()]}
    found: dict[UUID, tuple[SubjectKind, int, datetime]] = {}
    with connection.cursor() as cursor:
        cursor.execute(LATEST, asked)
        for subject, kind, gate, at, direction in cursor.fetchall():
            if direction == 1 and (subject not in found or found[subject][2] < at):
                found[subject] = (SubjectKind(kind), gate, at)
    return found


def _nameless(gates: Mapping[int, GateKnown], actor: Actor, now: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute(NAMELESS, _asked(gates, actor, now))
        return max(int(cursor.fetchone()[0]), 0)


def _asked(gates: Mapping[int, GateKnown], actor: Actor, now: datetime) -> dict[str, Any]:
    since = now - LOOKED_BACK
    return {"gates": list(gates), "authority": actor.authority_id, "since": since, "now": now}


def _named(
    latest: Mapping[UUID, tuple[SubjectKind, int, datetime]],
    gates: Mapping[int, GateKnown],
    enterprise_id: UUID,
    actor: Actor,
    now: datetime,
) -> list[Inside]:
    subjects = {subject: kind for subject, (kind, _gate, _at) in latest.items()}
    found = names_of(subjects, enterprise_id, actor)
    # Of a file that is gone nobody knows the name: somebody is inside all the same.
    names = {subject: found.get(subject, ("", "", "")) for subject in latest}
    return [
        Inside(
            subject=subject,
            kind=kind,
            name=names[subject][0],
            crew=names[subject][1],
            place=names[subject][2],
            since=at,
            gate=gates[gate],
            is_doubtful=now - at > gates[gate].place.longest,
        )
        for subject, (kind, gate, at) in latest.items()
    ]


def names_of(
    subjects: Mapping[UUID, SubjectKind], enterprise_id: UUID | None, actor: Actor
) -> dict[UUID, tuple[str, str, str]]:
    """Name, crew at this enterprise, and where somebody of elsewhere belongs."""
    by_kind: dict[SubjectKind, list[UUID]] = {}
    for subject, kind in subjects.items():
        by_kind.setdefault(kind, []).append(subject)
    found: dict[UUID, tuple[str, str, str]] = {}
    for who, person in people.at_work(by_kind.get(SubjectKind.PERSON, []), actor=actor).items():
        is_own = person.place is not None and person.place.id == enterprise_id
        place = person.place.name if person.place and not is_own else ""
        found[who] = (person.name, person.crew if is_own else "", place)
    visits = Visit.objects.filter(
        authority_id=actor.authority_id, id__in=by_kind.get(SubjectKind.VISITOR, [])
    )
    found |= {id_: (name, "", host) for id_, name, host in visits.values_list("id", "name", "host")}
    passes = VehiclePass.objects.filter(
        authority_id=actor.authority_id, id__in=by_kind.get(SubjectKind.VEHICLE, [])
    )
    found |= {
        id_: (plate, "", driver) for id_, plate, driver in passes.values_list("id", "plate", "driver_name")
    }
    return found
