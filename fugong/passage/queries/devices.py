"""Reading devices: for whoever keeps gates, and for the process that answers them."""

from __future__ import annotations

import hmac
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from fugong.core.actor import Actor
from fugong.core.refusals import NotFound
from fugong.core.tenancy import acting_for
from fugong.passage.choices import KEEP, SEE
from fugong.passage.models import Gate, GateDevice
from fugong.passage.queries.gates import list_gates

_LIST: Final = b"fugong gate list"


@dataclass(frozen=True, slots=True)
class KnownDevice:
    """One in use, as the gate process knows it."""

    id: UUID
    token_hash: bytes
    gates: frozenset[int]
    kind: str


def devices_of(authority_id: UUID, *, ids: Collection[UUID] | None = None) -> list[KnownDevice]:
    """Those that are paired and not ended; of `ids` only, where they are given."""
    with acting_for(authority_id):
        rows = GateDevice.objects.filter(authority_id=authority_id, token_hash__isnull=False, ended_at=None)
        if ids is not None:
            rows = rows.filter(id__in=ids)
        found = rows.values_list("id", "token_hash", "gates", "kind")
        return [
            KnownDevice(id_, bytes(token or b""), frozenset(gates), kind) for id_, token, gates, kind in found
        ]


def list_key_of(device_id: UUID) -> bytes:
    """By which the device's list of restrictions names people: another one for each device."""
    return hmac.digest(settings.SECRET_KEY.encode(), _LIST + device_id.bytes, "sha256")


def list_devices(actor: Actor) -> QuerySet[GateDevice]:
    """Of the actor's enterprise, and those that stand at a gate in the actor's areas; ended ones too."""
    rows = GateDevice.objects.filter(authority_id=actor.authority_id).select_related("enterprise")
    reach = actor.reach(SEE, KEEP)
    if actor.is_system or reach.everywhere:
        return rows
    numbers = list(list_gates(actor).filter(area_id__in=reach.areas).values_list("number", flat=True))
    return rows.filter(Q(gates__overlap=numbers) | Q(enterprise_id__in=actor.single_enterprises))


def get_device(actor: Actor, device_id: UUID) -> GateDevice:
    """Raises NotFound, also when the actor may not see it."""
    device = list_devices(actor).filter(id=device_id).first()
    if device is None:
        raise NotFound()
    return device


def devices_at(gate: Gate) -> list[GateDevice]:
    """Those in use that may stand there, by name. The caller has got the gate."""
    rows = GateDevice.objects.filter(
        authority_id=gate.authority_id, ended_at=None, gates__contains=[gate.number]
    )
    return list(rows.order_by("label"))


def gate_address() -> str:
    """Where devices send their scans."""
    if settings.FUGONG_GATE_URL:
        address: str = settings.FUGONG_GATE_URL
        return address
    here = urlsplit(settings.FUGONG_PUBLIC_URL)
    return f"{here.scheme}://{here.hostname}:{settings.FUGONG_GATE_PORT}"
