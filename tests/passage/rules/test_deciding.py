"""Who may pass."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fugong.passage.choices import Answer, Reason, SubjectKind
from fugong.passage.rules.deciding import (
    CREW_HOURS,
    FEVER,
    FREE,
    NO_FILE,
    NO_PASS,
    NO_TEST,
    NOT_IN_LOOP,
    OTHER_ENTERPRISE,
    WINDOW,
    GateRules,
    Known,
    carried,
    decide,
    stricter,
)
from tests.passage.rules.knowing import LEVELS, NOW, guests, persons, rules, temperatures

RULES = GateRules(levels=LEVELS, place=7, fever_from=373)
GREEN = Known("green", None, "ask", place=7)
VERDICTS = list(product(Answer, Reason))
NINE = 540
MIDNIGHT = 1_650_988_800.0
"""27 April 2022, 00:00 in China."""


def at_minute(minute: int) -> float:
    return MIDNIGHT + minute * 60


def test_person_when_all_is_well_then_passes():
    assert decide(RULES, GREEN, now=NOW, temperature=365) == FREE


def test_nobody_known_when_asked_then_never_allowed():
    assert decide(RULES, None, now=NOW) == NO_FILE
    assert decide(GateRules(), None, now=NOW) == NO_FILE
    assert decide(RULES, None, now=NOW, temperature=373) == FEVER


@pytest.mark.parametrize(("level", "answer"), [("ask", 2), ("yellow", 3), ("red", 3)])
def test_person_when_the_level_restricts_then_by_the_playbook(level, answer):
    assert decide(RULES, replace(GREEN, level=level), now=NOW) == (answer, Reason.LEVEL)


@pytest.mark.parametrize("level", ["blue", ""])
def test_person_when_the_level_is_none_the_playbook_knows_then_asked(level):
    assert decide(RULES, replace(GREEN, level=level), now=NOW) == (Answer.ASK, Reason.LEVEL_UNKNOWN)


@pytest.mark.parametrize(("until", "answer"), [(NOW + 0.001, 1), (NOW, 2), (NOW - 1, 2)])
def test_person_when_the_level_has_lapsed_then_asked_whoever_computes(until, answer):
    assert decide(RULES, replace(GREEN, until=until), now=NOW)[0] == answer


def test_person_when_of_another_enterprise_then_asked_and_red_is_still_stopped():
    elsewhere = replace(GREEN, place=8)
    assert decide(RULES, elsewhere, now=NOW) == OTHER_ENTERPRISE
    assert decide(RULES, replace(elsewhere, level="red"), now=NOW) == (Answer.STOP, Reason.LEVEL)
    assert decide(replace(RULES, place=0), elsewhere, now=NOW) == FREE
    assert decide(RULES, replace(GREEN, place=0), now=NOW) == OTHER_ENTERPRISE


@pytest.mark.parametrize(("temperature", "verdict"), [(372, FREE), (373, FEVER), (420, FEVER), (None, FREE)])
def test_person_when_measured_then_stopped_from_the_limit_on(temperature, verdict):
    assert decide(RULES, GREEN, now=NOW, temperature=temperature) == verdict


def test_person_when_the_gate_measures_nobody_then_no_temperature_stops():
    assert decide(replace(RULES, fever_from=None), GREEN, now=NOW, temperature=420) == FREE


@pytest.mark.parametrize(
    ("tested_at", "verdict"),
    [(None, NO_TEST), (NOW - 86_400, NO_TEST), (NOW - 86_400 + 0.001, FREE), (NOW, FREE)],
)
def test_person_when_a_test_is_asked_for_then_asked_without_one_young_enough(tested_at, verdict):
    asking = replace(RULES, test_hours=24)
    assert decide(asking, replace(GREEN, tested_at=tested_at), now=NOW) == verdict


@pytest.mark.parametrize(("loop", "verdict"), [(0, NOT_IN_LOOP), (3, FREE), (4, NOT_IN_LOOP)])
def test_person_when_the_gate_is_a_loop_s_then_only_members_pass(loop, verdict):
    assert decide(replace(RULES, loop=3), replace(GREEN, loop=loop), now=NOW) == verdict


@pytest.mark.parametrize("hours", [(480, 1020), (1320, 480), (0, 1439), (600, 600)])
@pytest.mark.parametrize("margin", [0, 30])
def test_hours_when_every_minute_of_a_day_is_tried_then_from_the_margin_before_to_the_margin_after(
    hours, margin
):
    asking = GateRules(shift_margin=margin)
    start, end = hours
    length = (end - start) % 1440
    within = {(start + step) % 1440 for step in range(-margin, length + margin + 1)}
    for minute in range(1440):
        free = minute in within
        for second in (0.0, 59.999):
            found = carried(asking, 0, hours, now=at_minute(minute) + second)
            assert found == (FREE if free else CREW_HOURS), minute


def test_hours_when_the_gate_asks_and_none_are_on_record_then_no_hour_is_the_shift_s():
    assert carried(GateRules(shift_margin=30), 0, None, now=at_minute(NINE)) == CREW_HOURS
    assert carried(GateRules(), 0, None, now=at_minute(NINE)) == FREE


@pytest.mark.parametrize(("kind", "outside"), [(SubjectKind.VISITOR, WINDOW), (SubjectKind.VEHICLE, NO_PASS)])
def test_guest_when_before_within_and_after_the_window_then_only_within(kind, outside):
    guest = Known(kind=kind, place=7, window=(NOW, NOW + 60))
    free = replace(RULES, visitors=Answer.ALLOW)
    assert decide(free, guest, now=NOW - 0.001) == outside
    assert decide(free, guest, now=NOW) == FREE
    assert decide(free, guest, now=NOW + 59.999) == FREE
    assert decide(free, guest, now=NOW + 60) == outside
    assert decide(free, replace(guest, window=None), now=NOW) == NO_PASS
    assert decide(free, replace(guest, place=8), now=NOW) == OTHER_ENTERPRISE
    assert decide(free, guest, now=NOW, temperature=373) == FEVER


@pytest.mark.parametrize("answer", [Answer.ASK, Answer.STOP])
def test_guest_when_the_gate_asks_of_all_guests_then_within_the_window_too(answer):
    rules = replace(RULES, visitors=answer, vehicles=answer)
    visitor = Known(kind=SubjectKind.VISITOR, place=7, window=(NOW, NOW + 60))
    assert decide(rules, visitor, now=NOW) == (answer, Reason.WINDOW)
    if answer is Answer.STOP:
        assert decide(rules, replace(visitor, place=8), now=NOW) == (answer, Reason.WINDOW)
    vehicle = replace(visitor, kind=SubjectKind.VEHICLE)
    assert decide(rules, vehicle, now=NOW) == (answer, Reason.NO_PASS)


def test_stricter_when_any_two_verdicts_then_the_higher_answer_and_of_equals_the_first():
    for one, other in product(VERDICTS, VERDICTS):
        found = stricter(one, other)
        assert found[0] == max(one[0], other[0])
        assert found == (one if one[0] >= other[0] else other)


@given(rules, st.none() | persons | guests, temperatures)
def test_answer_when_one_more_thing_is_asked_for_then_never_milder(rules, known, temperature):
    bare = GateRules(levels=rules.levels, visitors=rules.visitors, vehicles=rules.vehicles)
    assert decide(rules, known, now=NOW, temperature=temperature)[0] >= decide(bare, known, now=NOW)[0]


@given(rules, st.none() | persons, temperatures)
def test_answer_when_allowed_then_only_by_a_level_that_the_playbook_lets_pass(rules, known, temperature):
    answer, reason = decide(rules, known, now=NOW, temperature=temperature)
    assert (answer is Answer.ALLOW) is (reason is Reason.FREE)
    if answer is Answer.ALLOW:
        assert known is not None
        assert rules.levels[known.level_at(NOW)] is Answer.ALLOW


@given(rules, guests, temperatures)
def test_answer_when_a_guest_is_allowed_then_within_the_window(rules, known, temperature):
    answer, reason = decide(rules, known, now=NOW, temperature=temperature)
    assert (answer is Answer.ALLOW) is (reason is Reason.FREE)
    if answer is Answer.ALLOW:
        assert known.window is not None
        assert known.window[0] <= NOW < known.window[1]
