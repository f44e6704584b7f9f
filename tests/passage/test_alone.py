"""A phone without a network, by the state it was sent, answers what the gate process would have answered."""

from __future__ import annotations

import asyncio
import json
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from fugong.passage.choices import Answer, Reason, SubjectKind
from fugong.passage.ingest import arrays
from fugong.passage.ingest.judging import judge
from fugong.passage.ingest.known import Device, Gate, Person, State
from fugong.passage.ingest.lists import Lists
from fugong.passage.ingest.messages import SentScan
from fugong.passage.rules import codes, printed
from fugong.passage.rules.codes import Claim, LiveCode, Offline
from fugong.passage.rules.deciding import Known
from fugong.passage.rules.printed import Printed, PrintedCode
from fugong.passage.rules.quick import Reader
from fugong.passage.rules.restrictions import name_in_list
from tests.passage import node, twins

SCRIPT = Path(__file__).with_name("alone.mjs")
SEED = 20_220_428
SCANS = 2_500
HOURS = 12
SECRETS = {7: twins.SECRET}
PHONE = Ed25519PrivateKey.from_private_bytes(b"\x22" * 32)
PUBLIC = PHONE.public_key().public_bytes_raw()


@pytest.fixture(scope="module")
def told() -> tuple[list[SentScan], list[tuple[int, int]], list[tuple[int, int]]]:
    """The scans, what the process answers, and what the phone does."""
    draw = random.Random(SEED)
    state = _state(draw)
    device = Device(UUID(int=5), frozenset(state.gates), state, b"\x05" * 32)
    lists = Lists(state)
    sent = asyncio.run(lists.sent_to(device, twins.NOW))
    changes = list(_changed(draw, state, device, lists))
    scans = [_scan(draw, state) for _ in range(SCANS)]
    answered = [judge(scan, device, scan.at)[1] for scan in scans]
    given = {"state": sent, "changes": changes, "scans": [msgspec.to_builtins(scan) for scan in scans]}
    found = node.run(SCRIPT, json.loads(msgspec.json.encode(given)))
    return scans, [(each.answer, each.reason) for each in answered], [tuple(each) for each in found]


def test_phone_alone_when_anything_is_shown_then_answers_what_the_process_would(told):
    scans, server, phone = told
    wrong = [
        (scan, Reason(right[1]).name, Reason(found[1]).name)
        for scan, right, found in zip(scans, server, phone, strict=True)
        if found != right and not _is_withdrawn_and_over(right, found)
    ]
    assert wrong == []


def test_scans_when_drawn_then_every_reason_of_the_process_is_often_met(told):
    met = Counter(Reason(reason).name for _answer, reason in told[1])
    rare = {"NOT_ON_THE_SPOT", "USED_ELSEWHERE"}
    assert set(met) == {each.name for each in Reason} - rare
    assert min(met.values()) >= 3


def _is_withdrawn_and_over(server: tuple[int, int], phone: tuple[int, int]) -> bool:
    """A card that is both: stopped by either, and the phone says the one that it sees first."""
    both = {Reason.EXPIRED, Reason.EARLY}
    return server == (Answer.STOP, Reason.REVOKED) and phone[0] == Answer.STOP and phone[1] in both


def _state(draw: random.Random) -> State:
    state = State(UUID(int=1), secrets=SECRETS, public_keys=twins.PUBLIC, reader=Reader(SECRETS))
    for number in range(1, 15):
        rules = twins._rules(draw)
        state.gates[number] = Gate(UUID(int=number), number, f"{number}", rules, is_open=number != 14)
    for _ in range(80):
        id_ = draw.randbytes(16)
        known = twins._known(draw) or Known("green")
        known = _spread(draw, known)
        of = state.people if known.kind is SubjectKind.PERSON else state.guests
        of[id_] = Person(known, "王*芳", arrays.uuid(id_))
    for id_ in draw.sample(sorted(state.people), 8):
        state.revoked |= {id_ + b"\0\0\0\1", id_ + (9).to_bytes(4, "big")}
    for id_ in draw.sample(sorted(state.guests), 3):
        state.ended.add(id_)
        del state.guests[id_]
    return state


