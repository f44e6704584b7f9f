"""Who somebody is, by the phone."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from fugong.core.actor import Actor, worker_actor
from fugong.core.tenancy import acting_for
from fugong.people.models import Device
from fugong.people.rules.tokens import Token


@dataclass(frozen=True, slots=True)
class Worker:
    """A person of the ledger on a phone of its own. `actor` is what operations take."""

    person_id: UUID
    authority_id: UUID
    actor: Actor
    device_id: UUID
    name: str
    mark: str
    enterprise_id: UUID | None = None
    enterprise_name: str = ""


def find_device(token: Token) -> Device | None:
    """The phone with this token, ended or not, with its person and the enterprise. Acts for no one yet."""
    with acting_for(token.authority_id):
        rows = Device.objects.filter(authority_id=token.authority_id, token_hash=token.hashed)
        return rows.select_related("person__enterprise", "person__merged_into__enterprise").first()


def find_phone_of(actor: Actor, person_id: UUID) -> Device | None:
    """The phone that stands for a person now. The caller checks who may see the file."""
    rows = Device.objects.filter(authority_id=actor.authority_id, person_id=person_id, ended_at=None)
    return rows.first()


def worker_of(token: Token) -> Worker | None:
    """None where the phone is unknown, not confirmed yet, or ended. One statement, and the tenant's two."""
    device = find_device(token)
    return worker_on(device, token) if device is not None else None


def worker_on(device: Device, token: Token) -> Worker | None:
    """As `worker_of`, of a device that was read by `find_device`."""
    person = device.person
    if person is None or device.ended_at is not None:
        return None
    person = person.merged_into or person
    place = person.enterprise
    return Worker(
        person_id=person.id,
        authority_id=device.authority_id,
        actor=worker_actor(device.authority_id, person.id, person.name),
        device_id=device.id,
        name=person.name,
        mark=token.mark,
        enterprise_id=place.id if place else None,
        enterprise_name=place.name if place else "",
    )
