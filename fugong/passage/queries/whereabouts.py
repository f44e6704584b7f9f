"""Gates as passages need them: whose they are, and what counts as one inside with them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from fugong.passage.choices import GateKind
from fugong.passage.models import Gate
from fugong.passage.rules.presence import LONGEST, Place
from fugong.playbooks import queries as playbooks


@dataclass(frozen=True, slots=True)
class GateKnown:
    """A gate with the place it leads into: its zone, or itself."""

    id: UUID
    number: int
    name: str
    kind: GateKind
    enterprise_id: UUID | None
    area_id: UUID
    place: Place
    place_name: str

    @property
    def is_venue(self) -> bool:
        return self.place.is_venue


def gates_by_number(authority_id: UUID, numbers: Collection[int], *, on: date) -> dict[int, GateKnown]:
    """The caller answers for who may know."""
    return _known(Gate.objects.filter(authority_id=authority_id, number__in=numbers), on)


def gates_of_enterprise(authority_id: UUID, enterprise_id: UUID, *, on: date) -> dict[int, GateKnown]:
    """Closed ones too: whoever went in by one may still be inside."""
    return _known(Gate.objects.filter(authority_id=authority_id, enterprise_id=enterprise_id), on)


def gates_into(authority_id: UUID, places: Collection[UUID], *, on: date) -> dict[int, GateKnown]:
    """All gates that lead into these places: zones, and gates by themselves."""
    of_zone, alone = Q(zone_id__in=places), Q(id__in=places, zone=None)
    return _known(Gate.objects.filter(of_zone | alone, authority_id=authority_id), on)


def _known(rows: QuerySet[Gate], on: date) -> dict[int, GateKnown]:
    found = list(rows.select_related("zone").order_by("number"))
    longest = _longest_by_kind(on) if found else {}
    # A zone's inside is as long as the most patient of its gates says.
    of_place: dict[UUID, timedelta] = {}
    for gate in found:
        key = gate.zone_id or gate.id
        of_place[key] = max(of_place.get(key, timedelta(0)), longest.get(gate.kind_of_rules, LONGEST))
    return {gate.number: _as_known(gate, of_place[gate.zone_id or gate.id]) for gate in found}


def _as_known(gate: Gate, longest: timedelta) -> GateKnown:
    is_venue = gate.kind == GateKind.VENUE
    return GateKnown(
        id=gate.id,
        number=gate.number,
        name=gate.name,
        kind=GateKind(gate.kind),
        enterprise_id=gate.enterprise_id,
        area_id=gate.area_id,
        place=Place(gate.zone_id or gate.id, is_venue, longest),
        place_name=gate.zone.name if gate.zone else gate.name,
    )


def _longest_by_kind(on: date) -> Mapping[str, timedelta]:
    return {kind.id: timedelta(minutes=kind.presence_minutes) for kind in playbooks.list_gate_kinds(on=on)}
