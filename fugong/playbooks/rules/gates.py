"""What a gate of some kind asks for on a day, with what other tables say filled in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from fugong.playbooks.choices import Directions, GateAnswer, GateKind, Measuring
from fugong.playbooks.rules.in_force import in_force
from fugong.playbooks.rules.schema import Policy
from fugong.playbooks.rules.schema.gates import GatePolicy
from fugong.playbooks.rules.text import Text


@dataclass(frozen=True, slots=True)
class GateRule:
    """`key` is the table taken: where one stands in for another (`instead_of`), that one.

    `levels` names every level of the playbook. `fever_from` is in tenths of a degree; None: whatever was
    measured, nobody is stopped by it. `shift_margin` and `presence_minutes` are minutes.
    """

    key: str
    name: Text
    kind: GateKind
    levels: Mapping[str, GateAnswer]
    own_people_only: bool
    measure_temperature: Measuring
    fever_from: int | None
    test_hours: int | None
    shift_margin: int | None
    loop: bool
    visitors: GateAnswer
    vehicles: GateAnswer
    directions: Directions
    presence_minutes: int


def gate_rule(policy: Policy, key: str, on: date, area: str | None = None) -> GateRule | None:
    """None where the playbook does not know the kind of gate, or has it not in force on that day.

    `area` is the id of the playbook's area in which the gate stands: regimes of that area count there too.
    """
    taken = _taken(policy, key, on, area)
    return (
        None
        if taken is None
        else GateRule(
            key=taken.id,
            name=taken.name,
            kind=taken.kind,
            levels=taken.levels,
            own_people_only=taken.own_people_only,
            measure_temperature=taken.measure_temperature,
            fever_from=_tenths(fever_limit(policy, taken)),
            test_hours=taken.test_hours,
            shift_margin=taken.shift_margin,
            loop=taken.loop,
            visitors=taken.visitors,
            vehicles=taken.vehicles,
            directions=taken.directions,
            presence_minutes=taken.presence_minutes,
        )
    )


def gates_on(policy: Policy, on: date) -> tuple[GatePolicy, ...]:
    """The kinds a gate may be of, in the order of the file; those that stand in for another are none."""
    kinds = (each for each in policy.gates.values() if each.instead_of is None)
    return tuple(each for each in kinds if _taken(policy, each.id, on, None) is not None)


def fever_limit(policy: Policy, gate: GatePolicy) -> Decimal | None:
    if gate.measure_temperature is Measuring.NO:
        return None
    if gate.fever_from is not None:
        return gate.fever_from
    return policy.health.temperature.limit if policy.health else None


def answer_to(policy: Policy, gate: GatePolicy, level: str | None, temperature: Decimal | None) -> GateAnswer:
    """By level and temperature alone, as in an example. Passage decides by more, and alike in these."""
    limit = fever_limit(policy, gate)
    answers = [gate.levels.get(level or "", GateAnswer.ASK)]
    if limit is not None and temperature is not None and temperature >= limit:
        answers.append(GateAnswer.STOP)
    return max(answers, key=lambda each: each.strictness)


def _taken(policy: Policy, key: str, on: date, area: str | None) -> GatePolicy | None:
    """What stands in for it comes first, in the order of the file."""
    substitutes = [each for each in policy.gates.values() if each.instead_of == key]
    itself = [each for id_, each in policy.gates.items() if id_ == key]
    return next((each for each in [*substitutes, *itself] if in_force(policy, each, on, area)), None)


def _tenths(degrees: Decimal | None) -> int | None:
    return None if degrees is None else int(degrees * 10)
