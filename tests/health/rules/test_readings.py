from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fugong.health.rules.problems import Problem
from fugong.health.rules.readings import Believed, degrees, read_temperature, tenths

BELIEVED = Believed(Decimal("34.0"), Decimal("42.0"))


def read(typed: str) -> Decimal | Problem:
    return read_temperature(typed, BELIEVED)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("36.5", "36.5"),
        (" 36.5 ", "36.5"),
        ("36", "36"),
        ("36.50", "36.5"),
        ("３６．５", "36.5"),
        ("36.5℃", "36.5"),
        ("36.5 °C", "36.5"),
        ("36.5度", "36.5"),
        ("34.0", "34.0"),
        ("42.0", "42.0"),
        ("37.3", "37.3"),
    ],
)
def test_read_temperature_when_as_a_thermometer_shows_it_then_its_degrees(typed, value):
    assert read(typed) == Decimal(value)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("42.5", "not_believed"),
        ("42.1", "not_believed"),
        ("33.9", "not_believed"),
        ("0", "not_believed"),
        ("20", "not_believed"),
        ("3.65", "dot_misplaced"),
        ("365", "no_dot"),
        ("382", "no_dot"),
        ("97.7", "fahrenheit"),
        ("100.4", "fahrenheit"),
        ("99", "fahrenheit"),
        ("97.7℉", "fahrenheit"),
        ("98 F", "fahrenheit"),
        ("36.55", "too_fine"),
        ("36,5", "not_a_temperature"),
        ("36。5", "not_a_temperature"),
        ("36.5.1", "not_a_temperature"),
        ("-36.5", "not_a_temperature"),
        ("3.6e1", "not_a_temperature"),
        ("三十六度五", "not_a_temperature"),
        ("正常", "not_a_temperature"),
        ("", "not_a_temperature"),
        ("36500", "not_a_temperature"),
    ],
)
def test_read_temperature_when_it_cannot_be_right_then_told_and_never_guessed(typed, code):
    found = read(typed)
    assert isinstance(found, Problem)
    assert found.code == code


@given(st.text(max_size=30))
def test_read_temperature_when_anything_is_typed_then_a_believed_tenth_or_a_problem(typed):
    found = read(typed)
    if not isinstance(found, Problem):
        assert BELIEVED.holds(found)
        assert found == round(found, 1)


@given(st.integers(min_value=340, max_value=420))
def test_degrees_when_a_value_was_kept_then_shown_as_it_was_typed(kept):
    shown = degrees(kept)
    value = read(shown)
    assert isinstance(value, Decimal)
    assert tenths(value) == kept
