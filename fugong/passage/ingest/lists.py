"""What a device is sent to decide by itself: rules, keys, and the restrictions of its own gates.

Working through everybody takes longer than a gate may wait, so it is done in small pieces between the scans,
once for all gates that ask for the same, and kept for some minutes; what changes meanwhile is put in.
"""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from fugong.passage.choices import Answer, Reason
from fugong.passage.ingest.known import Device, Gate, Person, State
from fugong.passage.rules.asking import as_sent
from fugong.passage.rules.deciding import GateRules
from fugong.passage.rules.restrictions import Step, name_in_list, steps_of

GOOD_FOR: Final = 12 * 3600
"""Seconds. Past them a phone asks for everybody."""
MADE_ANEW_AFTER: Final = 15 * 60
PIECE: Final = 200
"""People worked through before scans get their turn: about a millisecond."""


@dataclass(slots=True)
class _List:
    since: int
    until: int
    steps: dict[bytes, tuple[Step, ...]] = field(default_factory=dict)


class Lists:
    """Of one authority, by the rules of gates."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._made: dict[str, _List] = {}
        self._making: dict[str, asyncio.Task[_List]] = {}

    def forget(self) -> None:
        """Rules, guests or many levels have changed."""
        self._made.clear()

    def change(self, subject: bytes, rules: GateRules) -> tuple[Step, ...] | None:
        """The steps of one person, put into the list that is kept. None: no list is, so ask for all of it."""
        kept = self._made.get(_key(rules))
        person = self._state.people.get(subject)
        if kept is None:
            return None
        steps = steps_of(rules, person.known if person else None, since=kept.since, until=kept.until)
        if steps:
            kept.steps[subject] = steps
        else:
            kept.steps.pop(subject, None)
        return steps

    async def sent_to(self, device: Device, now: float) -> dict[str, object]:
        """The state as a device keeps it; `now` is in seconds since 1970 UTC."""
        gates = [self._state.gates[number] for number in sorted(device.gates) if number in self._state.gates]
        lists = {gate.number: await self._list(gate.rules, int(now)) for gate in gates}
        return {
            "now": int(now * 1000),
            "since": max((each.since for each in lists.values()), default=int(now)),
            "until": min((each.until for each in lists.values()), default=int(now)),
            "gates": [_gate(gate) for gate in gates],
            "keys": {str(number): _text(key) for number, key in self._state.public_keys.items()},
            "revoked": [name_in_list(device.list_key, subject) for subject in self._state.revoked],
            "list_key": _text(device.list_key),
            "lists": {str(number): await _named(device, each) for number, each in lists.items()},
            "levels": self._state.levels,
        }

    async def _list(self, rules: GateRules, now: int) -> _List:
        key = _key(rules)
        made = self._made.get(key)
        if made is not None and now < made.since + MADE_ANEW_AFTER:
            return made
        making = self._making.get(key)
        if making is None:
            making = self._making[key] = asyncio.create_task(self._make(key, rules, now))
        return await asyncio.shield(making)

    async def _make(self, key: str, rules: GateRules, now: int) -> _List:
        made = _List(since=now - 60, until=now + GOOD_FOR)
        # Kept from the start, so that what changes while it is made is put in too.
        self._made[key] = made
        try:
            everybody = [*self._state.people.items(), *self._state.guests.items()]
            for start in range(0, len(everybody), PIECE):
                _work_through(everybody[start : start + PIECE], rules, made, self._state)
                await asyncio.sleep(0)
            for subject in self._state.ended:
                made.steps[subject] = ((made.since, int(Answer.STOP), int(Reason.REVOKED)),)
        finally:
            del self._making[key]
        return made


def _work_through(
    people: Iterable[tuple[bytes, Person]], rules: GateRules, made: _List, state: State
) -> None:
    for subject, person in people:
        current = state.people.get(subject) or state.guests.get(subject) or person
        steps = steps_of(rules, current.known, since=made.since, until=made.until)
        if steps:
            made.steps[subject] = steps


async def _named(device: Device, made: _List) -> dict[str, tuple[Step, ...]]:
    named: dict[str, tuple[Step, ...]] = {}
    for count, (subject, steps) in enumerate(list(made.steps.items())):
        named[name_in_list(device.list_key, subject)] = steps
        if count % PIECE == 0:
            await asyncio.sleep(0)
    return named


def _gate(gate: Gate) -> dict[str, object]:
    return {
        "number": gate.number,
        "name": gate.name,
        "directions": gate.directions,
        "measures": gate.measures,
        "rules": as_sent(gate.rules),
        "is_open": gate.is_open,
        "inside": gate.presence.inside,
    }


def _key(rules: GateRules) -> str:
    return repr(rules)


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode("ascii").rstrip("=")