def _spread(draw: random.Random, known: Known) -> Known:
    """What turns, turns while the list is good."""

    def later() -> float:
        return twins.NOW + draw.uniform(-3600, HOURS * 3600)

    window = known.window and (later(), later())
    until = known.until and later()
    return replace(known, until=until, window=window, tested_at=known.tested_at and later() - 86_400)


def _changed(draw: random.Random, state: State, device: Device, lists: Lists) -> Iterator[dict[str, Any]]:
    """Levels that change after the list was sent, as the process tells them."""
    for id_ in draw.sample(sorted(state.people), 20):
        person = state.people[id_]
        state.people[id_] = replace(person, known=_spread(draw, replace(person.known, level="red")))
        lists.change([id_])
        for number, gate in state.gates.items():
            steps = lists.steps(id_, gate.rules)
            yield {"gate": number, "name": name_in_list(device.list_key, id_), "steps": steps}


def _scan(draw: random.Random, state: State) -> SentScan:
    at = (twins.NOW + draw.randrange(1, HOURS * 3600 - 120)) * 1_000_000 + draw.randrange(1_000_000)
    shown = draw.choice([_live, _live, _live, _on_paper, _on_paper, _nothing])(draw, state, at // 60_000_000)
    temperature = draw.choice([None, None, 365, 373])
    return SentScan(draw.choice(list(state.gates)), draw.getrandbits(62), at, shown, 1, temperature)


def _live(draw: random.Random, state: State, minute: int) -> str:
    id_ = draw.choice(sorted(state.people))
    known = state.people[id_].known
    until = minute + draw.choice([4_000] * 12 + [0, 1])
    key = draw.choice([7] * 20 + [8])
    device = draw.choice([b"\0\0\0\1", b"\0\0\0\2"])
    claim = Claim(key, UUID(bytes=id_), device, until, known.place, known.hours)
    made = minute + draw.choice([0] * 12 + [-3, -2, -1, 1, 2])
    by = draw.choice([twins.AUTHORITY] * 20 + [PHONE])
    secret = twins.SECRET if by is twins.AUTHORITY else b"\x09" * 32
    told = Offline(PUBLIC, by.sign(codes.certified(claim, PUBLIC)), PHONE.sign(codes.signed(claim, made)))
    return str(LiveCode(claim, made, codes.mac_of(codes.phone_key(secret, claim), claim, made), told))


def _on_paper(draw: random.Random, state: State, minute: int) -> str:
    id_ = draw.choice([*sorted(state.people), *sorted(state.guests) * 3, *sorted(state.ended) * 3])
    person = state.people.get(id_) or state.guests.get(id_)
    known = person.known if person else Known(kind=SubjectKind.VISITOR)
    start, end = draw.choice([(-60, 600)] * 8 + [(1, 600), (-60, 0), (0, 1)])
    serial = draw.choice([9, 10])
    said = Printed(
        known.kind, 7, UUID(bytes=id_), serial, minute + start, minute + end, known.place, known.hours
    )
    by = draw.choice([twins.AUTHORITY] * 20 + [PHONE])
    secret = twins.SECRET if by is twins.AUTHORITY else b"\x09" * 32
    return str(PrintedCode(said, printed.mac_of(secret, said), by.sign(printed.signed(said))))


def _nothing(draw: random.Random, state: State, minute: int) -> str:
    """No code, or what somebody typed that is nobody's."""
    texts = ["", "FG1.", "FG1.AAAA", "FGP1.AAAA", "https://park.example/v/AAAAAAAAAAAAAAAA", "FG", "码" * 30]
    return draw.choice([*texts, "110101199003070038", "粤P12345"])
