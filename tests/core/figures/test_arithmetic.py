"""Sums and rates never claim more than their parts."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fugong.core.figures import Absence, Exactness, FiguresDoNotAdd, Grade, Kind, add, printed, rate
from tests.core.figures.making import AS_OF, figure

LOWER = [Exactness.ODD, Exactness.MORE, Exactness.OR_MORE, Exactness.BROKE_THROUGH]
UPPER = [Exactness.NEARLY, Exactness.AT_MOST]
NEAR = [Exactness.ABOUT, Exactness.AROUND]


def expected_joint(first: Exactness, second: Exactness) -> Exactness | None:
    pair = {first, second} - {Exactness.EXACT}
    if Exactness.MOST in pair:
        return None
    if not pair:
        return Exactness.EXACT
    for family, joint in ((LOWER, Exactness.OR_MORE), (UPPER, Exactness.AT_MOST), (NEAR, Exactness.ABOUT)):
        if pair <= set(family):
            return joint
    return None


@pytest.mark.parametrize("first", list(Exactness))
@pytest.mark.parametrize("second", list(Exactness))
def test_sum_of_any_two_wordings_is_true_or_refused(first, second):
    parts = [
        figure(None if exactness is Exactness.MOST else 100, exactness=exactness)
        for exactness in (first, second)
    ]
    expected = expected_joint(first, second)
    if expected is None:
        with pytest.raises(FiguresDoNotAdd):
            add(*parts)
        return
    total = add(*parts)
    assert (total.value, total.exactness) == (200, expected)


def test_stated_more_plus_an_exact_number_is_a_lower_bound():
    total = add(figure(9000, "vehicle", exactness=Exactness.MORE), figure(500, "vehicle"))
    assert printed(total, "zh") == "9500辆以上"
    assert printed(total, "en") == "9,500 vehicles or more"


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_exact_sum_is_exact_and_commutes(first, second):
    assert add(figure(first), figure(second), source="s") == add(figure(second), figure(first), source="s")
    assert add(figure(first), figure(second)).value == first + second


def test_sum_of_decimals_keeps_the_finer_digits():
    assert str(add(figure(Decimal("1.50")), figure(2)).value) == "3.50"


def test_sum_has_the_weaker_grade_and_names_both_sources():
    total = add(figure(1, grade=Grade.CORROBORATED, source="a"), figure(1, grade=Grade.DECLARED, source="b"))
    assert total.grade is Grade.DECLARED
    assert total.source == "a + b"


@pytest.mark.parametrize(
    "other",
    [
        figure(1, "person"),
        figure(1, kind=Kind.CUMULATIVE),
        figure(1, as_of=AS_OF + timedelta(days=1)),
        figure(None, absence=Absence.NOT_STATED),
        rate(figure(1), figure(2)),
    ],
    ids=["unit", "kind", "moment", "absent", "rate"],
)
def test_unlike_figures_do_not_add(other):
    with pytest.raises(FiguresDoNotAdd):
        add(figure(1), other)
    with pytest.raises(FiguresDoNotAdd):
        add(other, figure(1))


def test_flows_of_two_periods_add_up_to_the_later_time():
    later = AS_OF + timedelta(days=1)
    total = add(figure(3, kind=Kind.FLOW), figure(4, kind=Kind.FLOW, as_of=later))
    assert (total.value, total.as_of) == (7, later)


def test_rate_without_anything_in_scope_has_no_value_and_says_why():
    share = rate(figure(0, "enterprise"), figure(0, "enterprise"))
    assert share.value is None
    assert share.absence is Absence.EMPTY_DENOMINATOR
    assert printed(share, "zh") == "—（无统计对象）"
    assert printed(share, "en") == "— (nothing in scope)"
    assert share.numerator == figure(0, "enterprise")


def test_rate_of_an_unrecorded_part_says_so():
    share = rate(figure(None, absence=Absence.NOT_RECORDED), figure(106))
    assert share.absence is Absence.NOT_RECORDED


@pytest.mark.parametrize("side", [0, 1])
def test_rate_of_a_stated_wording_is_refused(side):
    parts = [figure(91), figure(106)]
    parts[side] = figure(90, exactness=Exactness.MORE)
    with pytest.raises(FiguresDoNotAdd, match="exact"):
        rate(*parts)
