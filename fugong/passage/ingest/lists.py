"""What a device is sent to decide by itself: rules, keys, and the restrictions of its own gates.

Working through everybody takes longer than a gate may wait, so it is done in small pieces between the scans,
once for all gates that ask the same of people, and kept for some minutes; what changes meanwhile is put in.
Visitors and vehicles are few, and what a gate asks of them depends on whose gate it is: theirs are apart.
"""

from __future__ import annotations

import asyncio
import base64
import time
from collections.abc import Callable, Collection, Coroutine
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

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
    """Kept from the start, so that what changes while it is made is put in; sent when `making` is done."""

    rules: GateRules
    since: int
    until: int
    steps: dict[bytes, tuple[Step, ...]] = field(default_factory=dict)
    making: asyncio.Task[None] | None = None

    def put(self, subject: bytes, person: Person | None) -> None:
        known = person.known if person else None
        steps = steps_of(self.rules, known, since=self.since, until=self.until)
        if steps:
            self.steps[subject] = steps
        else:
            self.steps.pop(subject, None)


_Make: TypeAlias = Callable[[_List], Coroutine[Any, Any, None]]


class Lists:
    """Of one authority, by the rules of gates.

    `version` is another one after each change: a device that has the state of an older one asks again.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        self._people: dict[str, _List] = {}
        self._guests: dict[str, _List] = {}
        # Higher than any of a process before this one.
        self.version = time.time_ns() // 1_000_000

    def forget(self) -> None:
        """Rules or many levels have changed."""
        self._people.clear()
        self.forget_guests()

    def forget_guests(self) -> None:
        """Visits or passes have changed, or who visits."""
        self._guests.clear()
        self.turn()

    def turn(self) -> None:
        """Something that is sent with the lists has changed."""
        self.version += 1

    def change(self, subjects: Collection[bytes]) -> None:
        """People of whom something else is known now: in every list that is kept, whoever listens."""
        if subjects:
            self.turn()
        for made in self._people.values():
            for subject in subjects:
                made.put(subject, self._state.people.get(subject))

    def steps(self, subject: bytes, rules: GateRules) -> tuple[Step, ...] | None:
        """Of one person, by the list that is kept. None: no list is, so ask for all of it."""
        kept = self._people.get(_key(_asked_of_people(rules)))
        return None if kept is None else kept.steps.get(subject, ())

    async def sent_to(self, device: Device, now: float) -> dict[str, object]:
        """The state as a device keeps it; `now` is in seconds since 1970 UTC."""
        version = self.version
        gates = [self._state.gates[number] for number in sorted(device.gates) if number in self._state.gates]
        lists = {gate.number: await self._lists(gate.rules, int(now)) for gate in gates}
        names = _Names(device)
        return {
            "now": int(now * 1000),
            "version": version,
            "since": max((each.since for pair in lists.values() for each in pair), default=int(now)),
            "until": min((each.until for pair in lists.values() for each in pair), default=int(now)),
            "gates": [_gate(gate) for gate in gates],
            "keys": {str(number): _text(key) for number, key in self._state.public_keys.items()},
            "revoked": [name_in_list(device.list_key, subject) for subject in self._state.revoked],
            "list_key": _text(device.list_key),
            "lists": {str(number): await names.of_both(*pair) for number, pair in lists.items()},
            "levels": self._state.levels,
        }

    async def _lists(self, rules: GateRules, now: int) -> tuple[_List, _List]:
        """Of people, of guests."""
        people = self._kept(self._people, _asked_of_people(rules), now, self._make_people)
        guests = self._kept(self._guests, rules, now, self._make_guests)
        for each in (people, guests):
            if each.making is not None:
                await asyncio.shield(each.making)
        return people, guests

    def _kept(self, of: dict[str, _List], rules: GateRules, now: int, make: _Make) -> _List:
        """One that is not too old, or a new one that is being made."""
        key = _key(rules)
        kept = of.get(key)
        if kept is None or now >= kept.since + MADE_ANEW_AFTER:
            kept = of[key] = _List(rules, since=now - 60, until=now + GOOD_FOR)
            kept.making = asyncio.create_task(make(kept))
        return kept

    async def _make_people(self, made: _List) -> None:
        await _work_through(made, lambda: self._state.people)

    async def _make_guests(self, made: _List) -> None:
        await _work_through(made, lambda: self._state.guests)
        for subject in self._state.ended:
            made.steps[subject] = ((made.since, int(Answer.STOP), int(Reason.REVOKED)),)


async def _work_through(made: _List, who: Callable[[], dict[bytes, Person]]) -> None:
    """`who` is asked each time: what was loaded anew meanwhile counts."""
    for count, subject in enumerate(list(who())):
        made.put(subject, who().get(subject))
        if count % PIECE == 0:
            await asyncio.sleep(0)


class _Names:
    """Subjects by the names that they have on one device; gates that share a list share the work."""

    def __init__(self, device: Device) -> None:
        self._key = device.list_key
        self._named: dict[int, dict[str, tuple[Step, ...]]] = {}

    async def of_both(self, people: _List, guests: _List) -> dict[str, tuple[Step, ...]]:
        return {**await self._of(people), **await self._of(guests)}

    async def _of(self, made: _List) -> dict[str, tuple[Step, ...]]:
        named = self._named.get(id(made))
        if named is None:
            named = self._named[id(made)] = {}
            for count, (subject, steps) in enumerate(list(made.steps.items())):
                named[name_in_list(self._key, subject)] = steps
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


def _asked_of_people(rules: GateRules) -> GateRules:
    """What `standing` asks of a person; the rest is told by the code itself, or asked of others."""
    return GateRules(levels=rules.levels, test_hours=rules.test_hours, loop=rules.loop)


def _key(rules: GateRules) -> str:
    return repr(rules)


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode("ascii").rstrip("=")
