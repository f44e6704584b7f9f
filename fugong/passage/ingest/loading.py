"""From the database into the memory of the process: through the other contexts' queries, in lots.

Called in a thread, never in the loop that answers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection

from fugong.clearance import queries as clearance
from fugong.core.clock import local_date
from fugong.core.tenancy import acting_for
from fugong.passage.choices import SubjectKind
from fugong.passage.ingest import arrays
from fugong.passage.ingest.known import Device, Gate, Person, Presence, State
from fugong.passage.models import Card, PhoneCode, ShiftHours, VehiclePass, Visit
from fugong.passage.models import Gate as GateRow
from fugong.passage.queries.devices import devices_of, list_key_of
from fugong.passage.queries.gates import place_numbers
from fugong.passage.queries.keys import code_secrets, public_keys
from fugong.passage.rules.asking import asked_at
from fugong.passage.rules.deciding import Hours, Known
from fugong.passage.rules.masking import masked_name
from fugong.passage.rules.quick import Reader
from fugong.people import queries as people
from fugong.playbooks import queries as playbooks
from fugong.playbooks.choices import Measuring

NO_LEVEL: Final[tuple[str, datetime | None, str]] = ("", None, "")
# The last passage of each within a day, by the zone or the gate: what counts as presence, and no more.
LAST: Final = """
    select distinct on (place.zone, scan.subject) place.zone, scan.subject, scan.at, scan.direction
      from unnest(%s::int4[], %s::text[]) place (gate, zone)
      join passage_scan scan on scan.gate = place.gate
     where scan.authority_id = %s and scan.at >= %s and scan.subject is not null
       and (scan.answer = 1 or scan.flags & 1 <> 0) and scan.flags & 6 = 0
     order by place.zone, scan.subject, scan.at desc
