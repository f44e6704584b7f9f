"""Workers with phones, and what their phones make."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from fugong.core.actor import Actor, worker_actor
from fugong.passage.operations import Issued
from fugong.passage.rules.codes import LiveCode, Offline, mac_of, minute_of, signed
from fugong.people.models import Person
from fugong.people.queries import Token
from tests.people import making as people
from tests.people.own.making import phone_of
from tests.support.making import NOW, Place

PHONE = Ed25519PrivateKey.from_private_bytes(b"\x22" * 32)
PUBLIC = PHONE.public_key().public_bytes_raw()
HOUR = timedelta(hours=1)


def on_a_phone(here: Place, **changes: Any) -> tuple[Person, Token]:
    person = people.registered(here.enterprise, now=NOW - timedelta(days=10), **changes)
    return person, phone_of(person)


def worker(person: Person) -> Actor:
    return worker_actor(person.authority_id, person.id, person.name)


def shown(issued: Issued, *, at: datetime) -> LiveCode:
    """As the page makes it."""
    minute, claim = minute_of(at), issued.claim
    offline = Offline(PUBLIC, issued.certificate, PHONE.sign(signed(claim, minute)))
    return LiveCode(claim, minute, mac_of(issued.mac_key, claim, minute), offline)
