"""Opinions in parallel and in a row: every combination of states of a route of three steps,
and of a chain.
"""

from __future__ import annotations

from itertools import product

import pytest

from fugong.core.refusals import Conflict
from fugong.resumption.choices import StepState
from fugong.resumption.rules.steps import StepView, Verdict, check_open, keys_to_open, verdict, would_approve

A, R, X, O, W = (  # noqa: E741 - as short as the tables below need them
    StepState.AGREED,
    StepState.RETURNED,
    StepState.REFUSED,
    StepState.OPEN,
    StepState.WAITING,
)


def route(territory: StepState, department: StepState, headquarters: StepState) -> list[StepView]:
    """Two side by side, the third after both: the route of above-size enterprises."""
    return [
        StepView("territory", territory),
        StepView("department", department),
        StepView("headquarters", headquarters, frozenset({"territory", "department"})),
    ]


@pytest.mark.parametrize(
    ("states", "expected", "opens"),
    [
        ((W, W, W), Verdict.OPEN_MORE, ["territory", "department"]),
        ((O, O, W), Verdict.PENDING, []),
        ((A, O, W), Verdict.PENDING, []),
        ((R, O, W), Verdict.PENDING, []),
        ((X, O, W), Verdict.PENDING, []),
        ((R, A, W), Verdict.RETURN, []),
        ((R, R, W), Verdict.RETURN, []),
        ((R, X, W), Verdict.REFUSE, []),
        ((A, A, W), Verdict.OPEN_MORE, ["headquarters"]),
        ((A, A, O), Verdict.PENDING, []),
        ((A, A, R), Verdict.RETURN, []),
        ((A, A, X), Verdict.REFUSE, []),
        ((A, A, A), Verdict.APPROVE, []),
    ],
)
def test_verdict_when_opinions_stand_so_then(states, expected, opens):
    steps = route(*states)
    assert (verdict(steps), keys_to_open(steps)) == (expected, opens)


@pytest.mark.parametrize("states", [*product([A, R, X, O, W], repeat=3)])
def test_verdict_when_somebody_spoke_against_then_never_approved_and_nothing_opens(states):
    steps = route(*states)
    if {R, X} & set(states):
        assert verdict(steps) is not Verdict.APPROVE
        assert keys_to_open(steps) == []
    if verdict(steps) is Verdict.APPROVE:
        assert set(states) == {A}


def test_keys_to_open_when_one_branch_is_ahead_then_only_what_waits_for_it():
    steps = [
        StepView("a", A),
        StepView("b", O),
        StepView("after_a", W, frozenset({"a"})),
        StepView("after_b", W, frozenset({"b"})),
    ]
    assert keys_to_open(steps) == ["after_a"]
    assert verdict(steps) is Verdict.OPEN_MORE


@pytest.mark.parametrize(
    ("states", "key", "expected"),
    [
        ((A, A, O), "headquarters", True),
        ((A, O, W), "department", False),
        ((O, A, A), "territory", True),
        ((O, R, W), "territory", False),
    ],
)
def test_would_approve_when_all_others_agreed_then(states, key, expected):
    assert would_approve(route(*states), key) is expected


@pytest.mark.parametrize("state", list(StepState))
def test_check_open_when_not_open_then_refused(state):
    if state is StepState.OPEN:
        check_open(state)
        return
    with pytest.raises(Conflict) as refusal:
        check_open(state)
    assert refusal.value.code == ("step_waiting" if state is StepState.WAITING else "step_decided")
