"""The lists that devices keep: worked out once for gates that ask the same, whole when sent, never behind."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any
from uuid import UUID

import pytest

from fugong.passage.choices import Answer, SubjectKind
from fugong.passage.ingest import arrays, lists
from fugong.passage.ingest.known import Device, Gate, Person, State
from fugong.passage.ingest.lists import Lists
from fugong.passage.rules.deciding import GateRules, Known

NOW = 1_650_000_000
LEVELS = {"green": Answer.ALLOW, "red": Answer.STOP}
PEOPLE = 900


def person(level: str) -> Person:
    return Person(Known(level), "王*芳", arrays.uuid(bytes(16)))


def subject(number: int) -> bytes:
    return number.to_bytes(16, "big")


@pytest.fixture
def state() -> State:
    """A third of them may not pass; twenty gates of as many enterprises, and one visitor of the third."""
    state = State(UUID(int=1))
    state.people = {subject(n): person("green" if n % 3 else "red") for n in range(PEOPLE)}
    visitor = Known(kind=SubjectKind.VISITOR, place=3, window=(NOW - 3600.0, NOW + 86_400.0))
    state.guests = {subject(5000): Person(visitor, "李*", arrays.uuid(bytes(16)))}
    for n in range(1, 21):
        rules = GateRules(levels=LEVELS, place=n, fever_from=373, visitors=Answer.ALLOW)
        state.gates[n] = Gate(UUID(int=n), n, f"门{n}", rules)
    return state


def device(state: State, *gates: int) -> Device:
    return Device(UUID(int=9), frozenset(gates or state.gates), state, b"\x09" * 32)


def sent(kept: Lists, *devices: Device) -> list[Any]:
    """What each is sent, all of them asking at once."""

    async def asked() -> list[Any]:
        return list(await asyncio.gather(*(kept.sent_to(each, NOW) for each in devices)))

    return asyncio.run(asked())


def counting(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Of whom it is worked out from now on, by kind."""
    met: Counter[str] = Counter()
    real = lists.steps_of

    def counted(rules: GateRules, known: Known | None, **horizon: int) -> object:
        met[known.kind.name if known else ""] += 1
        return real(rules, known, **horizon)

    monkeypatch.setattr(lists, "steps_of", counted)
    return met


def test_lists_when_gates_differ_by_the_enterprise_only_then_each_person_is_worked_out_once(
    state, monkeypatch
):
    met = counting(monkeypatch)
    (told,) = sent(Lists(state), device(state))
    assert met == {"PERSON": PEOPLE, "VISITOR": len(state.gates)}
    stopped = {number: len(found) for number, found in told["lists"].items()}
    # The visitor is free at the gate of the host, and asked about elsewhere.
    assert stopped == {str(n): PEOPLE // 3 + (n != 3) for n in state.gates}


def test_lists_when_two_devices_ask_while_they_are_made_then_both_get_all_of_it(state):
    one, other = sent(Lists(state), device(state, 1), device(state, 1))
    assert len(one["lists"]["1"]) == len(other["lists"]["1"]) == PEOPLE // 3 + 1


def test_lists_when_a_level_changes_and_nobody_listens_then_the_kept_one_has_it(state):
    kept = Lists(state)
    (before,) = sent(kept, device(state, 3))
    state.people[subject(1)] = person("red")
    kept.change([subject(1)])
    (after,) = sent(kept, device(state, 3))
    assert len(after["lists"]["3"]) == len(before["lists"]["3"]) + 1
    assert after["version"] > before["version"]


def test_lists_when_somebody_may_pass_again_then_off_the_kept_one(state):
    kept = Lists(state)
    sent(kept, device(state, 3))
    state.people[subject(0)] = person("green")
    kept.change([subject(0)])
    assert kept.steps(subject(0), state.gates[3].rules) == ()
    (after,) = sent(kept, device(state, 3))
    assert len(after["lists"]["3"]) == PEOPLE // 3 - 1


def test_lists_when_a_visit_is_taken_back_then_only_guests_are_worked_out_anew(state, monkeypatch):
    kept = Lists(state)
    sent(kept, device(state, 3))
    state.guests.clear()
    state.ended.add(subject(5000))
    kept.forget_guests()
    met = counting(monkeypatch)
    (told,) = sent(kept, device(state, 3))
    assert len(told["lists"]["3"]) == PEOPLE // 3 + 1
    assert met == {}


def test_lists_when_rules_change_while_they_are_made_then_who_asks_later_gets_the_new_ones(state):
    kept = Lists(state)

    async def asked() -> list[Any]:
        first = asyncio.create_task(kept.sent_to(device(state, 1), NOW))
        await asyncio.sleep(0)
        state.people = {each: person("red") for each in state.people}
        kept.forget()
        second = await kept.sent_to(device(state, 1), NOW)
        return [await first, second]

    before, after = asyncio.run(asked())
    assert len(after["lists"]["1"]) == PEOPLE + 1
    assert after["version"] > before["version"]
