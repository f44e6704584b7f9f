from datetime import UTC, date, datetime, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fugong.accounts import rules
from fugong.accounts.choices import Power, Sight
from fugong.accounts.rules import Cover, Guesses, HeldRole, Limit
from fugong.core.ids import new_id

NOW = datetime(2022, 4, 27, 2, 0, tzinfo=UTC)
LIMIT = Limit(tries=5, window=timedelta(minutes=15))
ONE_OF_EACH = {
    Power.SYSTEM: "users.manage",
    Power.SECURITY: "users.grant",
    Power.AUDIT: "audit.see",
    Power.BUSINESS: "applications.see",
}


@pytest.mark.parametrize(
    ("entered", "fine"),
    [
        ("li.wei", True),
        ("abc", True),
        ("a1_b-c.d", True),
        ("x" * 60, True),
        ("ab", False),
        ("x" * 61, False),
        ("Li.Wei", False),
        ("李伟", False),
        (".li", False),
        ("li.", False),
        ("li wei", False),
        ("li@wei", False),
        ("", False),
    ],
)
def test_user_names_can_be_typed_on_any_keyboard(entered, fine):
    assert rules.is_username(entered) is fine


def test_user_names_are_compared_in_lower_case_without_blanks():
    assert rules.plain_username("  Li.Wei ") == "li.wei"


@pytest.mark.parametrize(("one", "other"), list(combinations(Power, 2)))
def test_two_powers_in_one_hand_are_mixed(one, other):
    assert rules.mixes_powers({ONE_OF_EACH[one], ONE_OF_EACH[other]})


@pytest.mark.parametrize("power", list(Power))
def test_one_power_with_harmless_reading_is_not_mixed(power):
    assert not rules.mixes_powers({ONE_OF_EACH[power], *rules.HARMLESS})


def test_a_permission_nobody_classified_is_business():
    assert rules.powers({"something.new"}) == {Power.BUSINESS}


@pytest.mark.parametrize(("power", "administrator"), [(power, power != Power.BUSINESS) for power in Power])
def test_the_three_are_administrators_and_business_is_not(power, administrator):
    assert rules.is_administrator({ONE_OF_EACH[power]}) is administrator


def held(code, *permissions, group=""):
    return HeldRole(code, frozenset(permissions), group)


@pytest.mark.parametrize(
    ("wanted", "already", "forbidden"),
    [
        (held("a", "x.see"), [held("b", "y.see")], False),
        (held("a", "x.see", group="g"), [held("b", "y.see", group="g")], True),
        (held("a", "x.see", group="g"), [held("b", "y.see", group="h")], False),
        (held("a", "x.see", group="g"), [held("a", "x.see", group="g")], False),
        (held("a", "audit.see"), [held("b", "x.see")], True),
        (held("a", "audit.see"), [held("b", "users.see")], False),
        (held("a", "audit.see"), [held("b", "y.see"), held("c", "users.see")], True),
        (held("a", "x.see"), [], False),
    ],
)
def test_a_role_is_excluded_by_its_group_and_by_powers_kept_apart(wanted, already, forbidden):
    assert (rules.excluded_by(wanted, already) is not None) is forbidden


@pytest.mark.parametrize("sight", list(Sight))
@pytest.mark.parametrize("area", [True, False])
@pytest.mark.parametrize("subject", [True, False])
def test_a_membership_names_exactly_what_its_sight_asks_for(sight, area, subject):
    asked = {Sight.AREA: (True, False), Sight.SUBJECT: (False, True)}.get(sight, (False, False))
    assert rules.scope_fits(sight, area=area, subject=subject) is ((area, subject) == asked)


def test_codes_are_four_groups_of_letters_that_are_not_mistaken():
    code = rules.new_code()
    assert [len(group) for group in code.split("-")] == [4, 4, 4, 4]
    assert not set(code) & set("ILOU01")
    assert len({rules.new_code() for _ in range(200)}) == 200


@pytest.mark.parametrize("typed", ["K7QM-2F9T", "k7qm2f9t", " k7qm 2f9t ", "K7QM--2F9T"])
def test_a_code_is_the_same_however_it_is_typed(typed):
    assert rules.plain_code(typed) == "K7QM2F9T"


def knock_times(guesses, times, *, now=NOW):
    for _ in range(times):
        guesses = rules.after_try(guesses, limit=LIMIT, now=now)
    return guesses


def test_the_allowed_tries_pass_and_the_next_shuts_the_door():
    assert not knock_times(Guesses(), 5).is_locked(NOW)
    assert knock_times(Guesses(), 6).is_locked(NOW)


def test_the_door_opens_again_with_time_and_the_count_starts_anew():
    locked = knock_times(Guesses(), 6)
    later = NOW + LIMIT.window
    assert locked.is_locked(later - timedelta(seconds=1))
    assert not locked.is_locked(later)
    assert rules.after_try(locked, limit=LIMIT, now=later) == Guesses(1, later)


def test_tries_at_a_shut_door_do_not_prolong_it():
    locked = knock_times(Guesses(), 6)
    assert rules.after_try(locked, limit=LIMIT, now=NOW + timedelta(minutes=14)) == locked


def test_slow_tries_are_forgotten_after_the_window():
    four = knock_times(Guesses(), 4)
    assert rules.after_try(four, limit=LIMIT, now=NOW + LIMIT.window).tries == 1


def test_a_success_takes_back_one_try_only():
    assert rules.after_success(knock_times(Guesses(), 3)).tries == 2
    assert rules.after_success(Guesses()).tries == 0


@given(st.lists(st.integers(min_value=0, max_value=40), max_size=60))
def test_however_tries_are_timed_no_window_lets_more_through_than_twice_the_limit(pauses):
    """The bound of a count that starts anew when its window is over."""
    guesses, now, passed = Guesses(), NOW, []
    for pause in pauses:
        now += timedelta(minutes=pause)
        guesses = rules.after_try(guesses, limit=LIMIT, now=now)
        if not guesses.is_locked(now):
            passed.append(now)
    for start in passed:
        assert sum(start <= moment < start + LIMIT.window for moment in passed) <= 2 * LIMIT.tries


TODAY = date(2022, 4, 27)
A, B, ANN, BO = (new_id() for _ in range(4))


def cover(user, subject, *, kind="leader", starts=TODAY, ends=None):
    return Cover(user, subject, kind, starts, ends)


@pytest.mark.parametrize(
    ("covers", "uncovered", "doubled"),
    [
        ([], {A, B}, set()),
        ([cover(ANN, A)], {B}, set()),
        ([cover(ANN, A), cover(BO, A)], {B}, {A}),
        ([cover(ANN, A), cover(BO, A, kind="instructor")], {B}, set()),
        ([cover(ANN, A, ends=TODAY)], {A, B}, set()),
        ([cover(ANN, A, ends=TODAY + timedelta(days=1))], {B}, set()),
        ([cover(ANN, A, starts=TODAY + timedelta(days=1))], {A, B}, set()),
        ([cover(ANN, new_id())], {A, B}, set()),
        ([cover(ANN, A), cover(ANN, A, starts=TODAY - timedelta(days=9), ends=TODAY)], {B}, set()),
    ],
)
def test_gaps_and_double_cover_are_those_of_the_day(covers, uncovered, doubled):
    result = rules.check_cover([A, B], covers, on=TODAY)
    assert (result.uncovered, result.doubled) == (uncovered, doubled)
