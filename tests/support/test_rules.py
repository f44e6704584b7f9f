from datetime import datetime, timedelta
from itertools import product

import pytest

from fugong.core.clock import LOCAL
from fugong.duties.choices import Side
from fugong.support.choices import OPEN_STATES, State, Step
from fugong.support.facts import FACT_OF
from fugong.support.rules import (
    after,
    due_after_assignment,
    fallback_due,
    is_open,
    may_step,
    side_of,
    trimmed,
)

NOON = datetime(2022, 4, 27, 12, tzinfo=LOCAL)
LEADS = {
    (State.RAISED, Step.ASSIGN): State.ASSIGNED,
    (State.RAISED, Step.WITHDRAW): State.WITHDRAWN,
    (State.ASSIGNED, Step.ASSIGN): State.ASSIGNED,
    (State.ASSIGNED, Step.ANSWER): State.ANSWERED,
    (State.ASSIGNED, Step.WITHDRAW): State.WITHDRAWN,
    (State.ANSWERED, Step.SOLVE): State.SOLVED,
    (State.ANSWERED, Step.SEND_BACK): State.ASSIGNED,
    (State.ANSWERED, Step.WITHDRAW): State.WITHDRAWN,
}


@pytest.mark.parametrize(("state", "step"), list(product(State, Step)))
def test_step_when_asked_in_a_state_then_as_the_table_says(state, step):
    assert after(state, step) == LEADS.get((state, step))
    assert may_step(state, step) is ((state, step) in LEADS)


def test_states_when_closed_then_nothing_can_follow():
    for state in set(State) - set(OPEN_STATES):
        assert not any(may_step(state, step) for step in Step)


@pytest.mark.parametrize("state", State)
def test_clock_when_open_then_it_is_on_one_side_and_otherwise_on_none(state):
    assert (side_of(state) is not None) is is_open(state)
    assert (side_of(state) is Side.ENTERPRISE) is (state is State.ANSWERED)


def test_facts_when_any_step_is_done_then_there_is_one_to_tell():
    assert set(FACT_OF) == set(Step)
    assert len(set(FACT_OF.values())) == len(Step)


@pytest.mark.parametrize(
    ("standing", "due"),
    [
        (None, NOON + timedelta(days=2)),
        (NOON + timedelta(minutes=1), NOON + timedelta(minutes=1)),
        (NOON, NOON + timedelta(days=2)),
        (NOON - timedelta(days=1), NOON + timedelta(days=2)),
    ],
)
def test_deadline_when_handed_on_then_a_running_clock_is_not_restarted(standing, due):
    fresh = NOON + timedelta(days=2)
    assert due_after_assignment(asked_at=NOON, standing=standing, fresh=fresh) == due


def test_fallback_when_counted_in_days_then_the_end_of_the_day_in_china():
    late = datetime(2022, 4, 27, 23, 59, tzinfo=LOCAL)
    assert fallback_due(late, 1) == datetime(2022, 4, 29, tzinfo=LOCAL)
    assert fallback_due(NOON, 5) == datetime(2022, 5, 3, tzinfo=LOCAL)


def test_text_when_typed_with_blanks_or_too_long_then_kept_trimmed():
    assert trimmed("  two loads \n", limit=100) == "two loads"
    assert trimmed("x" * 9, limit=3) == "xxx"
