"""The level dates by itself, is never lowered by what restricts, never free for want of a record."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fugong.people.facts import PERSON_FACTS
from fugong.playbooks.rules.clocks import LOCAL
from fugong.playbooks.rules.examples import nothing_said
from fugong.playbooks.rules.known_evidence import BY_HAND, evidence_kinds
from fugong.playbooks.rules.levels import GroundKind, Law, Period, Recorded, Standing, level_of
from fugong.playbooks.rules.loading import load_playbook
from fugong.playbooks.rules.playbook import Playbook
from fugong.resumption.facts import APPLICANT
from tests.playbooks.conftest import ZONE

NOW = datetime(2020, 2, 20, 9, 0, tzinfo=LOCAL)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ORDER = ("green", "ask", "yellow", "red")


@cache
def zone() -> Playbook:
    return load_playbook(ZONE, facts=APPLICANT)


def law(*later: tuple[datetime, Playbook]) -> Law:
    return Law((Period(None, zone().policy), *(Period(at, playbook.policy) for at, playbook in later)))


def facts(**said: object) -> dict[str, object]:
    return PERSON_FACTS.prepared(nothing_said(PERSON_FACTS) | said)


def seen(kind: str, at: datetime = NOW, until: datetime | None = None, **more: str) -> Recorded:
    return Recorded(f"{kind} {at.isoformat()}", kind, at, until, **more)


FILE = seen("file", NOW - 10 * DAY)
REPORT = seen("health_report", NOW)
SOUND = (FILE, REPORT)


def standing(*evidence: Recorded, at: datetime = NOW, by: Law | None = None, **said: object) -> Standing:
    return level_of(evidence, facts(**said), by or law(), at)


def test_level_when_all_is_on_record_then_free_until_the_report_is_too_old():
    found = standing(*SOUND)
    assert (found.level, found.asks) == ("green", False)
    assert (found.since, found.until) == (NOW, NOW + 30 * HOUR)


@pytest.mark.parametrize("held", [(), (FILE,), (REPORT,)])
def test_level_when_something_is_missing_then_asks_and_says_what(held):
    found = standing(*held)
    assert (found.level, found.asks) == ("ask", True)
    missing = {ground.key for ground in found.grounds if not ground.met}
    assert missing == {"file", "report"} - {each.kind.removeprefix("health_") for each in held}


def test_level_when_the_requirement_is_not_in_force_yet_then_not_asked():
    early = datetime(2020, 2, 9, 12, tzinfo=LOCAL)
    found = standing(seen("file", early - DAY), at=early)
    assert found.level == "green"
    assert found.until == datetime(2020, 2, 10, tzinfo=LOCAL)


def test_level_when_the_record_ends_while_restricted_then_the_restriction_stands():
    found = standing(FILE, seen("health_report", NOW - 40 * HOUR), seen("fever", NOW))
    assert (found.level, found.asks, found.until) == ("red", False, None)


def test_level_when_two_rules_hold_then_the_stricter_until_it_ends():
    found = standing(*SOUND, seen("fever", NOW - HOUR, NOW + HOUR), seen("symptom", NOW - 2 * HOUR))
    assert (found.level, found.since, found.until) == ("red", NOW - HOUR, NOW + HOUR)
    assert [ground.key for ground in found.grounds if ground.kind is GroundKind.RULE] == ["fever", "symptom"]


def test_level_when_the_stricter_has_ended_then_the_other_since_then():
    later = NOW + 2 * HOUR
    found = standing(*SOUND, seen("fever", NOW - HOUR, NOW + HOUR), seen("symptom", NOW - 2 * HOUR), at=later)
    assert (found.level, found.since, found.until) == ("yellow", NOW + HOUR, NOW - 2 * HOUR + 3 * DAY)


@pytest.mark.parametrize(
    ("tests", "at", "expected"),
    [
        ([], 10, "yellow"),
        ([1], 10, "yellow"),
        ([1, 5], 10, "yellow"),  # less than twenty hours apart
        ([1, 22], 23, "green"),
        ([1, 5, 25], 26, "green"),
        ([-2, 22], 23, "yellow"),  # the first was before the symptom
        ([1, 22], 21, "yellow"),
    ],
)
def test_relief_when_so_many_tests_so_far_apart_then_earlier(tests, at, expected):
    negative = [seen("negative_test", NOW + hours * HOUR) for hours in tests]
    found = standing(*SOUND, seen("symptom", NOW), *negative, at=NOW + at * HOUR)
    assert found.level == expected


def test_rule_when_it_is_for_some_people_then_only_for_them():
    assert standing(*SOUND, seen("origin"), home_province="340000").level == "green"
    assert standing(*SOUND, seen("origin"), home_province="420000").level == "yellow"


def test_by_hand_when_set_then_as_long_as_it_says():
    hand = seen(BY_HAND, NOW - HOUR, NOW + HOUR, level="yellow", reason="contact")
    found = standing(*SOUND, hand)
    assert (found.level, found.until) == ("yellow", NOW + HOUR)
    assert found.grounds[0].kind is GroundKind.BY_HAND


def test_by_hand_when_the_playbook_does_not_know_its_level_then_the_strictest():
    assert standing(*SOUND, seen(BY_HAND, NOW - HOUR, level="black")).level == "red"


def test_evidence_when_nobody_has_a_rule_for_it_then_changes_nothing():
    assert standing(*SOUND, seen("quarantine")).level == "green"


def test_law_when_a_stricter_one_begins_then_the_level_ends_with_the_day():
    text = zone().text.replace(
        'evidence = "symptom"\nlevel = "yellow"', 'evidence = "symptom"\nlevel = "red"', 1
    )
    stricter = load_playbook(text, facts=APPLICANT)
    begins = NOW + 15 * HOUR
    found = standing(*SOUND, seen("symptom", NOW), by=law((begins, stricter)))
    assert (found.level, found.until) == ("yellow", begins)
    then = standing(*SOUND, seen("symptom", NOW), at=begins, by=law((begins, stricter)))
    assert (then.level, then.since) == ("red", begins)


def test_law_when_it_asks_nothing_of_somebody_then_that_one_is_never_free():
    only_hubei = "when = 'home_province == \"420000\"'\n"
    text = zone().text.replace("within_hours = 30\n", f"within_hours = 30\n{only_hubei}", 1)
    text = text.replace('evidence = "file"\nto_do', f'evidence = "file"\n{only_hubei}to_do', 1)
    text = text.replace('level = "green", until = 2020-02-21T14:00:00+08:00', 'level = "ask"')
    narrow = load_playbook(text, facts=APPLICANT)
    assert standing(*SOUND, by=Law((Period(None, narrow.policy),))).level == "ask"


moments = st.integers(-30 * 24, 30 * 24).map(lambda hours: NOW + hours * HOUR)
ends = st.none() | moments
restricting = st.builds(
    Recorded, st.uuids().map(str), st.sampled_from(["fever", "symptom", "origin"]), moments, ends
) | st.builds(
    Recorded, st.uuids().map(str), st.just(BY_HAND), moments, ends, st.sampled_from(["yellow", "red", "gone"])
)
anything = restricting | st.builds(
    Recorded, st.uuids().map(str), st.sampled_from(sorted({*evidence_kinds()} - {BY_HAND})), moments, ends
)
records = st.lists(anything, max_size=6)


@given(records, st.lists(restricting, max_size=3), moments)
def test_level_when_more_restrictive_evidence_comes_then_never_lower(record, more, at):
    before = standing(*record, at=at, home_province="420000").level
    after = standing(*record, *more, at=at, home_province="420000").level
    assert ORDER.index(after) >= ORDER.index(before)


@given(st.lists(restricting, max_size=4), moments)
def test_level_when_no_file_is_on_record_then_never_free(record, at):
    assert standing(*record, at=at).level != "green"


@given(records, moments)
def test_until_when_nothing_happens_then_the_level_is_the_same_up_to_it_and_another_at_it(record, at):
    found = standing(*record, at=at)
    if found.until is None:
        assert standing(*record, at=at + 400 * DAY).level == found.level
        return
    assert found.until > at
    halfway = at + (found.until - at) / 2
    assert standing(*record, at=halfway).level == found.level
    assert standing(*record, at=found.until - timedelta(microseconds=1)).level == found.level
    assert standing(*record, at=found.until).level != found.level


@given(records, moments)
def test_since_when_given_then_the_level_began_there(record, at):
    found = standing(*record, at=at)
    if found.since is None:
        return
    assert found.since <= at
    assert standing(*record, at=found.since).level == found.level
    assert standing(*record, at=found.since - timedelta(microseconds=1)).level != found.level


@given(st.lists(restricting, max_size=4), moments, st.integers(1, 60))
def test_level_when_time_passes_and_nothing_begins_then_only_falls(record, at, days):
    """Of what has begun, restrictions expire and none comes back."""
    begun = [each for each in record if each.since <= at]
    sound = (seen("file", NOW - 90 * DAY), seen("health_report", at + days * DAY), seen("health_report", at))
    before = standing(*sound, *begun, at=at).level
    after = standing(*sound, *begun, at=at + days * DAY).level
    assert ORDER.index(after) <= ORDER.index(before)


@given(st.permutations([FILE, REPORT, seen("fever"), seen("symptom"), seen("negative_test", NOW + HOUR)]))
def test_level_when_told_in_another_order_then_the_same(record):
    found = standing(*record)
    expected = standing(*sorted(record, key=lambda each: each.id))
    assert (found.level, found.since, found.until) == (expected.level, expected.since, expected.until)
