"""What a figure may be, and that freezing one loses nothing."""

import json
from dataclasses import FrozenInstanceError
from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fugong.core.figures import Absence, Exactness, Figure, Grade, InvalidFigure, Kind, rate
from tests.core.figures.making import AS_OF, figure

numbers = st.integers(-(10**12), 10**12) | st.decimals(
    -(10**9), 10**9, places=3, allow_nan=False, allow_infinity=False
)


def test_figure_is_frozen():
    with pytest.raises(FrozenInstanceError):
        figure(3).value = 4  # type: ignore[misc]


@pytest.mark.parametrize("value", [True, 1.5, "3", Decimal("NaN"), Decimal("Infinity")])
def test_figure_refuses_a_value_that_is_no_clean_number(value):
    with pytest.raises(InvalidFigure):
        figure(value)


def test_figure_without_value_needs_a_reason():
    with pytest.raises(InvalidFigure, match="say why"):
        figure(None)
    assert figure(None, absence=Absence.NOT_STATED).value is None
    assert figure(None, exactness=Exactness.MOST).value is None


def test_figure_refuses_a_value_beside_an_absence_or_most():
    with pytest.raises(InvalidFigure, match="not absent"):
        figure(3, absence=Absence.NOT_STATED)
    with pytest.raises(InvalidFigure, match="states no number"):
        figure(3, exactness=Exactness.MOST)


def test_figure_refuses_a_time_without_zone():
    with pytest.raises(InvalidFigure, match="time zone"):
        figure(3, as_of=datetime(2022, 4, 27))  # noqa: DTZ001


def test_figure_refuses_a_rate_that_its_parts_do_not_give():
    with pytest.raises(InvalidFigure, match="not what"):
        figure(Decimal("85.9"), "percent", numerator=figure(91), denominator=figure(106))
    with pytest.raises(InvalidFigure, match="both"):
        figure(Decimal("85.8"), "percent", numerator=figure(91))


def test_actual_is_the_unrounded_rate():
    share = rate(figure(91), figure(106))
    assert share.value == Decimal("85.8")
    assert share.actual is not None
    assert (share.actual.numerator, share.actual.denominator) == (4550, 53)


@given(
    numbers,
    st.sampled_from([exactness for exactness in Exactness if exactness is not Exactness.MOST]),
    st.sampled_from(list(Kind)),
    st.sampled_from(list(Grade)),
)
def test_frozen_figure_comes_back_equal(value, exactness, kind, grade):
    before = figure(value, "person", exactness=exactness, kind=kind, grade=grade)
    assert Figure.from_json(json.loads(json.dumps(before.as_json()))) == before


def test_frozen_rate_comes_back_with_its_parts():
    before = rate(figure(36, "enterprise"), figure(39, "enterprise"))
    after = Figure.from_json(json.loads(json.dumps(before.as_json())))
    assert after == before
    assert after.denominator == figure(39, "enterprise")


@pytest.mark.parametrize(
    "before",
    [figure(None, absence=Absence.EMPTY_DENOMINATOR), figure(None, exactness=Exactness.MOST)],
)
def test_frozen_figure_without_value_comes_back(before):
    assert Figure.from_json(json.loads(json.dumps(before.as_json()))) == before


def test_thawing_refuses_a_tampered_rate():
    stored = rate(figure(91), figure(106)).as_json()
    with pytest.raises(InvalidFigure):
        Figure.from_json({**stored, "value": "90.0"})


def test_as_of_survives_with_its_moment():
    assert Figure.from_json(figure(1).as_json()).as_of == AS_OF
