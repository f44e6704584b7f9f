"""One value, one byte form."""

import enum
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st

from fugong.core.canonical import as_json, canonical_bytes, digest

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


class Colour(enum.Enum):
    RED = "red"


@given(st.dictionaries(st.text(), json_values, max_size=6))
def test_canonical_bytes_ignore_the_order_of_keys(values):
    backwards = dict(reversed(list(values.items())))
    assert canonical_bytes(values) == canonical_bytes(backwards)


@given(json_values, json_values)
def test_digest_is_equal_only_when_the_json_is_equal(first, second):
    assert (digest(first) == digest(second)) == (canonical_bytes(first) == canonical_bytes(second))


def test_canonical_bytes_give_one_moment_one_spelling():
    china = timezone(timedelta(hours=8))
    there = datetime(2022, 4, 27, 18, 30, tzinfo=china)
    here = datetime(2022, 4, 27, 10, 30, tzinfo=UTC)
    assert canonical_bytes(there) == canonical_bytes(here) == b'"2022-04-27T10:30:00.000000+00:00"'


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Decimal("85.80"), "85.80"),
        (Decimal("1E+3"), "1000"),
        (UUID(int=7), "00000000-0000-0000-0000-000000000007"),
        (date(2022, 4, 27), "2022-04-27"),
        (Colour.RED, "red"),
        (frozenset({"b", "a"}), ["a", "b"]),
        ((1, 2.5), [1, 2.5]),
        ({Colour.RED: 1}, {"red": 1}),
    ],
)
def test_as_json_spells_known_types(value, expected):
    assert as_json(value) == expected


def test_canonical_bytes_keep_chinese_readable():
    assert canonical_bytes({"名": "大通"}) == '{"名":"大通"}'.encode()


@pytest.mark.parametrize(
    "value",
    [
        datetime(2022, 4, 27),  # noqa: DTZ001
        float("nan"),
        float("inf"),
        Decimal("NaN"),
        gettext_lazy("Application"),
        object(),
        b"bytes",
        {1: "a"},
    ],
)
def test_as_json_refuses_what_has_no_single_form(value):
    with pytest.raises(TypeError):
        as_json(value)
