"""Places with a code, and people before them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fugong.clearance import operations as clearance
from fugong.core.actor import Actor
from fugong.core.ids import new_id
from fugong.core.tenancy import acting_for
from fugong.passage import operations, queries
from fugong.passage.choices import GUARD, KEEP, SEE, Direction, Directions, GateKind
from fugong.passage.models import Gate, Scan
from fugong.passage.operations import Answered
from fugong.passage.operations.gates import open_gate
from fugong.passage.rules.gates import GateData
from fugong.passage.rules.venues import Opening
from fugong.people.models import Person
from fugong.people.queries import Token, Worker
from fugong.people.queries import worker_of as found_worker
from fugong.playbooks.rules.library import LIBRARY
from fugong.playbooks.rules.loading import load_playbook
from fugong.playbooks.rules.playbook import Playbook
from fugong.resumption.facts import APPLICANT
from tests.accounts import making as accounts
from tests.enterprises import making as register
from tests.passage.own.making import on_a_phone
from tests.support.making import NOW, Place, put_in_force

POSITION = {"latitude": 40.0766, "longitude": 113.3001}


@cache
def playbook(on_the_spot: str) -> Playbook:
    text = (LIBRARY / "datong.toml").read_text(encoding="utf-8")
    wanted = f'on_the_spot = "{on_the_spot}"'
    if on_the_spot == "position":
        wanted += "\nposition_metres = 100"
    assert 'on_the_spot = "guard"' in text
    text = text.replace('on_the_spot = "guard"', wanted).replace("nonce_minutes = 5", "nonce_minutes = 3")
    with TemporaryDirectory() as folder:
        file = Path(folder) / "datong.toml"
        file.write_text(text, encoding="utf-8")
        return load_playbook(file, facts=APPLICANT)


def district(on_the_spot: str, code: str = "north") -> Place:
    authority = accounts.authority(code)
    with acting_for(authority.id):
        put_in_force(authority, playbook(on_the_spot))
        park = accounts.park(authority)
        return Place(authority, park, register.registered(park))


@dataclass(frozen=True)
class Canteen:
    here: Place
    gate: Gate
    poster: Token

    def somebody(self, **changes: Any) -> tuple[Person, Token]:
        """Free to pass, on a phone of her own."""
        person, token = on_a_phone(self.here, **changes)
        clearance.recompute_person(person.id, self.here.authority.id, now=NOW)
        return person, token

    def guard(self) -> Actor:
        return acting(self.here, GUARD)

    def opened(self, worker: Worker, *, turn: str = "", at: datetime = NOW) -> str:
        opening: Opening = operations.open_venue(self.gate, worker, turn=turn, now=at)
        return opening.sealed(queries.server_key())

    def scanned(
        self,
        worker: Worker,
        opened: str | None = None,
        *,
        at: datetime = NOW,
        leaving: bool = False,
        **more: Any,
    ) -> Answered:
        return operations.scan_venue(
            more.pop("poster", self.poster),
            self.opened(worker, at=at) if opened is None else opened,
            Direction.OUT if leaving else Direction.IN,
            worker=worker,
            now=at,
            **more,
        )


def opened(here: Place, **changes: Any) -> Canteen:
    said = {"name": "一号食堂", "kind_of_rules": "venue", "directions": Directions.BOTH} | POSITION | changes
    keeper = acting(here, KEEP)
    gate = open_gate(GateData(**said), kind=GateKind.VENUE, area_id=here.park.id, actor=keeper, now=NOW)
    poster = operations.renew_poster(gate.id, actor=keeper, now=NOW)
    gate.refresh_from_db()
    return Canteen(here, gate, poster)


def acting(here: Place, *permissions: str) -> Actor:
    held = frozenset(permissions or (SEE, KEEP, GUARD))
    return Actor(new_id(), here.authority.id, "赵刚", held, areas=frozenset({here.park.id}))


def worker_on(token: Token) -> Worker:
    worker = found_worker(token)
    assert worker is not None
    return worker


def scans() -> list[Scan]:
    return list(Scan.objects.order_by("at", "way"))
