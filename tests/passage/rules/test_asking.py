"""A gate decides by what the playbook says of its kind, and never more easily."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from fugong.passage.choices import Answer, Reason
from fugong.passage.rules.asking import ANSWERS, NOWHERE, as_sent, asked_at
from fugong.passage.rules.deciding import GateRules, Known, decide
from fugong.playbooks.choices import GateAnswer
from fugong.playbooks.rules.gates import answer_to
from fugong.playbooks.rules.library import LIBRARY
from fugong.playbooks.rules.loading import load_playbook

DAY = date(2020, 3, 20)
NOON = 1_584_676_800.0
ZONE = Path(__file__).parents[2] / "playbooks" / "zone.toml"
FILES = [ZONE, *sorted(LIBRARY.glob("*.toml"))]


@pytest.fixture(scope="module")
def door():
    found = load_playbook(ZONE).gate_rule("door", DAY)
    assert found is not None
    return found


def test_rules_when_the_playbook_says_them_then_are_those(door):
    assert asked_at(door, place=7) == GateRules(
        levels={"green": Answer.ALLOW, "ask": Answer.ASK, "yellow": Answer.STOP, "red": Answer.STOP},
        place=7,
        fever_from=373,
        shift_margin=60,
        visitors=Answer.ASK,
        vehicles=Answer.ALLOW,
    )


def test_rules_when_the_playbook_is_silent_then_everybody_is_asked():
    rules = asked_at(None)
    assert decide(rules, Known("green"), now=NOON) == (Answer.ASK, Reason.LEVEL_UNKNOWN)
    assert (rules.visitors, rules.vehicles) == (Answer.ASK, Answer.ASK)


def test_rules_when_anybody_may_come_then_the_place_of_the_gate_does_not_count(door):
    assert asked_at(replace(door, own_people_only=False), place=7).place == 0


def test_rules_when_a_gate_of_own_people_has_no_enterprise_then_nobody_is_of_it(door):
    rules = replace(asked_at(door), shift_margin=None)
    assert rules.place == NOWHERE
    assert decide(rules, Known("green", place=0), now=NOON) == (Answer.ASK, Reason.OTHER_ENTERPRISE)


@pytest.mark.parametrize(("number", "asked"), [(0, NOWHERE), (3, 3)])
def test_rules_when_a_loop_is_asked_for_then_members_of_no_loop_are_stopped(number, asked, door):
    rules = replace(asked_at(replace(door, loop=True), place=7, loop=number), shift_margin=None)
    assert rules.loop == asked
    assert decide(rules, Known("green", place=7), now=NOON) == (Answer.STOP, Reason.NOT_IN_LOOP)
    assert asked_at(door, loop=number).loop == 0


def test_rules_when_sent_to_a_phone_then_are_plain_numbers(door):
    assert json.loads(json.dumps(as_sent(asked_at(door, place=7)))) == {
        "levels": {"green": 1, "ask": 2, "yellow": 3, "red": 3},
        "place": 7,
        "fever_from": 373,
        "test_hours": None,
        "shift_margin": 60,
        "loop": 0,
        "visitors": 2,
        "vehicles": 1,
    }


def test_answers_when_turned_into_those_of_a_gate_then_all_are_and_in_the_same_order():
    assert list(ANSWERS) == list(GateAnswer)
    assert sorted(ANSWERS.values()) == list(ANSWERS.values()) == list(Answer)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_answers_when_only_level_and_temperature_count_then_are_those_of_the_examples(file):
    """The examples of a playbook are tried on a shorter definition: it must be this one's."""
    playbook = load_playbook(file)
    levels = [*playbook.policy.clearance.levels, None]
    for key, gate in playbook.policy.gates.items():
        rule = playbook.gate_rule(key, max(playbook.effective_from, gate.in_force_from or date.min))
        if rule is None or rule.key != key:
            continue
        rules = replace(asked_at(rule), place=0, shift_margin=None, test_hours=None, loop=0)
        for level in levels:
            known = None if level is None else Known(level)
            for tenths in (None, 360, 372, 373, 374, 375, 400):
                degrees = None if tenths is None else Decimal(tenths) / 10
                expected = answer_to(playbook.policy, gate, level, degrees)
                assert decide(rules, known, now=NOON, temperature=tenths)[0] is ANSWERS[expected]
