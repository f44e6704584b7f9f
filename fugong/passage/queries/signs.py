"""Looking for signs in a window of scans: each gate's own by its index, whatever else is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection

from fugong.core.actor import Actor
from fugong.core.refusals import NotFound, NotPermitted
from fugong.passage.choices import SIGNS, GateKind, Sign
from fugong.passage.models import Gate, GateDevice, PassageSign
from fugong.passage.models.signs import PassageSignQuerySet
from fugong.passage.rules.signs import Spot, sign_of_pair

# One after the other, of one code. Only what is near in time or far in space comes out of the database.
PAIRS: Final = """
with seen as (
    select asked.gate, asked.latitude, asked.longitude, scan.*
      from unnest(%(gates)s::int4[], %(latitudes)s::float8[], %(longitudes)s::float8[])
        as asked (gate, latitude, longitude)
     cross join lateral (
           select subject, at from passage_scan
            where authority_id = %(authority)s and gate = asked.gate and at >= %(since)s and at < %(until)s
              and subject is not null and subject_kind in (1, 2) and flags & 4 = 0
           offset 0) scan
),
steps as (
    select *, lag(gate) over one as before_gate, lag(at) over one as before_at,
           lag(latitude) over one as before_latitude
      from seen window one as (partition by subject order by at, gate)
)
select subject, before_gate, before_at, gate, at from steps
 where before_gate <> gate
   and (at - before_at < interval '1 minute'
        or (latitude is not null and before_latitude is not null and at - before_at < interval '12 hours'))
"""
CROWDS: Final = """
select asked.gate, date_trunc('minute', scan.at), count(distinct scan.subject)
  from unnest(%(gates)s::int4[]) as asked (gate)
 cross join lateral (
       select subject, at from passage_scan
        where authority_id = %(authority)s and gate = asked.gate and at >= %(since)s and at < %(until)s
          and subject is not null and flags & 4 = 0
       offset 0) scan
 group by 1, 2 having count(distinct scan.subject) >= %(crowd)s
"""
# By the moment received: the index of the misdated alone.
CLOCKS: Final = """
select device, min(gate), min(received_at), count(*) from passage_scan
 where authority_id = %(authority)s and flags & 4 <> 0
   and received_at >= %(since)s and received_at < %(until)s
 group by device
"""


@dataclass(frozen=True, slots=True)
class Found:
    """A sign with what it rests on."""

    sign: Sign
    key: str
    gate: Gate
    at: datetime
    number: int
    other_gate: int | None = None
    subject: UUID | None = None
    device: UUID | None = None


def list_signs(actor: Actor) -> PassageSignQuerySet:
    """All the actor may see, unordered. Raises NotPermitted."""
    if not actor.may(SIGNS):
        raise NotPermitted()
    return PassageSign.objects.visible_to(actor).select_related("enterprise", "area")


def get_sign(actor: Actor, sign_id: UUID) -> PassageSign:
    """Raises NotFound and NotPermitted."""
    row = list_signs(actor).filter(id=sign_id).first()
    if row is None:
        raise NotFound()
    return row


def gate_names(authority_id: UUID, numbers: set[int]) -> dict[int, str]:
    rows = Gate.objects.filter(authority_id=authority_id, number__in=numbers)
    return dict(rows.values_list("number", "name"))


def device_labels(authority_id: UUID, ids: set[UUID]) -> dict[UUID, str]:
    return dict(GateDevice.objects.filter(authority_id=authority_id, id__in=ids).values_list("id", "label"))


def find_signs_between(since: datetime, until: datetime, *, crowd: int, authority_id: UUID) -> list[Found]:
    """In the scans of this window: three statements, and what they cost grows with its scans alone."""
    gates = {gate.number: gate for gate in Gate.objects.filter(authority_id=authority_id)}
    asked = {"authority": authority_id, "since": since, "until": until, "crowd": crowd}
    venues = [number for number, gate in gates.items() if gate.kind == GateKind.VENUE]
    rows = list(gates.values())
    places = {
        "gates": [gate.number for gate in rows],
        "latitudes": [gate.latitude for gate in rows],
        "longitudes": [gate.longitude for gate in rows],
    }
    found = [_pair(row, gates) for row in _rows(PAIRS, asked | places)]
    return [
        *(each for each in found if each is not None),
        *(_crowd(row, gates) for row in _rows(CROWDS, asked | {"gates": venues})),
        *(_clock(row, gates, until) for row in _rows(CLOCKS, asked) if row[1] in gates),
    ]


def _pair(row: Sequence[Any], gates: dict[int, Gate]) -> Found | None:
    subject, before, before_at, after, at = row
    sign = sign_of_pair(_spot(gates[before]), before_at, _spot(gates[after]), at)
    if sign is None:
        return None
    key = f"{subject} {before} {after} {at.isoformat(timespec='seconds')}"
    return Found(sign, key, gates[after], at, int((at - before_at).total_seconds()), before, subject)


def _crowd(row: Sequence[Any], gates: dict[int, Gate]) -> Found:
    """The number in its key is left out: the same minute looked at again is the same sign."""
    number, minute, people = row
    return Found(Sign.CROWD, f"{number} {minute.isoformat()}", gates[number], minute, people)


def _clock(row: Sequence[Any], gates: dict[int, Gate], until: datetime) -> Found:
    """One for a device and a day."""
    device, number, first, scans = row
    return Found(
        Sign.CLOCK, f"{device} {first.date().isoformat()}", gates[number], first, scans, device=device
    )


def _spot(gate: Gate) -> Spot:
    return Spot(gate.number, gate.latitude, gate.longitude)


def _rows(statement: str, asked: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return list(cursor.fetchall())
