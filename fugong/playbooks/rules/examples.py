"""A playbook tried on its own examples."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from fugong.playbooks.rules.errors import KeyPath, Problem
from fugong.playbooks.rules.facts_schema import Fact, FactSchema, FactType
from fugong.playbooks.rules.gates import answer_to
from fugong.playbooks.rules.known_facts import PERSON, registered_facts
from fugong.playbooks.rules.levels import Law, Period, Recorded, level_of
from fugong.playbooks.rules.playbook import Playbook
from fugong.playbooks.rules.routing import RouteChoice
from fugong.playbooks.rules.schema import Named
from fugong.playbooks.rules.schema.clearance import ClearanceExample
from fugong.playbooks.rules.schema.examples import Example


def run_examples(playbook: Playbook) -> Iterator[Problem]:
    """One problem for each expectation that is not met; the facts of all examples must be valid."""
    for index, example in enumerate(playbook.policy.examples):
        path: KeyPath = ("examples", index, "expect")
        yield from _unmet(path, example.name.en, outcomes(playbook, example))
    table = playbook.policy.clearance
    for index, shown in enumerate(table.examples if table else ()):
        path = ("clearance", "examples", index, "expect")
        yield from _unmet(path, shown.name.en, standings(playbook, shown))
    health = playbook.policy.health
    for index, report in enumerate(health.examples if health else ()):
        assert health is not None
        found = health.alarms(report.temperature, report.symptoms)
        alarm = [("opens_incident", report.opens_incident, found)]
        yield from _unmet(("health", "examples", index), report.name.en, alarm)
    yield from _run_gate_examples(playbook)


def _run_gate_examples(playbook: Playbook) -> Iterator[Problem]:
    for id_, gate in playbook.policy.gates.items():
        for index, example in enumerate(gate.examples):
            found = answer_to(playbook.policy, gate, example.level, example.temperature)
            path = ("gates", id_, "examples", index)
            yield from _unmet(path, example.name.en, [("answer", example.answer, found)])


def _unmet(path: KeyPath, name: str, compared: Iterable[tuple[str, object, object]]) -> Iterator[Problem]:
    for key, expected, found in compared:
        if expected != found:
            yield Problem(
                (*path, key),
                f"example “{name}” expects {_shown(expected)}, the rules give {_shown(found)}",
                "correct the rule or the example",
            )


def run_origin_examples(playbook: Playbook) -> Iterator[Problem]:
    """As `run_examples`, for the rules about where people come from."""
    for index, example in enumerate(playbook.policy.origins.examples):
        facts = {**registered_facts(PERSON).unsaid(), **example.person}
        answer = playbook.return_answer(facts, example.on)
        found = {
            "decision": answer.outcome,
            "rule": answer.rule.id if answer.rule else None,
            "conditions": _ids(answer.conditions),
        }
        for key in sorted(example.expect.model_fields_set):
            expected = getattr(example.expect, key)
            if expected != found[key]:
                yield Problem(
                    ("origins", "examples", index, "expect", key),
                    f"example “{example.name.en}” expects {_shown(expected)}, "
                    f"the rules give {_shown(found[key])}",
                    "correct the rule or the example",
                )


def outcomes(playbook: Playbook, example: Example) -> Iterator[tuple[str, object, object]]:
    """Each written expectation with what was expected and what came out."""
    found = _found(playbook, example)
    for key in sorted(example.expect.model_fields_set):
        yield key, getattr(example.expect, key), found[key]


def standings(playbook: Playbook, example: ClearanceExample) -> Iterator[tuple[str, object, object]]:
    """The same of an example of the levels. What it does not say of the person is left empty."""
    schema = registered_facts(PERSON)
    said = nothing_said(schema) | dict(example.facts)
    evidence = [
        Recorded(str(index), each.kind, each.since, each.until) for index, each in enumerate(example.evidence)
    ]
    law = Law((Period(None, playbook.policy),))
    found = level_of(evidence, schema.prepared(said), law, example.at)
    for key in sorted(example.expect.model_fields_set):
        yield key, getattr(example.expect, key), getattr(found, key)


def nothing_said(schema: FactSchema) -> dict[str, object]:
    """Facts of somebody of whom nothing is known."""
    return {name: _nothing(fact) for name, fact in schema.facts.items()}


def _nothing(fact: Fact) -> object:
    if fact.is_optional:
        return None
    empty: dict[FactType, object] = {FactType.STRING: "", FactType.BOOL: False, FactType.STRINGS: ()}
    return fact.values[0] if fact.values and fact.type is FactType.ENUM else empty.get(fact.type, 0)


def _found(playbook: Playbook, example: Example) -> dict[str, object]:
    facts, on = example.facts, example.on
    choice = playbook.route_for(facts, on)
    refused = choice.refused
    priority = playbook.priority_for(facts, on)
    clause = example.expect.clause
    return {
        "route": choice.route.id if choice.route else None,
        "refused": refused.code if refused else None,
        "clause": clause if refused and clause in refused.ref else None,
        "first_steps": _ids(choice.route.first_steps()) if choice.route else None,
        "due": _due(playbook, choice, example.submitted_at),
        "earliest_start": choice.earliest_start,
        "standards": _ids(playbook.standards_for(facts, on)),
        "visit_checks": _ids(playbook.visit_checks_for(facts, on)),
        "papers": _ids(playbook.papers_for(facts, on)),
        "priority": priority.id if priority else None,
    }


def _due(playbook: Playbook, choice: RouteChoice, submitted_at: datetime | None) -> datetime | None:
    if choice.route is None or submitted_at is None:
        return None
    return playbook.due_at(submitted_at, choice.route)


def _ids(named: Iterable[Named]) -> tuple[str, ...]:
    return tuple(entry.id for entry in named)


def _shown(value: object) -> str:
    return str(list(value)) if isinstance(value, tuple) else str(value)
