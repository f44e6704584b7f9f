"""Who may pass."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fugong.passage.choices import Answer, Reason
from fugong.passage.rules.deciding import FEVER, FREE, GateRules, Known, decide

NOW = 1_651_043_560.0
LEVELS = {"green": Answer.ALLOW, "ask": Answer.ASK, "yellow": Answer.STOP, "red": Answer.STOP}
RULES = GateRules(levels=LEVELS, place=7, fever_from=373)
GREEN = Known("green", None, "ask", frozenset({7}))


def test_person_when_all_is_well_then_passes():
    assert decide(RULES, GREEN, now=NOW, temperature=365) == FREE


def test_nobody_known_when_asked_then_never_allowed():
    assert decide(RULES, None, now=NOW) == (Answer.ASK, Reason.NO_FILE)


@pytest.mark.parametrize(("level", "answer"), [("ask", 2), ("yellow", 3), ("red", 3)])
def test_person_when_the_level_restricts_then_by_the_playbook(level, answer):
    assert decide(RULES, Known(level, None, "ask", frozenset({7})), now=NOW) == (answer, Reason.LEVEL)


def test_person_when_the_level_is_none_the_playbook_knows_then_asked():
    found = decide(RULES, Known("blue", None, "ask", frozenset({7})), now=NOW)
    assert found == (Answer.ASK, Reason.LEVEL_UNKNOWN)


@pytest.mark.parametrize(("until", "answer"), [(NOW + 0.001, 1), (NOW, 2), (NOW - 1, 2)])
def test_person_when_the_level_has_lapsed_then_asked_whoever_computes(until, answer):
    assert decide(RULES, Known("green", until, "ask", frozenset({7})), now=NOW)[0] == answer


def test_person_when_of_another_enterprise_then_asked_and_red_is_still_stopped():
    assert decide(RULES, Known("green", None, "ask"), now=NOW) == (Answer.ASK, Reason.OTHER_ENTERPRISE)
    assert decide(RULES, Known("red", None, "ask"), now=NOW) == (Answer.STOP, Reason.LEVEL)


@pytest.mark.parametrize(("temperature", "verdict"), [(372, FREE), (373, FEVER), (None, FREE)])
def test_person_when_measured_then_stopped_from_the_limit_on(temperature, verdict):
    assert decide(RULES, GREEN, now=NOW, temperature=temperature) == verdict


knowns = st.none() | st.builds(
    Known,
    level=st.sampled_from([*LEVELS, "blue"]),
    until=st.none() | st.floats(NOW - 10, NOW + 10),
    lapses_to=st.sampled_from(["ask", "red"]),
    places=st.frozensets(st.integers(6, 8)),
)
rules = st.builds(
    GateRules,
    levels=st.dictionaries(st.sampled_from(list(LEVELS)), st.sampled_from(list(Answer))),
    place=st.none() | st.integers(6, 8),
    fever_from=st.none() | st.just(373),
)


@given(rules, knowns, st.none() | st.integers(340, 420))
def test_answer_when_one_more_thing_is_asked_for_then_never_milder(rules, known, temperature):
    bare = GateRules(levels=rules.levels)
    assert decide(rules, known, now=NOW, temperature=temperature) >= decide(bare, known, now=NOW)[:1]


@given(rules, knowns, st.none() | st.integers(340, 420))
def test_answer_when_allowed_then_only_by_a_level_that_the_playbook_lets_pass(rules, known, temperature):
    answer, reason = decide(rules, known, now=NOW, temperature=temperature)
    assert (answer is Answer.ALLOW) is (reason is Reason.FREE)
    if answer is Answer.ALLOW:
        assert known is not None
        assert rules.levels[known.level_at(NOW)] is Answer.ALLOW
