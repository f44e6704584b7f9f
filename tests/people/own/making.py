"""Phones of made-up people."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.test import Client

from fugong.people import operations
from fugong.people.choices import Bond
from fugong.people.models import Device, Person, SelfRegistration
from fugong.people.operations import PersonData
from fugong.people.rules.consent import current_version
from fugong.people.rules.self_registering import Said
from fugong.people.rules.tokens import SECRET_BYTES, Token, cookie_of
from fugong.people.web.phones import COOKIE
from tests.people.making import NOW, data

_secrets = iter(range(1, 100_000))


def token_in(authority_id: Any) -> Token:
    return Token(authority_id, next(_secrets).to_bytes(SECRET_BYTES, "big"))


def phone_of(person: Person) -> Token:
    """As it is after a registration was confirmed."""
    token = token_in(person.authority_id)
    Device.objects.create(
        authority_id=person.authority_id,
        token_hash=token.hashed,
        person=person,
        bond=Bond.KNOWN,
        opened_at=NOW,
        last_seen_at=NOW,
        confirmed_at=NOW,
    )
    return token


def holding(*tokens: Token, client: Client | None = None) -> Client:
    client = client or Client()
    client.cookies[COOKIE] = cookie_of(tokens)
    return client


def said(**changes: Any) -> Said:
    person = {name: changes.pop(name) for name in list(changes) if name in PersonData.__dataclass_fields__}
    return Said(person=data(**person), **({"post": "缝纫", "crew": "甲班"} | changes))


def given(poster: Token, *, now: datetime = NOW, on: Token | None = None, **changes: Any) -> SelfRegistration:
    """A registration from a new phone."""
    phone = on or token_in(poster.authority_id)
    return operations.self_register(poster, phone, said(**changes), consent=current_version(), now=now)
