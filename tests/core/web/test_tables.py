"""What a table makes of a query string, and that its cost does not grow with what is kept."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import RequestFactory
from django.utils.translation import override

from fugong.core.web import tables
from fugong.core.web.tables import BoundTable
from tests.core.web.kinds import KINDS

pytestmark = pytest.mark.django_db


def bound(query: str = "", **cookies: str) -> BoundTable[ContentType]:
    request = RequestFactory().get(f"/kinds{query}")
    request.COOKIES.update(cookies)
    return KINDS.bind(ContentType.objects.all(), request, export_url="/kinds/export")


def column(table: BoundTable[ContentType], key: str) -> list[Any]:
    place = [each.key for each in KINDS.columns].index(key)
    return [row[place].value for row in table.rows]


def asked_by(url: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(url).query)


def test_rows_without_a_question_come_in_the_default_order() -> None:
    names = sorted(ContentType.objects.values_list("model", flat=True))
    assert column(bound(), "model") == names[:5]


def test_sort_with_a_minus_turns_the_order() -> None:
    numbers = sorted(ContentType.objects.values_list("pk", flat=True), reverse=True)
    assert column(bound("?sort=-number"), "number") == numbers[:5]


@pytest.mark.parametrize("query", ["?sort=password", "?sort=drawn", "?sort=--model", "?sort="])
def test_sort_by_what_is_no_sortable_column_falls_back(query: str) -> None:
    assert bound(query).sort == "model"
    assert column(bound(query), "model") == column(bound(), "model")


def test_pages_of_rows_of_equal_rank_show_each_row_once() -> None:
    seen: list[int] = []
    last = bound("?sort=app").last_page
    for page in range(1, last + 1):
        seen += column(bound(f"?sort=app&page={page}"), "number")
    assert len(seen) == ContentType.objects.count()
    assert len(set(seen)) == len(seen)


def test_filter_with_two_values_keeps_rows_of_either() -> None:
    table = bound("?app=auth&app=sessions&size=200")
    assert set(column(table, "app")) == {"auth", "sessions"}


def test_filter_with_a_value_that_is_no_choice_does_not_filter() -> None:
    assert bound("?app=nowhere").counted == bound().counted
    assert not bound("?app=nowhere").is_narrowed


def test_search_narrows_and_is_shown() -> None:
    table = bound("?q=+session+")
    assert table.query == "session"
    assert all("session" in name for name in column(table, "model"))
    assert table.counted < bound().counted


@pytest.mark.parametrize(
    ("page", "expected"), [("0", 1), ("-3", 1), ("x", 1), ("²", 1), ("99999999999999", 1), ("9999", None)]
)
def test_page_that_cannot_be_is_brought_into_range(page: str, expected: int | None) -> None:
    table = bound(f"?page={page}")
    assert table.page == (expected or table.last_page)
    assert table.rows


def test_size_is_taken_from_the_question_then_the_cookie_then_the_table() -> None:
    assert bound().size == 5
    assert bound(rows_kinds="50").size == 50
    assert bound("?size=25", rows_kinds="50").size == 25
    assert bound("?size=7", rows_kinds="1000000").size == 5


def test_count_stops_at_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "COUNT_LIMIT", 8)
    table = bound()
    assert table.counted == 9
    assert table.count_label == "8+"
    assert table.last_page == 2
    assert bound("?page=7").page == 2


def test_cost_is_one_count_and_one_select_with_limits(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2) as asked:
        table = bound("?sort=-number&app=auth&q=r")
        assert table.rows
        assert table.pages is None
        assert table.summary
    assert all("LIMIT" in each["sql"] for each in asked.captured_queries)


def test_links_keep_the_question_and_change_one_thing() -> None:
    table = bound("?app=auth&app=mfa&q=t&sort=-number&unknown=1")
    by_app = next(each for each in table.headings if each.column.key == "app")
    assert asked_by(by_app.url) == {"app": ["auth", "mfa"], "q": ["t"], "sort": ["app"]}
    number = next(each for each in table.headings if each.column.key == "number")
    assert number.direction == "descending"
    assert asked_by(number.url)["sort"] == ["number"]
    assert asked_by(table.export_url) == {"app": ["auth", "mfa"], "q": ["t"], "sort": ["-number"]}


def test_chips_each_take_one_condition_away() -> None:
    with override("en"):
        chips = bound("?app=auth&app=mfa&q=t").chips
    assert [str(chip.label) for chip in chips] == ["t", "Context: auth", "Context: mfa"]
    assert asked_by(chips[0].url) == {"app": ["auth", "mfa"]}
    assert asked_by(chips[1].url) == {"app": ["mfa"], "q": ["t"]}


def test_pages_show_neighbours_and_ends_with_gaps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(BoundTable, "counted", 100)
    pages = bound("?page=10").pages
    assert pages is not None
    assert [str(link.label) for link in pages.links] == ["1", "", "9", "10", "11", "", "20"]
    assert [link.label for link in pages.links if link.current] == ["10"]
    assert asked_by(pages.next_url) == {"page": ["11"]}
    first = bound().pages
    assert first is not None
    assert first.previous_url == ""
