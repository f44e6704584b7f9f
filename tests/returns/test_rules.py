"""What may be planned, how a plan moves, and how long somebody is kept apart."""

from datetime import date, timedelta

import pytest

from fugong.returns.choices import Outcome, State
from fugong.returns.rules import may_move, problems_of, state_of, tidied, until_of
from fugong.returns.rules.plans import arrival_problem
from tests.returns.making import TODAY, data


def test_plan_when_all_is_said_then_no_problem_and_one_spelling():
    said = tidied(data(number=" g 1112 ", from_region="武汉市"))
    assert (said.number, said.from_region) == ("G 1112", "420100")
    assert not problems_of(said, today=TODAY)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"from_region": ""}, "from_region"),
        ({"from_region": "亚特兰蒂斯"}, "from_region"),
        ({"arrives_on": TODAY - timedelta(days=1)}, "arrives_on"),
        ({"arrives_on": TODAY + timedelta(days=91)}, "arrives_on"),
        ({"number": "G" * 41}, "number"),
        ({"address": "x" * 201}, "address"),
        ({"room": "x" * 61}, "room"),
    ],
)
def test_plan_when_it_cannot_be_right_then_by_field(changes, field):
    assert set(problems_of(tidied(data(**changes)), today=TODAY)) == {field}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("to", State)
def test_may_move_when_asked_then_only_along_the_law(state, to):
    is_open = state in (State.PLANNED, State.NOT_ALLOWED)
    assert may_move(state, to) is (is_open and to != state)


@pytest.mark.parametrize("outcome", Outcome)
def test_state_when_decided_then_only_not_yet_is_not_allowed(outcome):
    assert (state_of(outcome) is State.NOT_ALLOWED) is (outcome is Outcome.NOT_YET)


@pytest.mark.parametrize(("days", "until"), [(0, None), (1, date(2022, 4, 28)), (14, date(2022, 5, 11))])
def test_until_when_the_day_of_arrival_counts_then_first_day_free(days, until):
    assert until_of(date(2022, 4, 27), days) == until


@pytest.mark.parametrize(("days", "is_fine"), [(0, True), (-14, True), (-15, False), (1, False)])
def test_arrival_when_entered_then_neither_ahead_nor_long_ago(days, is_fine):
    assert (arrival_problem(TODAY + timedelta(days=days), today=TODAY) is None) is is_fine
