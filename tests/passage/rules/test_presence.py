"""From scans to presence, and what two presences are together."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fugong.core.clock import LOCAL
from fugong.passage.choices import Answer, Direction, Flag
from fugong.passage.rules.presence import (
    ASSUMED_STAY,
    LONGEST,
    Passed,
    Place,
    Presence,
    Quality,
    has_passed,
    is_presence,
    meetings,
    presences,
)

MORNING = datetime(2022, 4, 27, 8, tzinfo=LOCAL)
NOW = MORNING + timedelta(days=3)
PLANT, SHOP = Place(UUID(int=1)), Place(UUID(int=2), is_venue=True)


def hours(number: float) -> datetime:
    return MORNING + timedelta(hours=number)


def came(at: float, place: Place = PLANT) -> Passed:
    return Passed(hours(at), place, Direction.IN)


def left(at: float, place: Place = PLANT) -> Passed:
    return Passed(hours(at), place, Direction.OUT)


def found(*scans: Passed, now: datetime = NOW) -> list[tuple[float, float, Quality]]:
    def since(moment: datetime) -> float:
        return (moment - MORNING) / timedelta(hours=1)

    return [(since(each.since), since(each.until), each.quality) for each in presences(scans, now=now)]


@pytest.mark.parametrize(
    ("scans", "expected"),
    [
        ((), []),
        ((came(0), left(9)), [(0, 9, Quality.SHOWN)]),
        ((left(9), came(0)), [(0, 9, Quality.SHOWN)]),
        ((came(0), left(4), came(5), left(9)), [(0, 4, Quality.SHOWN), (5, 9, Quality.SHOWN)]),
        ((left(9),), [(9, 9, Quality.LEFT_ONLY)]),
        ((came(0),), [(0, 14, Quality.DOUBTFUL)]),
        ((came(0), left(14)), [(0, 14, Quality.SHOWN)]),
        ((came(0), left(15)), [(0, 14, Quality.DOUBTFUL), (15, 15, Quality.LEFT_ONLY)]),
        ((came(0), came(5), left(9)), [(0, 5, Quality.DOUBTFUL), (5, 9, Quality.SHOWN)]),
        ((came(0), left(4), left(5)), [(0, 4, Quality.SHOWN), (5, 5, Quality.LEFT_ONLY)]),
        ((came(0, SHOP),), [(0, 1, Quality.ASSUMED)]),
        ((came(0, SHOP), left(0.5, SHOP)), [(0, 0.5, Quality.SHOWN)]),
        ((came(0, SHOP), came(0.5, SHOP)), [(0, 0.5, Quality.ASSUMED), (0.5, 1.5, Quality.ASSUMED)]),
    ],
)
def test_presence_when_scans_are_paired_then_says_how_far_it_is_shown(scans, expected):
    assert found(*scans) == expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (hours(2), (0, 2, Quality.OPEN)),
        (hours(13.5), (0, 13.5, Quality.OPEN)),
        (hours(14), (0, 14, Quality.DOUBTFUL)),
        (hours(20), (0, 14, Quality.DOUBTFUL)),
    ],
)
def test_presence_when_nobody_was_seen_to_leave_then_is_open_until_it_is_too_long(now, expected):
    assert found(came(0), now=now) == [expected]


def test_presence_at_a_gate_with_its_own_term_then_ends_by_that():
    workshop = Place(PLANT.key, longest=timedelta(hours=8))
    assert found(came(0, workshop)) == [(0, 8, Quality.DOUBTFUL)]


def test_places_when_another_was_left_then_do_not_end_each_other():
    assert found(came(0), left(2, SHOP)) == [(0, 14, Quality.DOUBTFUL), (2, 2, Quality.LEFT_ONLY)]


@pytest.mark.parametrize(
    ("answer", "flags", "passed", "there"),
    [
        (Answer.ALLOW, Flag(0), True, True),
        (Answer.STOP, Flag(0), False, False),
        (Answer.ASK, Flag(0), False, False),
        (Answer.STOP, Flag.FORCED, True, True),
        (Answer.ALLOW, Flag.NOT_SHOWN_TO_BE_THERE, True, False),
        (Answer.ALLOW, Flag.MISDATED, True, False),
        (Answer.ASK, Flag.FORCED | Flag.MISDATED, True, False),
        (Answer.ALLOW, Flag.DECIDED_OFFLINE | Flag.CONFLICT, True, True),
    ],
)
def test_a_scan_when_refused_or_not_believed_then_is_no_presence(answer, flags, passed, there):
    assert (has_passed(answer, flags), is_presence(answer, flags)) == (passed, there)


def test_a_meeting_when_one_side_is_assumed_then_is_assumed():
    one = presences([came(0, SHOP)], now=NOW)
    other = presences([came(0.25, SHOP), left(0.5, SHOP)], now=NOW)
    (met,) = meetings(one, other)
    assert (met.minutes, met.quality) == (15, Quality.ASSUMED)


def test_two_when_in_other_places_or_after_each_other_then_did_not_meet():
    early, late = presences([came(0), left(1)], now=NOW), presences([came(2), left(3)], now=NOW)
    assert meetings(early, late) == []
    assert meetings(early, presences([came(0, SHOP)], now=NOW)) == []


moments = st.integers(0, 60 * 48).map(lambda minute: MORNING + timedelta(minutes=minute))
scans = st.lists(
    st.builds(Passed, moments, st.sampled_from([PLANT, SHOP]), st.sampled_from(list(Direction))), max_size=12
)


@given(scans)
def test_presences_whatever_was_scanned_then_are_bounded_and_lose_no_scan(seen):
    there = presences(seen, now=NOW)
    for each in there:
        limit = LONGEST if each.quality != Quality.ASSUMED else ASSUMED_STAY
        assert timedelta(0) <= each.until - each.since <= limit
    starts = {(each.place, each.since) for each in there}
    assert all((scan.place, scan.at) in starts for scan in seen if scan.direction == Direction.IN)


@given(scans)
def test_presences_when_the_scans_come_in_another_order_then_are_the_same(seen):
    assert presences(seen, now=NOW) == presences(list(reversed(seen)), now=NOW)


@given(scans, scans)
def test_meetings_then_are_the_same_from_both_sides(one, other):
    mine, theirs = presences(one, now=NOW), presences(other, now=NOW)

    def sorted_(met):
        return sorted((each.since, each.until, each.quality) for each in met)

    assert sorted_(meetings(mine, theirs)) == sorted_(meetings(theirs, mine))


@given(scans, st.integers(0, 60 * 48))
def test_somebody_met_by_meetings_when_looked_at_minute_by_minute_then_was_there(seen, minute):
    """The naive definition: at each moment of a meeting both were inside."""
    moment = MORNING + timedelta(minutes=minute)
    probe = [Presence(PLANT, moment, moment, Quality.SHOWN)]
    inside = [
        each
        for each in presences(seen, now=NOW)
        if each.place == PLANT and each.since <= moment <= each.until
    ]
    assert len(meetings(probe, presences(seen, now=NOW))) == len(inside)
