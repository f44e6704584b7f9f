"""A wording is printed only where it is true."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from fugong.core.figures import Exactness, FalseWording, RoundingRule, printed, rate
from fugong.core.figures.numbers import decimals_of, down_to, half_up, nearest, plain, up_to
from fugong.core.figures.rounding import holds
from tests.core.figures.making import AS_OF, figure

WORDED = [exactness for exactness in Exactness if exactness not in {Exactness.EXACT, Exactness.MOST}]


@pytest.mark.parametrize(
    ("numerator", "denominator", "digits", "expected"),
    [
        (91, 106, 1, "85.8"),
        (36, 39, 1, "92.3"),
        (92, 106, 1, "86.8"),
        (1, 8, 1, "12.5"),
        (1, 16, 1, "6.3"),  # 6.25: half up, not to even
        (5, 200, 0, "3"),  # 2.5
        (0, 106, 1, "0.0"),
        (106, 106, 1, "100.0"),
    ],
)
def test_rate_rounds_half_up(numerator, denominator, digits, expected):
    share = rate(figure(numerator), figure(denominator), digits=digits)
    assert str(share.value) == expected


@pytest.mark.parametrize(
    ("exactness", "step", "actual", "expected"),
    [
        (Exactness.MORE, 1000, 9034, "9000多辆"),
        (Exactness.ODD, 1000, 13021, "1.3万余辆"),
        (Exactness.ODD, 10, 23, "20余辆"),
        (Exactness.NEARLY, 1000, 3950, "近4000辆"),
        (Exactness.ABOUT, 500, 274_900, "约27.5万辆"),
        (Exactness.AROUND, 100, 812, "800辆左右"),
        (Exactness.OR_MORE, 1, 7, "7辆以上"),
        (Exactness.BROKE_THROUGH, 1_000_000, 30_400_000, "突破3000万辆"),
        (Exactness.AT_MOST, 10, 47, "不超过50辆"),
    ],
)
def test_computed_number_prints_in_the_rules_wording(exactness, step, actual, expected):
    worded = RoundingRule(exactness, step=step).word(figure(actual, "vehicle"))
    assert printed(worded, "zh") == expected


@pytest.mark.parametrize(
    ("exactness", "step", "actual"),
    [
        (Exactness.MORE, 1000, 9000),  # on the step: "more than" would be false
        (Exactness.ODD, 1000, 13000),
        (Exactness.BROKE_THROUGH, 1000, 3000),
        (Exactness.NEARLY, 1000, 4000),
        (Exactness.NEARLY, 1000, 3100),  # true of nothing a reader would expect
        (Exactness.MORE, 1000, 305),  # more than nothing
        (Exactness.OR_MORE, 1000, 305),
        (Exactness.ABOUT, 10, 60),  # it is exactly 60
        (Exactness.ABOUT, 100, 30),  # about nothing
    ],
)
def test_untrue_wording_is_refused_and_applying_prints_exactly(exactness, step, actual):
    rule = RoundingRule(exactness, step=step)
    with pytest.raises(FalseWording):
        rule.word(figure(actual))
    assert rule.apply(figure(actual)) == figure(actual)


@given(st.sampled_from(WORDED), st.integers(-(10**7), 10**9), st.sampled_from([1, 5, 10, 100, 1000, 10**6]))
def test_every_applied_wording_is_true(exactness, actual, step):
    worded = RoundingRule(exactness, step=step).apply(figure(actual))
    if worded.exactness is Exactness.EXACT:
        assert worded.value == actual
        return
    stated = worded.value
    assert stated is not None
    assert stated % step == 0
    if exactness in {Exactness.ODD, Exactness.MORE}:
        assert stated < actual < stated + step
    elif exactness is Exactness.NEARLY:
        assert stated - step < actual < stated
        assert actual >= stated * Decimal("0.9")
    elif exactness is Exactness.BROKE_THROUGH:
        assert actual > stated
    elif exactness is Exactness.OR_MORE:
        assert actual >= stated
    elif exactness is Exactness.AT_MOST:
        assert actual <= stated
    else:
        assert abs(actual - stated) * 2 <= step


@given(st.sampled_from(WORDED), st.integers(1, 10**6), st.integers(1, 10**5))
def test_word_raises_exactly_where_apply_falls_back(exactness, actual, step):
    rule = RoundingRule(exactness, step=step)
    applied = rule.apply(figure(actual))
    try:
        assert rule.word(figure(actual)) == applied
    except FalseWording:
        assert applied.exactness is Exactness.EXACT


def test_most_needs_more_than_half_and_less_than_all():
    rule = RoundingRule(Exactness.MOST)
    staff = figure(61, "person", denominator=figure(100, "person"))
    assert printed(rule.word(staff), "zh") == "大部分"
    for count in (50, 100, 12):
        part = figure(count, "person", denominator=figure(100, "person"))
        with pytest.raises(FalseWording):
            rule.word(part)
        assert rule.apply(part) == part
    with pytest.raises(FalseWording):
        rule.word(figure(61, "person"))


def test_most_of_a_rate_reads_its_parts():
    share = rate(figure(61), figure(100))
    assert RoundingRule(Exactness.MOST).word(share).exactness is Exactness.MOST


def test_rate_is_worded_from_the_unrounded_share():
    share = rate(figure(3), figure(5), digits=0)
    assert printed(RoundingRule(Exactness.ABOUT, step=10).apply(share), "zh") == "60%"
    share = rate(figure(611), figure(1000), digits=0)
    assert printed(RoundingRule(Exactness.ABOUT, step=10).apply(share), "zh") == "约60%"


def test_rule_rerounds_a_rate_from_its_parts_not_from_its_print():
    twice = RoundingRule(digits=0).apply(rate(figure(8445), figure(10_000), digits=1))
    assert twice.value == 84  # 84.45 -> 84.5 -> 85 would be wrong


def test_stated_wording_is_never_rounded_again():
    stated = figure(9000, exactness=Exactness.MORE)
    rule = RoundingRule(Exactness.ODD, step=1000)
    with pytest.raises(FalseWording, match="as stated"):
        rule.word(stated)
    assert rule.apply(stated) == stated


def test_absent_figure_stays_absent_under_any_rule():
    absent = rate(figure(0), figure(0))
    assert RoundingRule(Exactness.ABOUT, step=10).apply(absent) == absent


@pytest.mark.parametrize(("step", "digits"), [(0, 0), (-1, 0), (1, -1)])
def test_rule_refuses_nonsense(step, digits):
    with pytest.raises(ValueError, match="rounding rule"):
        RoundingRule(step=step, digits=digits)


def test_exact_holds_only_of_itself_and_most_of_no_number():
    same = Fraction(7)
    assert holds(Exactness.EXACT, actual=same, stated=same, step=Fraction(1))
    assert not holds(Exactness.MOST, actual=same, stated=same, step=Fraction(1))


@given(st.fractions(-(10**6), 10**6), st.integers(0, 6))
def test_half_up_is_within_half_a_digit(value, digits):
    rounded = Fraction(half_up(value, digits))
    assert abs(rounded - value) <= Fraction(1, 2 * 10**digits)
    assert decimals_of(half_up(value, digits)) == digits


@pytest.mark.parametrize(
    ("value", "expected"), [("-2.5", "-3"), ("2.5", "3"), ("-0.4", "0"), ("0.5", "1"), ("-0.5", "-1")]
)
def test_half_up_goes_away_from_zero(value, expected):
    assert str(half_up(Fraction(value), 0)) == expected


@given(st.fractions(-(10**6), 10**6), st.fractions("1/100", 1000))
def test_steps_enclose_the_value(value, step):
    assert down_to(value, step) <= value <= up_to(value, step)
    assert up_to(value, step) - down_to(value, step) in (0, step)
    assert abs(nearest(value, step) - value) * 2 <= step


def test_plain_gives_written_numbers_and_refuses_endless_ones():
    assert plain(Fraction(4)) == 4
    assert plain(Fraction(55, 2)) == Decimal("27.5")
    with pytest.raises(ValueError, match="decimal form"):
        plain(Fraction(1, 3))


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_rate_lies_between_zero_and_a_hundred_for_a_part(part, rest):
    assume(part + rest > 0)
    share = rate(figure(part), figure(part + rest))
    assert share.value is not None
    assert 0 <= share.value <= 100


def test_rate_of_two_moments_is_refused():
    with pytest.raises(ValueError, match="one moment"):
        rate(figure(1), figure(2, as_of=AS_OF + timedelta(days=1)))
