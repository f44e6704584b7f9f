"""What was expected against what was."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from fugong.passage.rules.expected import Expected, WentThrough, compared

EIGHT = datetime(2022, 4, 27, 0, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
WORK = Expected(frozenset({1, 2}), EIGHT, EIGHT + HOUR)
LODGING = Expected(frozenset({7}), EIGHT + 10 * HOUR, EIGHT + 12 * HOUR)


@pytest.mark.parametrize(
    ("passages", "missing", "astray"),
    [
        ([], [WORK, LODGING], []),
        ([(1, 0), (7, 11)], [], []),
        ([(2, 0.5), (7, 10)], [], []),
        ([(1, 1), (7, 11)], [WORK], [(1, 1)]),
        ([(1, -0.1), (7, 12)], [WORK, LODGING], [(1, -0.1), (7, 12)]),
        ([(1, 0), (3, 5), (7, 11), (7, 11.5)], [], [(3, 5)]),
        ([(7, 0), (1, 11)], [WORK, LODGING], [(7, 0), (1, 11)]),
    ],
)
def test_passages_when_compared_then_what_is_missing_and_what_is_astray(passages, missing, astray):
    went = [WentThrough(gate, EIGHT + hours * HOUR) for gate, hours in passages]
    found = compared([WORK, LODGING], went)
    assert list(found.missing) == missing
    assert [(each.gate, (each.at - EIGHT) / HOUR) for each in found.astray] == astray


def test_passage_when_two_things_are_expected_of_it_then_meets_both():
    later = Expected(frozenset({1}), EIGHT, EIGHT + 2 * HOUR)
    assert compared([WORK, later], [WentThrough(1, EIGHT)]).missing == ()
