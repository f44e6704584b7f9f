"""What a phone without a network decides by: it comes to the server's answer at every moment of its list."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fugong.passage.choices import Answer, Reason, SubjectKind
from fugong.passage.rules.codes import Claim
from fugong.passage.rules.deciding import FEVER, FREE, NO_FILE, GateRules, Known, decide
from fugong.passage.rules.printed import Printed
from fugong.passage.rules.restrictions import (
    LIST_TOO_OLD,
    Listed,
    decide_by_list,
    name_of,
    steps_of,
)
from tests.passage.rules.knowing import LEVELS, NOW, guests, persons, rules, temperatures

SINCE, UNTIL = int(NOW) - 5, int(NOW) + 5
KEY = b"\x05" * 32
PERSON = UUID(int=1)
NAME = name_of(KEY, PERSON)
PLAIN = Claim(7, PERSON, b"\x00\x01\x02\x03", 0)
RULES = GateRules(levels=LEVELS, fever_from=373)


def carrying(known: Known | None) -> Claim | Printed:
    if known is not None and known.kind is not SubjectKind.PERSON:
        return Printed(known.kind, 7, PERSON, 1, 0, 0, known.place)
    return replace(PLAIN, place=known.place, hours=known.hours) if known else PLAIN


def listed(rules: GateRules, known: Known | None) -> Listed:
    steps = steps_of(rules, known, since=SINCE, until=UNTIL)
    return Listed(SINCE, UNTIL, {NAME: steps} if steps else {})


@settings(max_examples=1_000)
@given(rules, st.none() | persons | guests, temperatures, st.data())
def test_decision_by_list_when_the_code_carries_what_is_on_record_then_the_server_s(
    rules, known, temperature, data
):
    """At any moment, those included at which the server's answer turns."""
    turns = [] if known is None else [known.until, *(known.window or ())]
    if known is not None and known.tested_at is not None:
        turns.append(known.tested_at + (rules.test_hours or 0) * 3600)
    borders = [each for each in turns if each is not None and SINCE <= each < UNTIL]
    moments = st.floats(SINCE, UNTIL, exclude_max=True) | st.integers(SINCE, UNTIL - 1)
    now = data.draw(moments | st.sampled_from(borders) if borders else moments)
    found = decide_by_list(
        rules,
        listed(rules, known),
        NAME,
        carrying(known),
        now=now,
        temperature=temperature,
    )
    assert found == decide(rules, known, now=now, temperature=temperature)


@given(rules, persons)
def test_steps_when_free_throughout_then_none_and_else_in_order_and_each_another(rules, known):
    steps = steps_of(rules, known, since=SINCE, until=UNTIL)
    assert [step[0] for step in steps] == sorted({step[0] for step in steps})
    assert all(one[1:] != other[1:] for one, other in pairwise(steps))
    assert steps == () or steps[0][0] == SINCE
    assert [step[1:] for step in steps] != [FREE]


def test_steps_when_a_level_lapses_within_the_list_then_from_that_moment_on():
    known = Known("green", NOW + 2.5, "red")
    steps = steps_of(RULES, known, since=SINCE, until=UNTIL)
    assert steps == ((SINCE, *FREE), (NOW + 2.5, Answer.STOP, Reason.LEVEL))
    assert steps_of(RULES, known, since=SINCE, until=int(NOW)) == ()


@pytest.mark.parametrize("now", [SINCE - 0.001, UNTIL, UNTIL + 86_400])
def test_decision_by_list_when_the_list_is_not_of_this_time_then_asked(now):
    found = decide_by_list(RULES, listed(RULES, None), "another", PLAIN, now=now)
    assert found == LIST_TOO_OLD


def test_decision_by_list_when_nobody_of_that_name_is_listed_then_free_and_fever_still_stops():
    told = listed(RULES, None)
    assert decide_by_list(RULES, told, "another", PLAIN, now=NOW) == FREE
    assert decide_by_list(RULES, told, NAME, PLAIN, now=NOW) == NO_FILE
    found = decide_by_list(RULES, told, "another", PLAIN, now=NOW, temperature=373)
    assert found == FEVER


def test_name_when_of_another_device_or_person_then_another():
    names = {name_of(key, UUID(int=person)) for key in (KEY, b"\x06" * 32) for person in range(50)}
    assert len(names) == 100
    assert all(len(name) == 16 for name in names)
