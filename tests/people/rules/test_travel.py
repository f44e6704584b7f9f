"""Where somebody was: what may be said of it, and which regions count as lately visited."""

from datetime import date, timedelta

import pytest

from fugong.people.rules.travel import StayData, around, kept, problems_of, stayed_in, tidied

TODAY = date(2020, 2, 20)
WUHAN = "420106"


def stay(**changes):
    return tidied(StayData(**{"region": "武汉市", "from_on": date(2020, 1, 20)} | changes))


def test_tidied_when_written_as_people_write_then_in_one_spelling():
    said = stay(number=" g 1112 ")
    assert (said.region, said.number) == ("420100", "G 1112")


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"region": ""}, "region", "missing"),
        ({"region": "亚特兰蒂斯"}, "region", "unknown_region"),
        ({"region": "朝阳区"}, "region", "region_not_clear"),
        ({"from_on": TODAY + timedelta(days=1)}, "from_on", "date_in_future"),
        ({"from_on": date(2018, 1, 1)}, "from_on", "date_too_early"),
        ({"to_on": date(2020, 1, 19)}, "to_on", "stay_backwards"),
        ({"to_on": TODAY + timedelta(days=61)}, "to_on", "date_in_future"),
        ({"number": "G" * 41}, "number", "too_long"),
    ],
)
def test_problems_when_it_cannot_be_right_then_by_field(changes, field, code):
    found = problems_of(stay(**changes), today=TODAY)
    assert {name: problem.code for name, problem in found.items()} == {field: code}


def test_problems_when_the_return_lies_ahead_then_none():
    assert not problems_of(stay(to_on=TODAY + timedelta(days=10)), today=TODAY)


@pytest.mark.parametrize(
    ("from_on", "to_on", "counts"),
    [
        (date(2020, 1, 1), date(2020, 1, 23), True),
        (date(2020, 1, 1), date(2020, 1, 22), False),
        (date(2019, 1, 1), None, True),
        (date(2020, 2, 20), None, True),
        (date(2020, 2, 21), None, False),
        (date(2020, 2, 1), date(2020, 3, 1), True),
    ],
)
def test_stayed_in_when_the_stay_touches_the_last_28_days_then_counts(from_on, to_on, counts):
    found = stayed_in([kept(WUHAN, from_on, to_on)], on=TODAY)
    assert found == (["420000", "420100", WUHAN] if counts else [])


@pytest.mark.parametrize(
    ("region", "codes"),
    [
        (WUHAN, {WUHAN, "420100", "420000"}),
        ("420100", {"420100", "420000"}),
        ("420000", {"420000"}),
        ("", set()),
    ],
)
def test_around_when_given_a_region_then_city_and_province_too(region, codes):
    assert around(region) == codes
