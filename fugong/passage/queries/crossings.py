"""What a desk has to know of vehicles and people, for a whole batch in a fixed number of statements."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from fugong.areas.queries import list_authorities
from fugong.clearance.queries import clearances_of
from fugong.core.actor import Actor
from fugong.core.clock import local_date
from fugong.core.tenancy import acting_for
from fugong.passage.choices import GateKind, SubjectKind
from fugong.passage.models import Crossing, Gate, GateDevice, PlaceNumber, VehiclePass
from fugong.passage.queries.keys import code_secrets
from fugong.passage.rules.asking import asked_at
from fugong.passage.rules.crossings import CrossingData
from fugong.passage.rules.deciding import GateRules, Known
from fugong.passage.rules.plates import tidied
from fugong.people import queries as people
from fugong.playbooks import queries as playbooks


@dataclass(frozen=True, slots=True)
class DeskAt:
    """A device, or a guard who is signed in: who sends, and at which gates."""

    id: UUID
    authority_id: UUID
    gates: frozenset[int]


@dataclass(frozen=True, slots=True)
class Ground:
    """All that is needed to answer a batch. People by the number of their document, levels by person."""

    gates: Mapping[int, Gate]
    rules: Mapping[str, GateRules]
    places: Mapping[UUID, int]
    passes: Mapping[str, list[VehiclePass]]
    by_document: Mapping[str, UUID]
    known: Mapping[UUID, Known]
    secrets: Mapping[int, bytes] = field(default_factory=dict)

    def rules_at(self, gate: Gate) -> GateRules:
        return self.rules[gate.kind_of_rules]

    def pass_of(self, plate: str, at: datetime) -> VehiclePass | None:
        """The one that is good at that moment, else the latest: it says that it ran out."""
        rows = self.passes.get(plate, [])
        good = [row for row in rows if row.starts_at <= at < row.ends_at]
        return next(iter(good or rows), None)

    def vehicle(self, held: VehiclePass | None) -> Known:
        if held is None:
            return Known(kind=SubjectKind.VEHICLE)
        window = (held.starts_at.timestamp(), held.ends_at.timestamp())
        place = self.places.get(held.enterprise_id, 0) if held.enterprise_id else 0
        return Known(kind=SubjectKind.VEHICLE, place=place, window=window)


def find_desk(token_hash: bytes) -> DeskAt | None:
    """The device with this token, in whichever authority it is paired; None for one that is ended."""
    for authority in list_authorities():
        with acting_for(authority.id):
            rows = GateDevice.objects.filter(authority_id=authority.id, token_hash=token_hash, ended_at=None)
            found = rows.values_list("id", "gates").first()
        if found is not None:
            return DeskAt(found[0], authority.id, frozenset(found[1]))
    return None


def ground_of(
    sent: Collection[CrossingData], persons: Collection[UUID], *, actor: Actor, now: datetime
) -> Ground:
    """`persons` are those whose codes were shown."""
    authority, on = actor.authority_id, local_date(now)
    gates = {
        gate.number: gate
        for gate in Gate.objects.filter(authority_id=authority, number__in={each.gate for each in sent})
    }
    documents = {each.document for crossing in sent for each in crossing.travellers if each.document}
    by_document = people.ids_by_document(documents, actor=actor) if documents else {}
    return Ground(
        gates=gates,
        rules={kind: _rules(kind, on) for kind in {gate.kind_of_rules for gate in gates.values()}},
        places=dict(
            PlaceNumber.objects.filter(authority_id=authority).values_list("enterprise_id", "number")
        ),
        passes=_passes({tidied(each.plate) for each in sent}, authority),
        by_document=by_document,
        known=_known({*persons, *by_document.values()}, actor=actor, now=now),
        secrets=code_secrets(authority) if persons else {},
    )


def answered_before(sent: Iterable[CrossingData], *, authority_id: UUID) -> dict[tuple[int, int], Crossing]:
    """Those among them that are on record, by gate and nonce."""
    wanted = {(each.gate, each.nonce) for each in sent}
    rows = Crossing.objects.filter(
        authority_id=authority_id,
        gate__in={gate for gate, _nonce in wanted},
        at__in={each.at for each in sent},
        nonce__in={nonce for _gate, nonce in wanted},
    )
    return {(row.gate, row.nonce): row for row in rows if (row.gate, row.nonce) in wanted}


def misdated_before(
    sent: Iterable[CrossingData], *, since: datetime, authority_id: UUID
) -> dict[tuple[int, int], Crossing]:
    """As `answered_before`, of those whose moment could not be kept: found by the nonce alone."""
    wanted = {(each.gate, each.nonce) for each in sent}
    if not wanted:
        return {}
    rows = Crossing.objects.filter(
        authority_id=authority_id,
        gate__in={gate for gate, _nonce in wanted},
        nonce__in={nonce for _gate, nonce in wanted},
        at__gte=since,
    )
    return {(row.gate, row.nonce): row for row in rows if (row.gate, row.nonce) in wanted}


def list_checkpoints(actor: Actor, permission: str) -> list[Gate]:
    """The checkpoints in use at which the actor may do this, by name."""
    rows = Gate.objects.filter(authority_id=actor.authority_id, kind=GateKind.ROAD, closed_at=None)
    reach = actor.reach(permission)
    if not (actor.is_system or reach.everywhere):
        rows = rows.filter(area_id__in=reach.areas)
    return list(rows.order_by("name", "number"))


def _rules(kind: str, on: date) -> GateRules:
    return asked_at(playbooks.gate_rule(kind, on=on) if kind else None)


def _passes(plates: set[str], authority_id: UUID) -> dict[str, list[VehiclePass]]:
    rows = VehiclePass.objects.filter(authority_id=authority_id, plate__in=plates, cancelled_at=None)
    found: dict[str, list[VehiclePass]] = {}
    for row in rows.order_by("-starts_at"):
        found.setdefault(row.plate, []).append(row)
    return found


def _known(persons: set[UUID], *, actor: Actor, now: datetime) -> dict[UUID, Known]:
    work = people.at_work(persons, actor=actor)
    levels = clearances_of(list(work), now=now) if work else {}
    return {who: Known(level=levels[who].level) for who in work}
