"""Venues: found by their posters, what is asked there, and who came lately."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from fugong.clearance import queries as clearance
from fugong.core.actor import Actor
from fugong.core.clock import local_date
from fugong.core.tenancy import acting_for
from fugong.passage.choices import Answer, Direction, Flag, GateKind, Way
from fugong.passage.models import Gate, PlaceNumber, Scan, ShiftHours
from fugong.passage.queries.gates import list_gates
from fugong.passage.rules.asking import asked_at
from fugong.passage.rules.deciding import GateRules, Hours, Known
from fugong.passage.rules.venues import confirmation_of, poster_secret, screen_key
from fugong.people import queries as people
from fugong.people.queries import AtWork, Token
from fugong.playbooks import queries as playbooks

PATH: Final = "/v/{token}/"
LATELY: Final = timedelta(minutes=30)
"""So long a guard may confirm whom he saw come or leave."""
OPEN_FOR: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Came:
    """One who scanned lately. `may_confirm`: not shown to be there, and nobody has said so yet."""

    at: datetime
    nonce: int
    name: str
    place: str
    direction: Direction
    is_shown: bool
    is_confirmed: bool

    @property
    def may_confirm(self) -> bool:
        return not self.is_shown and not self.is_confirmed


def server_key() -> bytes:
    """From which posters, screens and openings derive."""
    return settings.SECRET_KEY.encode()


def find_venue(poster: Token) -> Gate | None:
    """None where the poster was renewed or the venue is closed."""
    with acting_for(poster.authority_id):
        rows = Gate.objects.filter(authority_id=poster.authority_id, kind=GateKind.VENUE, closed_at=None)
        return rows.filter(poster=poster.hashed).select_related("area", "enterprise").first()


def poster_of(gate: Gate) -> Token | None:
    """What hangs there now; None before the first, or where this machine's key is another one by now: then
    the one that hangs goes on working, and to print it again it has to be renewed."""
    secret = poster_secret(server_key(), gate.id, gate.poster_number)
    is_same = gate.poster is not None and bytes(gate.poster) == hashlib.sha256(secret).digest()
    return Token(gate.authority_id, secret) if is_same else None


def address_of(poster: Token) -> str:
    """What the QR code says: the whole address, as a phone's camera opens it."""
    return settings.FUGONG_PUBLIC_URL + PATH.format(token=poster)


def screen_key_of(gate: Gate) -> bytes:
    return screen_key(server_key(), bytes(gate.poster or b""))


def list_venues(actor: Actor) -> QuerySet[Gate]:
    """Such as the actor sees, closed ones too."""
    return list_gates(actor).filter(kind=GateKind.VENUE)


def rules_at(gate: Gate, *, now: datetime) -> GateRules:
    """Of a gate that names no kind of the playbook everybody is asked."""
    key = gate.kind_of_rules
    rule = playbooks.gate_rule(key, on=local_date(now), area=gate.area.code) if key else None
    return asked_at(rule, place=_number_of(gate.authority_id, gate.enterprise_id))


def known_of(work: AtWork, *, authority_id: UUID, now: datetime) -> Known:
    """As gates know somebody: the level as it reads now, the place of work and the hours of the shift."""
    level = clearance.clearance_of(work.person_id, now=now).level
    place_id = work.place.id if work.place else None
    return Known(
        level=level,
        place=_number_of(authority_id, place_id),
        hours=hours_of(authority_id, place_id, work.shift),
    )


def hours_of(authority_id: UUID, enterprise_id: UUID | None, shift: str) -> Hours | None:
    if enterprise_id is None or not shift:
        return None
    rows = ShiftHours.objects.filter(authority_id=authority_id, enterprise_id=enterprise_id, shift=shift)
    return rows.values_list("starts", "ends").first()


def open_presences(person_id: UUID, authority_id: UUID, *, now: datetime) -> list[tuple[Gate, datetime]]:
    """The venues where somebody came in, since when, and did not say that he or she left. Within a day."""
    rows = Scan.objects.filter(authority_id=authority_id, subject=person_id, at__gt=now - OPEN_FOR)
    rows = rows.filter(answer=Answer.ALLOW, way__in=(Way.VENUE, Way.BY_HAND)).order_by("at")
    latest: dict[int, tuple[int, datetime]] = {}
    for gate, at, direction, flags in rows.values_list("gate", "at", "direction", "flags"):
        if not flags & Flag.NOT_SHOWN_TO_BE_THERE:
            latest[gate] = (direction, at)
    inside = {gate: at for gate, (direction, at) in latest.items() if direction == Direction.IN}
    gates = Gate.objects.filter(authority_id=authority_id, number__in=inside, kind=GateKind.VENUE)
    return sorted(((gate, inside[gate.number]) for gate in gates), key=lambda each: each[1])


def came_lately(gate: Gate, *, actor: Actor, now: datetime) -> list[Came]:
    """The latest first. The caller answers for who may see them."""
    rows = Scan.objects.filter(
        authority_id=gate.authority_id, gate=gate.number, at__gt=now - LATELY, subject__isnull=False
    )
    scans = list(rows.order_by("-at", "nonce"))
    known = people.at_work([scan.subject for scan in scans if scan.subject], actor=actor)
    confirmed = _confirmed(scans)
    return [_came(scan, known, confirmed) for scan in scans if scan.way == Way.VENUE]


def _came(scan: Scan, known: Mapping[UUID, AtWork], confirmed: set[tuple[datetime, int]]) -> Came:
    work = known.get(scan.subject) if scan.subject else None
    return Came(
        at=scan.at,
        nonce=scan.nonce,
        name=work.name if work else "",
        place=work.place.name if work and work.place else "",
        direction=Direction(scan.direction),
        is_shown=not scan.flags & Flag.NOT_SHOWN_TO_BE_THERE,
        is_confirmed=(scan.at, scan.nonce) in confirmed,
    )


def _confirmed(scans: Sequence[Scan]) -> set[tuple[datetime, int]]:
    return {(scan.at, confirmation_of(scan.nonce)) for scan in scans if scan.way == Way.BY_HAND}


def _number_of(authority_id: UUID, enterprise_id: UUID | None) -> int:
    if enterprise_id is None:
        return 0
    rows = PlaceNumber.objects.filter(authority_id=authority_id, enterprise_id=enterprise_id)
    return rows.values_list("number", flat=True).first() or 0
