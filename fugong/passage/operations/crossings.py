"""Vehicles at checkpoints: every car, every person, answered and kept, as often as they are sent."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor, system_actor
from fugong.core.operation import Operation, operation
from fugong.core.refusals import Invalid
from fugong.core.regions import tidied_region
from fugong.core.tenancy import acting_for
from fugong.passage.choices import Answer, Direction, Flag, Reason, SubjectKind, Way
from fugong.passage.models import Crossing, Gate, VehiclePass
from fugong.passage.operations.scans import ScanRow, keep_scans
from fugong.passage.queries.crossings import (
    DeskAt,
    Ground,
    answered_before,
    ground_of,
    misdated_before,
)
from fugong.passage.rules.codes import Fault, LiveCode, fault_online
from fugong.passage.rules.crossings import (
    LATE,
    CrossingData,
    Text,
    Traveller,
    is_dated_right,
    problems_of,
    strictest,
)
from fugong.passage.rules.deciding import Verdict, decide
from fugong.passage.rules.plates import Plate, read_plate

NAME: Final = "desk at a checkpoint"
MOST_AT_ONCE: Final = 50
GATE_CLOSED: Final[Verdict] = (Answer.STOP, Reason.GATE_CLOSED)
FAULTS: Final = {
    Fault.MALFORMED: Reason.MALFORMED,
    Fault.UNKNOWN_KEY: Reason.UNKNOWN_CODE,
    Fault.FORGED: Reason.FORGED,
    Fault.EXPIRED: Reason.EXPIRED,
    Fault.OLD: Reason.OLD,
    Fault.EARLY: Reason.EARLY,
}


@dataclass(frozen=True, slots=True)
class PersonTold:
    """The answer for one person, in the order in which they were named."""

    answer: Answer
    reason: Reason


@dataclass(frozen=True, slots=True)
class CrossingTold:
    """The answer for the whole vehicle. With `fields` it could not be taken, and nothing of it is kept."""

    gate: int
    nonce: int
    answer: Answer | None = None
    reason: Reason | None = None
    people: tuple[PersonTold, ...] = ()
    was_known: bool = False
    fields: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Judged:
    """Somebody in the vehicle, or nobody known: what its scan says."""

    verdict: Verdict
    way: Way
    subject: UUID | None
    temperature: int | None


@dataclass(frozen=True, slots=True)
class _Taken:
    """A crossing with what was found out of it."""

    data: CrossingData
    plate: Plate
    held: VehiclePass | None
    verdict: Verdict
    flags: Flag


def record_crossings(
    sent: Sequence[CrossingData], desk: DeskAt, *, now: datetime, actor: Actor | None = None
) -> list[CrossingTold]:
    """One answer for each, in their order; those that came before have the answer of then.

    The caller has made sure that this desk may send (`find_desk`, or the guard's permission at these gates).
    What cannot be taken says so in its own answer and fails no other. Raises Invalid for too many at once.
    """
    if not 0 < len(sent) <= MOST_AT_ONCE:
        sentence = _("Send from 1 to %(most)s crossings at once.") % {"most": MOST_AT_ONCE}
        raise Invalid(sentence, code="too_many", fields={"crossings": sentence})
    who = actor or system_actor(desk.authority_id, NAME)
    with acting_for(desk.authority_id):
        faults = {place: found for place, each in enumerate(sent) if (found := _faults(each, desk))}
        good = [each for place, each in enumerate(sent) if place not in faults]
        told = {(each.gate, each.nonce): each for each in _kept(good, desk, who, now)}
    return [
        CrossingTold(each.gate, each.nonce, fields=faults[place])
        if place in faults
        else told[each.gate, each.nonce]
        for place, each in enumerate(sent)
    ]


def _faults(each: CrossingData, desk: DeskAt) -> dict[str, Text]:
    if each.gate not in desk.gates:
        return {"gate": _("This desk does not stand at that gate.")}
    return problems_of(each)


def _kept(good: list[CrossingData], desk: DeskAt, actor: Actor, now: datetime) -> list[CrossingTold]:
    known = answered_before(good, authority_id=desk.authority_id)
    misdated = [each for each in good if not is_dated_right(each.at, now=now)]
    known |= misdated_before(misdated, since=now - LATE, authority_id=desk.authority_id)
    # Twice in one batch is once.
    new = {(each.gate, each.nonce): each for each in good if (each.gate, each.nonce) not in known}
    before = [_told_before(row) for row in known.values()]
    if not new:
        return before
    with operation("passage.record_crossings", actor=actor, now=now) as op:
        return [*before, *_recorded(list(new.values()), desk, now, op=op)]


def _recorded(new: list[CrossingData], desk: DeskAt, now: datetime, *, op: Operation) -> list[CrossingTold]:
    codes = [LiveCode.parse(each.code) for crossing in new for each in crossing.travellers if each.code]
    shown = {code.claim.person for code in codes if code is not None}
    ground = ground_of(new, shown, actor=op.actor, now=now)
    rows, scans, told = [], [], []
    for each in new:
        row, of_it, answer = _one(each, desk, ground, now, actor=op.actor)
        rows.append(row)
        scans += of_it
        told.append(answer)
    # Sent twice at the same moment, the other's rows are the same ones.
    Crossing.objects.bulk_create(rows, ignore_conflicts=True)
    people = keep_scans(scans, authority_id=desk.authority_id)
    op.audit(None, {"desk": str(desk.id), "crossings": len(rows), "scans": people})
    return told


def _one(
    each: CrossingData, desk: DeskAt, ground: Ground, now: datetime, *, actor: Actor
) -> tuple[Crossing, list[ScanRow], CrossingTold]:
    """The row of the crossing, the scans of the vehicle and of everybody in it, and the answer."""
    flags = Flag.FORCED if each.is_forced else Flag(0)
    if not is_dated_right(each.at, now=now):
        each, flags = replace(each, at=now), flags | Flag.MISDATED
    gate, plate = ground.gates[each.gate], read_plate(each.plate)
    assert plate is not None
    held = ground.pass_of(plate.text, each.at)
    vehicle = _Judged(_vehicle(gate, ground, held, each), Way.PLATE, held.id if held else None, None)
    people = [_person(traveller, gate, ground, each) for traveller in _everybody(each)]
    verdict = strictest([vehicle.verdict, *(person.verdict for person in people)])
    if each.answer:
        flags |= Flag.DECIDED_OFFLINE | (Flag.CONFLICT if each.answer != verdict[0] else Flag(0))
        verdict = (Answer(each.answer), Reason(each.reason))
    taken = _Taken(each, plate, held, verdict, flags)
    row = _row(taken, desk, now, actor=actor)
    scans = [_scan(taken, judged, place, desk, now) for place, judged in enumerate([vehicle, *people])]
    return row, scans, _told(each, verdict, people)


def _everybody(each: CrossingData) -> list[Traveller]:
    """Those who were only counted too."""
    return [*each.travellers, *(Traveller() for _place in range(each.people - len(each.travellers)))]


def _vehicle(gate: Gate, ground: Ground, held: VehiclePass | None, each: CrossingData) -> Verdict:
    if gate.closed_at is not None:
        return GATE_CLOSED
    return decide(ground.rules_at(gate), ground.vehicle(held), now=each.at.timestamp())


def _person(each: Traveller, gate: Gate, ground: Ground, crossing: CrossingData) -> _Judged:
    way, subject, fault = _who(each, ground, crossing.at)
    if gate.closed_at is not None:
        verdict = GATE_CLOSED
    elif fault is not None:
        verdict = (Answer.STOP, fault)
    else:
        known = ground.known.get(subject) if subject else None
        verdict = decide(
            ground.rules_at(gate), known, now=crossing.at.timestamp(), temperature=each.temperature
        )
    return _Judged(verdict, way, subject, each.temperature)


def _who(each: Traveller, ground: Ground, at: datetime) -> tuple[Way, UUID | None, Reason | None]:
    """By the code, by the document, or by what was told."""
    if each.code:
        code = LiveCode.parse(each.code)
        if code is None:
            return Way.LIVE_CODE, None, Reason.MALFORMED
        fault = fault_online(code, ground.secrets, at)
        is_theirs = fault not in (Fault.FORGED, Fault.UNKNOWN_KEY)
        return Way.LIVE_CODE, code.claim.person if is_theirs else None, FAULTS[fault] if fault else None
    if each.document:
        return Way.NUMBER, ground.by_document.get(each.document), None
    return Way.BY_HAND, None, None


def _row(taken: _Taken, desk: DeskAt, now: datetime, *, actor: Actor) -> Crossing:
    each = taken.data
    return Crossing(
        authority_id=desk.authority_id,
        gate=each.gate,
        at=each.at,
        nonce=each.nonce,
        received_at=now,
        device=desk.id,
        direction=each.direction,
        plate=taken.plate.text,
        plate_kind=taken.plate.kind,
        vehicle_pass=taken.held,
        people=each.people,
        origin=tidied_region(each.origin),
        answer=taken.verdict[0],
        reason=taken.verdict[1],
        travellers=_taken_down(each),
        recorded_by=actor.user_id,
        recorded_by_name=actor.name,
    )


def _taken_down(each: CrossingData) -> str:
    """Names and numbers as the desk was told, sealed: codes speak for themselves."""
    said = [
        {"name": person.name.strip()[:60], "document": person.document.strip()[:40]}
        for person in each.travellers
        if person.name.strip() or person.document.strip()
    ]
    return json.dumps(said, ensure_ascii=False) if said else ""


def _scan(taken: _Taken, judged: _Judged, place: int, desk: DeskAt, now: datetime) -> ScanRow:
    """The vehicle's has the crossing's own nonce, each person's the next. What the desk has decided by itself
    it has decided for all of them.
    """
    each = taken.data
    verdict = taken.verdict if each.answer else judged.verdict
    known = SubjectKind.PERSON if judged.subject else SubjectKind.UNKNOWN
    return ScanRow(
        gate=each.gate,
        at=each.at,
        nonce=each.nonce + place,
        received_at=now,
        device=desk.id,
        direction=Direction(each.direction),
        answer=verdict[0],
        reason=verdict[1],
        way=judged.way,
        subject=judged.subject,
        subject_kind=SubjectKind.VEHICLE if judged.way == Way.PLATE else known,
        flags=taken.flags,
        temperature=judged.temperature,
    )


def _told(each: CrossingData, verdict: Verdict, people: list[_Judged]) -> CrossingTold:
    told = tuple(PersonTold(*person.verdict) for person in people)
    return CrossingTold(each.gate, each.nonce, verdict[0], verdict[1], told)


def _told_before(row: Crossing) -> CrossingTold:
    return CrossingTold(row.gate, row.nonce, Answer(row.answer), Reason(row.reason), was_known=True)
