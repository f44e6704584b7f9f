"""What one code at two gates says."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from fugong.core.clock import LOCAL
from fugong.passage.choices import Sign
from fugong.passage.rules.signs import Spot, kilometres, sign_of_pair

NOON = datetime(2022, 4, 27, 12, tzinfo=LOCAL)
HERE = Spot(1, 32.0, 117.0)
DOOR = Spot(2, 32.0, 117.001)  # 94 m
TOWN = Spot(3, 32.0, 117.2)  # 19 km
NOWHERE = Spot(4)


@pytest.mark.parametrize(
    ("after", "seconds", "sign"),
    [
        (HERE, 0, None),
        (DOOR, 0, None),
        (DOOR, 30, None),
        (NOWHERE, 59, Sign.TWO_GATES),
        (NOWHERE, 60, None),
        (TOWN, 0, Sign.IMPOSSIBLE),
        (TOWN, 59, Sign.IMPOSSIBLE),
        (TOWN, 9 * 60, Sign.IMPOSSIBLE),
        (TOWN, 10 * 60, None),
    ],
)
def test_a_pair_of_scans_then_is_a_sign_only_where_nobody_could_be(after, seconds, sign):
    assert sign_of_pair(HERE, NOON, after, NOON + timedelta(seconds=seconds)) == sign


def test_a_distance_then_is_within_a_hundredth_of_the_round_one():
    assert kilometres(HERE, TOWN) == pytest.approx(18.86, rel=0.01)
    assert kilometres(HERE, NOWHERE) is None
