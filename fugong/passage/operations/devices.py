"""Devices at gates: named, paired once by a code, and ended at once when lost."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from fugong.areas.queries import list_authorities
from fugong.core.actor import Actor, system_actor
from fugong.core.operation import Operation, operation
from fugong.core.refusals import Conflict, Invalid, NotFound
from fugong.core.tenancy import acting_for
from fugong.passage.choices import DeviceEnd, DeviceKind
from fugong.passage.models import Gate, GateDevice
from fugong.passage.permissions import check_may_keep_gate
from fugong.passage.rules.pairing import GOOD_FOR, Pairing, hashed, new_code

LABEL_MOST = 60


@dataclass(frozen=True, slots=True, repr=False)
class Named:
    """The pairing is shown once: only its hash is kept."""

    device: GateDevice
    pairing: Pairing


@dataclass(frozen=True, slots=True, repr=False)
class Paired:
    """The token goes to the device and nowhere else: only its hash is kept."""

    device: GateDevice
    token: str


class BadPairing(Invalid):
    """Wrong, used or too late: which of them is not told."""

    status = 400

    def __init__(self) -> None:
        super().__init__(
            _("This code opens nothing. It is good once, for 15 minutes: have a new one made."),
            code="bad_pairing",
        )


def name_device(
    label: str, kind: DeviceKind, gate_ids: Collection[UUID], *, actor: Actor, now: datetime
) -> Named:
    """For gates that the actor keeps; an enterprise's where all of them are. Raises NotFound, NotPermitted,
    Invalid with the fields at fault, Conflict for a name in use there."""
    with operation("passage.name_device", actor=actor, now=now) as op:
        gates = _gates(gate_ids, op=op)
        owners = {gate.enterprise_id for gate in gates}
        device = GateDevice(
            authority_id=actor.authority_id,
            label=_checked(label, gates),
            kind=kind,
            gates=sorted(gate.number for gate in gates),
            enterprise_id=owners.pop() if len(owners) == 1 else None,
            recorded_at=now,
            recorded_by=actor.user_id,
            recorded_by_name=actor.name,
        )
        pairing = _new_pairing(device, op=op)
        op.audit(device, {"label": device.label, "kind": kind.value, "gates": device.gates})
        return Named(device, pairing)


def change_device(device_id: UUID, gate_ids: Collection[UUID], *, actor: Actor, now: datetime) -> GateDevice:
    """It stands at other gates from now on. Locks it. Raises as `name_device`, Conflict when ended."""
    with operation("passage.change_device", actor=actor, now=now) as op:
        device = _locked(device_id, op=op)
        gates = _gates(gate_ids, op=op)
        _checked(device.label, gates)
        before, device.gates = device.gates, sorted(gate.number for gate in gates)
        owners = {gate.enterprise_id for gate in gates}
        device.enterprise_id = owners.pop() if len(owners) == 1 else None
        _keep(device)
        op.audit(device, {"gates": [before, device.gates]})
        return device


def pair_anew(device_id: UUID, *, actor: Actor, now: datetime) -> Named:
    """Another code for the same device: the phone forgot, or the code ran out. What it holds now stays good
    until the code is used. Locks the device. Raises NotFound, NotPermitted, Conflict when it is ended."""
    with operation("passage.pair_anew", actor=actor, now=now) as op:
        device = _locked(device_id, op=op)
        pairing = _new_pairing(device, op=op)
        op.audit(device, {"pairing_until": device.pairing_until})
        return Named(device, pairing)


def end_device(device_id: UUID, why: DeviceEnd, *, actor: Actor, now: datetime) -> GateDevice:
    """Its token opens nothing any more, at once. Locks it. Raises NotFound, NotPermitted, Conflict."""
    with operation("passage.end_device", actor=actor, now=now) as op:
        device = _locked(device_id, op=op)
        device.ended_at, device.ended_why = now, why
        device.pairing_hash = device.pairing_until = None
        device.save(update_fields=["ended_at", "ended_why", "pairing_hash", "pairing_until"])
        op.audit(device, {"why": why.value, "label": device.label})
        return device


def pair(pairing: Pairing, *, now: datetime) -> Paired:
    """By whoever holds the code, who gets the device's token; its former one opens nothing from then on.

    Typed without the QR it is looked for in each authority. Raises BadPairing.
    """
    named = pairing.authority_id
    for authority_id in [named] if named else [each.id for each in list_authorities()]:
        with acting_for(authority_id):
            paired = _paired(pairing.code, authority_id, now=now)
        if paired is not None:
            return paired
    raise BadPairing()


def _paired(code: str, authority_id: UUID, *, now: datetime) -> Paired | None:
    known = hashed(code, key=settings.SECRET_KEY.encode(), authority_id=authority_id)
    rows = GateDevice.objects.filter(authority_id=authority_id, pairing_hash=known, ended_at=None)
    if not rows.filter(pairing_until__gt=now).exists():
        return None
    actor = system_actor(authority_id, "pairing")
    with operation("passage.pair_device", actor=actor, now=now) as op:
        # Two with the same code: the second finds it used.
        device = rows.filter(pairing_until__gt=now).select_for_update().first()
        if device is None:
            raise BadPairing()
        token = secrets.token_urlsafe(32)
        device.token_hash = hashlib.sha256(token.encode("ascii")).digest()
        device.paired_at, device.pairing_hash, device.pairing_until = now, None, None
        device.save(update_fields=["token_hash", "paired_at", "pairing_hash", "pairing_until"])
        op.audit(device, {"label": device.label, "paired_at": now})
        return Paired(device, token)


def _gates(gate_ids: Collection[UUID], *, op: Operation) -> Sequence[Gate]:
    """Raises NotFound for one that is not there, NotPermitted for one that the actor does not keep."""
    gates = list(Gate.objects.filter(authority_id=op.actor.authority_id, id__in=gate_ids, closed_at=None))
    if len(gates) != len(set(gate_ids)):
        raise NotFound()
    for gate in gates:
        check_may_keep_gate(op.actor, gate.kind, area_id=gate.area_id, enterprise_id=gate.enterprise_id)
    return gates


def _checked(label: str, gates: Sequence[Gate]) -> str:
    """The name, tidied. Raises Invalid."""
    problems: dict[str, Any] = {}
    label = " ".join(label.split())
    if not 0 < len(label) <= LABEL_MOST:
        problems["label"] = _("Give it a name of at most 60 characters.")
    if not gates:
        problems["gates"] = _("Say at which gates it stands.")
    if problems:
        raise Invalid(_("The device cannot be kept like this."), code="bad_device", fields=problems)
    return label


def _new_pairing(device: GateDevice, *, op: Operation) -> Pairing:
    authority_id = op.actor.authority_id
    pairing = Pairing(new_code(), authority_id)
    device.pairing_hash = hashed(pairing.code, key=settings.SECRET_KEY.encode(), authority_id=authority_id)
    device.pairing_until = op.now + GOOD_FOR
    _keep(device)
    return pairing


def _locked(device_id: UUID, *, op: Operation) -> GateDevice:
    """One in use, all of whose gates the actor keeps."""
    rows = GateDevice.objects.filter(authority_id=op.actor.authority_id, id=device_id)
    device = rows.select_for_update().first()
    if device is None:
        raise NotFound()
    stands_at = Gate.objects.filter(authority_id=op.actor.authority_id, number__in=device.gates)
    for gate in stands_at:
        check_may_keep_gate(op.actor, gate.kind, area_id=gate.area_id, enterprise_id=gate.enterprise_id)
    if device.ended_at is not None:
        raise Conflict(_("This device is out of use."), code="device_ended")
    return device


def _keep(device: GateDevice) -> None:
    try:
        with transaction.atomic():
            device.save()
    except IntegrityError as error:
        if "gatedevice_label_once" not in str(error):
            raise
        sentence = _("There is one of this name already.")
        raise Conflict(sentence, code="name_taken", fields={"label": sentence}) from error
