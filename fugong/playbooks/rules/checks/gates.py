"""Every level has an answer at every gate, and nobody passes for want of a record."""

from collections.abc import Iterator
from decimal import Decimal
from difflib import get_close_matches

from fugong.playbooks.choices import GateAnswer, GateKind, Measuring, OnTheSpot
from fugong.playbooks.rules.checks.health import degrees_fit
from fugong.playbooks.rules.errors import KeyPath, Problem
from fugong.playbooks.rules.schema import Policy
from fugong.playbooks.rules.schema.clearance import ClearanceTable
from fugong.playbooks.rules.schema.gates import GatePolicy

_OF_AN_ENTERPRISE = frozenset({GateKind.DOOR, GateKind.WORKSHOP})


def check_gates(policy: Policy, unread: frozenset[KeyPath] = frozenset()) -> Iterator[Problem]:
    """`unread` are the entries the schema refused: levels that lack one of them are not judged."""
    levels_unread = any(path[:2] in (("clearance",), ("clearance", "levels")) for path in unread)
    for id_, gate in policy.gates.items():
        path: KeyPath = ("gates", id_)
        if not levels_unread and not any(gone[:3] == (*path, "levels") for gone in unread):
            yield from _levels(path, gate, policy.clearance)
        yield from _keys_fit(path, gate)
        yield from _substitute(path, gate, policy)
        if not any(gone[:3] == (*path, "examples") for gone in unread):
            yield from _examples(path, gate)


def check_venues(policy: Policy, unread: frozenset[KeyPath] = frozenset()) -> Iterator[Problem]:
    venues = policy.venues
    if venues is None:
        return
    by_position = venues.on_the_spot is OnTheSpot.POSITION
    if by_position is (venues.position_metres is None):
        yield Problem(
            ("venues", "on_the_spot"),
            f"“{venues.on_the_spot}” and the key position_metres do not fit together",
            'write on_the_spot = "position" with position_metres, or another word without',
        )
    has_one = any(gate.kind is GateKind.VENUE for gate in policy.gates.values())
    if not has_one and not any(path[0] == "gates" for path in unread):
        yield Problem(
            ("venues",),
            "says how a venue is scanned, and no gate is one",
            'add a table [gates.…] with kind = "venue"',
        )


def _levels(path: KeyPath, gate: GatePolicy, table: ClearanceTable | None) -> Iterator[Problem]:
    known = tuple(table.levels) if table else ()
    where = (*path, "levels")
    for id_ in gate.levels:
        if id_ not in known:
            close = get_close_matches(id_, known, n=1)
            hint = f"did you mean “{close[0]}”? " if close else ""
            yield Problem((*where, id_), f"“{id_}” is no level", f"{hint}name a level of [clearance.levels]")
    missing = [id_ for id_ in known if id_ not in gate.levels]
    if missing:
        yield Problem(
            where,
            f"says nothing of the level {', '.join(f'“{id_}”' for id_ in missing)}",
            'give each level an answer: "allow", "ask" or "stop"',
        )
    if table is not None and not missing:
        yield from _order(where, gate, table)


def _order(where: KeyPath, gate: GatePolicy, table: ClearanceTable) -> Iterator[Problem]:
    if gate.levels.get(table.unknown) is GateAnswer.ALLOW:
        yield Problem(
            (*where, table.unknown),
            "lets pass where the record does not say enough",
            'write "ask" or "stop" for the level that [clearance] names as unknown',
        )
    free = next(iter(table.levels))
    for id_, answer in gate.levels.items():
        if id_ in table.levels and answer.strictness < gate.levels[free].strictness:
            yield Problem(
                (*where, id_),
                f"lets a restricted level pass more easily than the free one, “{free}”",
                "let the free level be answered at least as well",
            )


def _keys_fit(path: KeyPath, gate: GatePolicy) -> Iterator[Problem]:
    if gate.own_people_only and gate.kind not in _OF_AN_ENTERPRISE:
        yield Problem(
            (*path, "own_people_only"),
            f"a gate of kind “{gate.kind}” has no people of its own",
            'remove it, or write kind = "door" or "workshop"',
        )
    if gate.fever_from is not None and gate.measure_temperature is Measuring.NO:
        yield Problem(
            (*path, "fever_from"),
            "is a limit where no temperature is taken",
            'remove it, or write measure_temperature = "always" or "may"',
        )
    measured: list[tuple[KeyPath, Decimal | None]] = [((*path, "fever_from"), gate.fever_from)]
    measured += [
        ((*path, "examples", index, "temperature"), example.temperature)
        for index, example in enumerate(gate.examples)
    ]
    for where, degrees in measured:
        if degrees is not None:
            yield from degrees_fit(where, degrees)


def _substitute(path: KeyPath, gate: GatePolicy, policy: Policy) -> Iterator[Problem]:
    """One stands in for a kind of gate, never for one that stands in itself."""
    other = policy.gates.get(gate.instead_of or "")
    if other is None:
        return
    if other.instead_of is not None:
        yield Problem(
            (*path, "instead_of"),
            f"“{other.id}” stands in for another kind of gate itself",
            "name the kind of gate that the register knows",
        )
    elif other.kind is not gate.kind:
        yield Problem(
            (*path, "instead_of"),
            f"stands in for a gate of kind “{other.kind}” and is of kind “{gate.kind}”",
            "give both the same kind",
        )


def _examples(path: KeyPath, gate: GatePolicy) -> Iterator[Problem]:
    shown = {example.answer is GateAnswer.ALLOW for example in gate.examples}
    wanted = {GateAnswer.ALLOW in gate.levels.values(), False}
    if not wanted <= shown:
        yield Problem(
            (*path, "examples"),
            "does not show both somebody who passes and somebody who does not",
            f"write [[gates.{path[1]}.examples]] with level, temperature and the answer",
        )
