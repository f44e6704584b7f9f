"""A door, a guard's phone to be paired, and workers with codes, in the case that a site serves."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection
from django.test import override_settings

from fugong.areas.queries import list_authorities
from fugong.clearance.queries import LevelRow, level_rows
from fugong.core.actor import system_actor
from fugong.core.secrets import secret_key
from fugong.core.signing import SigningKey, find_signing_key
from fugong.core.tenancy import acting_for
from fugong.passage.choices import SIGNING, DeviceKind, GateKind
from fugong.passage.operations.devices import name_device
from fugong.passage.operations.gates import open_gate
from fugong.passage.operations.keys import rotate_keys
from fugong.passage.queries.gates import place_numbers
from fugong.passage.rules import codes
from fugong.passage.rules.codes import Claim, LiveCode, Offline, minute_of
from fugong.passage.rules.gates import GateData
from fugong.passage.rules.keys import secret_of
from fugong.people.queries import Passing, passing
from tests.browser.serving import MORNING, Site
from tests.datong import inside


@dataclass(frozen=True, slots=True)
class Somebody:
    """With a phone that makes codes."""

    id: UUID
    name: str
    level: str
    place: int
    number: int
    key: SigningKey

    def shows(self, now: datetime) -> str:
        claim = Claim(
            self.number, self.id, b"\x00\x00\x00\x01", minute_of(now + timedelta(days=3)), self.place
        )
        phone = Ed25519PrivateKey.from_private_bytes(b"\x22" * 32)
        public = phone.public_key().public_bytes_raw()
        minute = minute_of(now)
        told = Offline(
            public, self.key.sign(codes.certified(claim, public)), phone.sign(codes.signed(claim, minute))
        )
        mac = codes.mac_of(codes.phone_key(secret_of(self.key.private), claim), claim, minute)
        return str(LiveCode(claim, minute, mac, told))


@dataclass(frozen=True, slots=True)
class Story:
    authority: UUID
    gate: str
    pairing: str
    people: dict[str, Somebody]
    """One of the gate's enterprise for each level that the case knows."""


def told(site: Site) -> Story:
    """Makes what is needed through the public operations, on the morning of the case."""
    # The code for pairing is hashed under the site's secret, not under that of the tests.
    with inside(site.database, site.home), override_settings(SECRET_KEY=secret_key(site.home)):
        (authority,) = list_authorities()
        now = datetime.fromisoformat(MORNING)
        actor = system_actor(authority.id, "set-up")
        with acting_for(authority.id):
            everybody = [each for lot in passing(authority.id) for each in lot]
            levels = level_rows([each.stands_for for each in everybody])
            rich = _of_most_levels(everybody, levels)
            key_row = rotate_keys(actor=actor, now=now)
            data = GateData(name=f"东门{secrets.token_hex(2)}", kind_of_rules="enterprise_door")
            gate = open_gate(data, kind=GateKind.DOOR, enterprise_id=rich, actor=actor, now=now)
            named = name_device("一号岗手机", DeviceKind.PHONE, [gate.id], actor=actor, now=now)
            place, key = place_numbers(authority.id)[rich], find_signing_key(SIGNING, key_row.signing)
            assert key is not None
            people = {
                levels[each.stands_for][0]: Somebody(
                    each.id, each.name, levels[each.stands_for][0], place, key_row.number, key
                )
                for each in everybody
                if each.enterprise == rich and each.stands_for in levels
            }
        return Story(authority.id, gate.name, str(named.pairing), people)


def stored(site: Site, authority: UUID) -> list[tuple[int, int, int, int, bool]]:
    """Answer, reason, direction, flags and whether somebody is known, of each scan in the order received."""
    with inside(site.database, site.home), acting_for(authority), connection.cursor() as cursor:
        cursor.execute(
            "select answer, reason, direction, flags, subject is not null from passage_scan"
            " where authority_id = %s order by at",
            [authority],
        )
        return cursor.fetchall()


def _of_most_levels(everybody: list[Passing], levels: dict[UUID, LevelRow]) -> UUID:
    found: dict[UUID, set[str]] = {}
    for each in everybody:
        if each.enterprise and each.stands_for in levels:
            found.setdefault(each.enterprise, set()).add(levels[each.stands_for][0])
    return max(found, key=lambda enterprise: len(found[enterprise]))
