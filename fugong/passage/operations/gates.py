"""Gates and the zones they lead into: opened, changed, closed."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from fugong.areas import queries as areas
from fugong.core.actor import Actor
from fugong.core.operation import Operation, operation
from fugong.core.refusals import Conflict, Invalid, NotFound
from fugong.enterprises import queries as enterprises
from fugong.passage.choices import KEEP, GateKind
from fugong.passage.models import Gate, Zone
from fugong.passage.operations.numbers import next_number
from fugong.passage.operations.places import place_number
from fugong.passage.permissions import check_may_at, check_may_keep_gate
from fugong.passage.queries.rules import kinds_of_rules
from fugong.passage.rules.gates import NAME_MOST, GateData, problems_of, tidied


def open_gate(
    data: GateData,
    *,
    kind: GateKind,
    enterprise_id: UUID | None = None,
    area_id: UUID | None = None,
    actor: Actor,
    now: datetime,
) -> Gate:
    """Of an enterprise, in whose own area it lies, or in an area. Its number is the next of the authority.

    Raises NotFound, NotPermitted, Invalid with the fields at fault, Conflict for a name in use there.
    """
    with operation("passage.open_gate", actor=actor, now=now) as op:
        area_id = _ground(kind, enterprise_id, area_id, actor=actor)
        check_may_keep_gate(actor, kind, area_id=area_id, enterprise_id=enterprise_id)
        said = _checked(data, kind, enterprise_id, op=op)
        gate = Gate(
            authority_id=actor.authority_id,
            number=next_number(Gate, op=op),
            kind=kind,
            area_id=area_id,
            enterprise_id=enterprise_id,
            opened_at=now,
            recorded_by=actor.user_id,
            recorded_by_name=actor.name,
            **said,
        )
        _keep(gate)
        if enterprise_id is not None:
            place_number(enterprise_id, op=op)
        op.audit(
            gate,
            {
                "number": gate.number,
                "kind": kind.value,
                "area": area_id,
                "enterprise": enterprise_id,
                **_told(said),
            },
        )
        return gate


def change_gate(gate_id: UUID, data: GateData, *, actor: Actor, now: datetime) -> Gate:
    """All that `data` says; what it is and whose it is does not change.

    Locks the gate. Raises as `open_gate`, and Conflict for one that is closed.
    """
    with operation("passage.change_gate", actor=actor, now=now) as op:
        gate = _locked(gate_id, op=op)
        _check_open(gate)
        said = _checked(data, GateKind(gate.kind), gate.enterprise_id, op=op)
        changes = {
            name: [getattr(gate, name), new] for name, new in said.items() if getattr(gate, name) != new
        }
        for name, value in said.items():
            setattr(gate, name, value)
        _keep(gate)
        op.audit(gate, changes)
        return gate


def close_gate(gate_id: UUID, *, actor: Actor, now: datetime) -> Gate:
    """Nobody passes here any more; what passed stays. Locks it. Raises NotFound, NotPermitted, Conflict."""
    with operation("passage.close_gate", actor=actor, now=now) as op:
        gate = _locked(gate_id, op=op)
        _check_open(gate)
        gate.closed_at = max(now, gate.opened_at)
        gate.save(update_fields=["closed_at"])
        op.audit(gate, {"number": gate.number, "closed_at": now})
        return gate


def add_zone(name: str, *, enterprise_id: UUID | None = None, actor: Actor, now: datetime) -> Zone:
    """Raises NotFound, NotPermitted, Invalid, Conflict for a name in use there."""
    with operation("passage.add_zone", actor=actor, now=now) as op:
        place = enterprises.get_enterprise(actor, enterprise_id) if enterprise_id else None
        check_may_at(actor, KEEP, area_id=place.area_id if place else None, enterprise_id=enterprise_id)
        name = " ".join(name.split())
        if not 0 < len(name) <= NAME_MOST:
            sentence = _("Give it a name of at most 60 characters.")
            raise Invalid(sentence, code="bad_name", fields={"name": sentence})
        zone = Zone(authority_id=actor.authority_id, name=name, enterprise_id=enterprise_id, recorded_at=now)
        _keep(zone)
        op.audit(zone, {"name": name, "enterprise": enterprise_id})
        return zone


def _ground(kind: GateKind, enterprise_id: UUID | None, area_id: UUID | None, *, actor: Actor) -> UUID:
    """The area in which it lies. Raises NotFound, Invalid."""
    if enterprise_id is not None:
        if kind is GateKind.ROAD:
            raise _wrong("enterprise", _("A checkpoint on a road is no enterprise's."))
        return enterprises.get_enterprise(actor, enterprise_id).area_id
    if kind is GateKind.WORKSHOP:
        raise _wrong("enterprise", _("Say whose workshop it is."))
    if area_id is None:
        raise _wrong("area", _("Say in which area it lies."))
    return areas.get_area(area_id, actor=actor).id


def _checked(data: GateData, kind: GateKind, enterprise_id: UUID | None, *, op: Operation) -> dict[str, Any]:
    """As columns. Raises Invalid with every field at fault."""
    data = tidied(data)
    known = kinds_of_rules(kind, now=op.now)
    problems: dict[str, Any] = dict(problems_of(data, kinds_of_rules=known))
    if data.zone_id is not None and not _leads_into(data.zone_id, enterprise_id, op=op):
        problems["zone"] = _("This zone is another's.")
    if problems:
        raise Invalid(_("The gate cannot be kept like this."), code="bad_gate", fields=problems)
    return asdict(data)


def _leads_into(zone_id: UUID, enterprise_id: UUID | None, *, op: Operation) -> bool:
    zone = Zone.objects.filter(authority_id=op.actor.authority_id, id=zone_id).first()
    return zone is not None and zone.enterprise_id == enterprise_id


def _locked(gate_id: UUID, *, op: Operation) -> Gate:
    """Whoever may not see it does not learn that it is there."""
    rows = Gate.objects.filter(authority_id=op.actor.authority_id, id=gate_id)
    gate = rows.select_for_update().first()
    if gate is None:
        raise NotFound()
    check_may_keep_gate(op.actor, gate.kind, area_id=gate.area_id, enterprise_id=gate.enterprise_id)
    return gate


def _check_open(gate: Gate) -> None:
    if gate.closed_at is not None:
        raise Conflict(_("This gate is closed."), code="gate_closed")


def _keep(row: Gate | Zone) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if "_name_once" not in str(error):
            raise
        sentence = _("There is one of this name already.")
        raise Conflict(sentence, code="name_taken", fields={"name": sentence}) from error


def _wrong(field: str, sentence: Any) -> Invalid:
    return Invalid(sentence, code="bad_gate", fields={field: sentence})


def _told(said: dict[str, Any]) -> dict[str, object]:
    return {name: value for name, value in said.items() if value not in (None, "")}
