"""What a desk takes down, and what cannot be right of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from fugong.core.clock import LOCAL
from fugong.passage.choices import Answer, Reason
from fugong.passage.rules.crossings import (
    NONCE_MOST,
    CrossingData,
    Traveller,
    is_dated_right,
    problems_of,
    strictest,
)

NOW = datetime(2022, 4, 27, 10, tzinfo=LOCAL)
GOOD = CrossingData(1, NOW, 7, "皖D12345", 2, travellers=(Traveller(name="李伟", temperature=365),))


def test_a_crossing_that_is_right_then_has_no_problem():
    assert problems_of(GOOD) == {}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"plate": ""}, "plate"),
        ({"plate": "D12345"}, "plate"),
        ({"people": 0}, "people"),
        ({"people": 101}, "people"),
        ({"travellers": (Traveller(),) * 3}, "people"),
        ({"direction": 3}, "direction"),
        ({"nonce": -1}, "nonce"),
        ({"nonce": NONCE_MOST + 1}, "nonce"),
        ({"answer": 4}, "answer"),
        ({"answer": 2, "reason": 99}, "reason"),
        ({"origin": "不存在的地方"}, "origin"),
        ({"travellers": (Traveller(temperature=299),)}, "travellers.0.temperature"),
        ({"travellers": (Traveller(), Traveller(temperature=451))}, "travellers.1.temperature"),
    ],
)
def test_a_crossing_that_is_wrong_then_says_which_field(changes, field):
    assert list(problems_of(replace(GOOD, **changes))) == [field]


@pytest.mark.parametrize(
    ("apart", "right"),
    [
        (timedelta(minutes=5), True),
        (timedelta(minutes=5, microseconds=1), False),
        (-timedelta(days=28), True),
        (-timedelta(days=28, microseconds=1), False),
    ],
)
def test_a_desks_clock_then_is_believed_within_its_bounds(apart, right):
    assert is_dated_right(NOW + apart, now=NOW) is right


def test_of_a_vehicle_and_its_people_the_strictest_answer_then_counts():
    free, asked, stop = (
        (Answer.ALLOW, Reason.FREE),
        (Answer.ASK, Reason.NO_FILE),
        (Answer.STOP, Reason.FEVER),
    )
    assert strictest([]) == free
    assert strictest([free, asked, (Answer.ASK, Reason.NO_PASS)]) == asked
    assert strictest([asked, stop, free]) == stop