"""


def load_state(authority_id: UUID, *, now: datetime) -> State:
    """All that the gates of an authority need, but who is inside."""
    state = State(authority_id)
    load_keys(state)
    load_gates(state, now=now)
    load_devices(state)
    load_people(state)
    load_guests(state, now=now)
    load_revoked(state, now=now)
    return state


def load_keys(state: State) -> None:
    secrets = code_secrets(state.authority)
    state.secrets, state.public_keys, state.reader = secrets, public_keys(state.authority), Reader(secrets)


def load_gates(state: State, *, now: datetime) -> None:
    """With what the playbook of that day asks for. Who is inside stays known."""
    with acting_for(state.authority):
        numbers = place_numbers(state.authority)
        rows = list(GateRow.objects.filter(authority_id=state.authority).select_related("area"))
        found = {row.number: _gate(row, numbers, state, now=now) for row in rows}
        state.levels = _names_of_levels(now)
    state.gates = found


def _gate(row: GateRow, numbers: dict[UUID, int], state: State, *, now: datetime) -> Gate:
    rule = playbooks.gate_rule(row.kind_of_rules, on=local_date(now), area=row.area.code)
    zone = str(row.zone_id or row.number)
    return Gate(
        id=row.id,
        number=row.number,
        name=row.name,
        rules=asked_at(rule, place=numbers.get(row.enterprise_id, 0) if row.enterprise_id else 0),
        zone=zone,
        directions=row.directions,
        measures=rule.measure_temperature.value if rule else Measuring.MAY.value,
        is_open=row.closed_at is None,
        presence=state.presences.setdefault(zone, Presence()),
    )


def _names_of_levels(now: datetime) -> dict[str, dict[str, str]]:
    table = clearance.law_in_force(now).table
    levels = table.levels if table else {}
    return {key: {"zh": level.name.zh, "en": level.name.en} for key, level in levels.items()}


def load_devices(state: State) -> None:
    state.devices = {
        each.token_hash: Device(each.id, each.gates, state, list_key_of(each.id))
        for each in devices_of(state.authority)
    }


def load_people(state: State, *, ids: Collection[UUID] | None = None) -> list[bytes]:
    """All, or those of `ids`. Returns whose entry is another one now."""
    changed: list[bytes] = []
    with acting_for(state.authority):
        numbers = place_numbers(state.authority)
        hours = _hours(state.authority)
        state.hash_number = people.number_hasher(state.authority)
        for lot in people.passing(state.authority, ids=ids):
            levels = clearance.level_rows([each.stands_for for each in lot])
            for each in lot:
                level, until, lapses_to = levels.get(each.stands_for, NO_LEVEL)
                known = Known(
                    level=level,
                    until=until.timestamp() if until else None,
                    lapses_to=lapses_to,
                    place=numbers.get(each.enterprise, 0) if each.enterprise else 0,
                    hours=hours.get((each.enterprise, each.shift)) if each.enterprise else None,
                )
                changed += _know(state, each, known)
    return changed


def _know(state: State, each: people.Passing, known: Known) -> Iterable[bytes]:
    id_ = each.id.bytes
    before = state.people.get(id_)
    state.documents[each.number] = id_
    name = masked_name(each.name)
    if before is not None and before.known == known and before.name == name:
        return ()
    state.people[id_] = Person(state.interned(known), name, arrays.uuid(id_))
    return (id_,)


def _hours(authority_id: UUID) -> dict[tuple[UUID | None, str], Hours]:
    rows = ShiftHours.objects.filter(authority_id=authority_id)
    found = rows.values_list("enterprise_id", "shift", "starts", "ends")
    return {(enterprise, shift): (starts, ends) for enterprise, shift, starts, ends in found}


def load_guests(state: State, *, now: datetime) -> None:
    """Visits and passes that have not ended; of one that was taken back, that it was."""
    guests: dict[bytes, Person] = {}
    ends = {"authority_id": state.authority, "ends_at__gt": now}
    with acting_for(state.authority):
        numbers = place_numbers(state.authority)
        visits = list(Visit.objects.filter(**ends, cancelled_at=None))
        levels = clearance.level_rows([each.person_id for each in visits if each.person_id])
        for visit in visits:
            level, until, lapses_to = levels.get(visit.person_id, NO_LEVEL) if visit.person_id else NO_LEVEL
            known = Known(
                level=level,
                until=until.timestamp() if until else None,
                lapses_to=lapses_to,
                kind=SubjectKind.VISITOR,
                window=(visit.starts_at.timestamp(), visit.ends_at.timestamp()),
                place=numbers.get(visit.enterprise_id, 0),
            )
            guests[visit.id.bytes] = Person(known, masked_name(visit.name), arrays.uuid(visit.id.bytes))
        passes = list(VehiclePass.objects.filter(**ends, cancelled_at=None))
        for each in passes:
            known = Known(
                kind=SubjectKind.VEHICLE,
                window=(each.starts_at.timestamp(), each.ends_at.timestamp()),
                place=numbers.get(each.enterprise_id, 0) if each.enterprise_id else 0,
            )
            guests[each.id.bytes] = Person(known, _told_of(each), arrays.uuid(each.id.bytes))
        ended = {id_.bytes for table in (Visit, VehiclePass) for id_ in _taken_back(table, ends)}
    state.guests, state.ended = guests, ended
    state.visiting = {each.person_id for each in visits if each.person_id}
    state.plates = {each.plate: each.id.bytes for each in passes}


def _told_of(row: VehiclePass) -> str:
    """What the guard compares with what stands there: the plate, who drives, how many ride along."""
    driver = masked_name(row.driver_name) if row.driver_name else ""
    others = f"+{len(row.passengers)}" if row.passengers else ""
    return " · ".join(filter(None, (row.plate, driver, others)))


def _taken_back(table: type[Visit] | type[VehiclePass], ends: dict[str, Any]) -> Iterable[UUID]:
    return table.objects.filter(**ends, cancelled_at__isnull=False).values_list("id", flat=True)


def load_revoked(state: State, *, now: datetime) -> None:
    """Phones and cards that are lost and would still be good."""
    with acting_for(state.authority):
        lost = {"authority_id": state.authority, "revoked_at__isnull": False, "valid_until__gt": now}
        phones = PhoneCode.objects.filter(**lost).values_list("person_id", "device")
        revoked = {person.bytes + bytes(device) for person, device in phones}
        cards = Card.objects.filter(**lost).values_list("person_id", "serial")
        revoked |= {person.bytes + serial.to_bytes(4, "big") for person, serial in cards}
    state.revoked = revoked


def load_presence(state: State, *, since: datetime) -> list[tuple[Presence, bytes, int, bool]]:
    """The last passage of each since then, to be remembered: older than what has come meanwhile or not."""
    gates = list(state.gates.values())
    numbers, zones = [gate.number for gate in gates], [gate.zone for gate in gates]
    with acting_for(state.authority), connection.cursor() as cursor:
        cursor.execute(LAST, [numbers, zones, state.authority, since])
        rows = cursor.fetchall()
    return [
        (state.presences[zone], subject.bytes, int(at.timestamp() * 1_000_000), direction == 1)
        for zone, subject, at, direction in rows
    ]
