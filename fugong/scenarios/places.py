"""Places with a code in daily use: opened, scanned by workers on their phones, confirmed by the guard."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from stdnum.cn import ric

from fugong.clearance import operations as clearance
from fugong.passage import operations as passage
from fugong.passage import queries as passages
from fugong.passage.choices import Direction, Directions, GateKind
from fugong.passage.operations.gates import open_gate
from fugong.passage.rules.gates import GateData
from fugong.people import operations as people
from fugong.people import queries as people_queries
from fugong.people.operations import PersonData
from fugong.people.queries import Token, Worker
from fugong.people.rules.consent import current_version
from fugong.people.rules.self_registering import Said
from fugong.people.rules.tokens import SECRET_BYTES
from fugong.scenarios.reading import Act
from fugong.scenarios.stage import Stage

BETWEEN = timedelta(seconds=25)
GUARD_TAKES = timedelta(seconds=8)
OPEN_FOR = timedelta(days=30)


@dataclass
class Places:
    """By enterprise: its gate, the poster that hangs there, and the phones of its people."""

    stage: Stage
    gates: dict[str, UUID] = field(default_factory=dict)
    posters: dict[str, Token] = field(default_factory=dict)
    phones: dict[str, list[Token]] = field(default_factory=dict)

    def open(self, act: Act) -> None:
        actor = self.stage.actor(act.who)
        said = GateData(act.detail["name"], kind_of_rules="venue", directions=Directions.IN)
        place = self.stage.enterprises[act.enterprise]
        gate = open_gate(said, kind=GateKind.VENUE, enterprise_id=place, actor=actor, now=act.at)
        self.gates[act.enterprise] = gate.id
        self.posters[act.enterprise] = passage.renew_poster(gate.id, actor=actor, now=act.at)

    def register_phones(self, act: Act) -> None:
        """Everybody scans the enterprise's own poster and sends the form; the contact confirms each."""
        actor, place = self.stage.actor(act.who), self.stage.enterprises[act.enterprise]
        people.renew_code(place, ends_on=(act.at + OPEN_FOR).date(), actor=actor, now=act.at)
        poster = Token.parse(self._address_of(place, actor))
        assert poster is not None
        chance, found = self._chance(act), []
        for number in range(int(act.detail["people"])):
            phone = Token(actor.authority_id, chance.randbytes(SECRET_BYTES))
            said = self._said(int(act.enterprise[1:]) * 100 + number, chance)
            row = people.self_register(poster, phone, said, consent=current_version(), now=act.at)
            person = people.confirm(row.id, actor=actor, now=act.at)
            clearance.recompute_person(person.id, actor.authority_id, now=act.at)
            found.append(phone)
        self.phones[act.enterprise] = found

    def day(self, act: Act) -> None:
        """`here` people come one after the other and the guard confirms each; `forwarded` others, who stay
        at home, tap on a picture of the poster that was sent to them, and nobody confirms them."""
        here, away = int(act.detail["here"]), int(act.detail["forwarded"])
        phones = list(self.phones[act.enterprise])
        self._chance(act).shuffle(phones)
        for number, phone in enumerate(phones[: here + away]):
            at = act.at + number * BETWEEN
            self._scan(act.enterprise, self._worker(phone), at=at)
            if number < here:
                self._confirm(act, at=at + GUARD_TAKES)

    def _scan(self, enterprise: str, worker: Worker, *, at: datetime) -> None:
        poster = self.posters[enterprise]
        gate = passages.find_venue(poster)
        assert gate is not None
        opened = passage.open_venue(gate, worker, now=at).sealed(passages.server_key())
        passage.scan_venue(poster, opened, Direction.IN, worker=worker, now=at)

    def _confirm(self, act: Act, *, at: datetime) -> None:
        """The last who came: the guard looks up at each."""
        actor = self.stage.actor(act.who)
        gate = passages.find_venue(self.posters[act.enterprise])
        assert gate is not None
        last = passages.came_lately(gate, actor=actor, now=at)[0]
        passage.confirm_presence(gate.id, last.at, last.nonce, actor=actor, now=at)

    def _worker(self, phone: Token) -> Worker:
        worker = people_queries.worker_of(phone)
        assert worker is not None
        return worker

    def _address_of(self, place: UUID, actor: Any) -> str:
        code = people_queries.find_code_of(actor, place)
        assert code is not None
        return people_queries.address_of(code).rstrip("/").rpartition("/")[2]

    def _chance(self, act: Act) -> random.Random:
        return random.Random(f"{act.enterprise} {act.what} {act.at}")  # noqa: S311 - to be the same each time

    def _said(self, number: int, chance: random.Random) -> Said:
        words: Mapping[str, Any] = self.stage.scenario.head["phones"]
        name = chance.choice(words["families"]) + words["between"] + chance.choice(words["given"])
        return Said(
            person=PersonData(
                name=f"{name}{words['mark']}",
                document=_document(words["county"], number),
                # No mobile number begins so: these are nobody's.
                phone=f"100{number:08}",
                home_region=chance.choice(words["homes"]),
                lodging=chance.choice(words["lodgings"]),
            ),
            post=chance.choice(words["posts"]),
            crew=chance.choice(words["crews"]),
        )


def _document(county: str, number: int) -> str:
    """Right in date and check digit, in a county that was never given out."""
    born = date(1970, 1, 1) + timedelta(days=number * 11)
    body = f"{county}{born:%Y%m%d}{number % 995 + 1:03}"
    return body + str(ric.calc_check_digit(f"{body}0"))
