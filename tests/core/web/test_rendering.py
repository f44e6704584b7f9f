"""The same address answers a browser with the page and htmx with the part: the same words in both."""

from __future__ import annotations

import pytest
from django.contrib.contenttypes.models import ContentType
from django.http import HttpResponse
from django.test import RequestFactory

from fugong.core.web.rendering import render_page
from tests.core.web.kinds import KINDS


def answer(query: str = "", **headers: str) -> HttpResponse:
    request = RequestFactory().get(f"/kinds{query}", headers=headers)
    table = KINDS.bind(ContentType.objects.all(), request)
    return render_page(request, "probes/table.html", {"heading": "Kinds"}, table=table)


def without_space(response: HttpResponse) -> str:
    return "".join(response.content.decode().split())


@pytest.mark.django_db
def test_part_of_a_table_equals_its_place_in_the_page() -> None:
    query = "?sort=-number&app=auth&page=1"
    page = answer(query)
    part = answer(query, HX_Request="true", HX_Target="table-kinds")
    assert page.status_code == part.status_code == 200
    assert "<html" in page.content.decode()
    assert "<html" not in part.content.decode()
    assert without_space(part)
    assert without_space(part) in without_space(page)


@pytest.mark.django_db
def test_part_of_a_table_names_its_shortest_address() -> None:
    part = answer("?q=&sort=model&size=25&app=auth", HX_Request="true", HX_Target="table-kinds")
    assert part.headers["HX-Push-Url"] == "/kinds?app=auth&size=25"
    assert "HX-Push-Url" not in answer("?app=auth").headers


@pytest.mark.django_db
@pytest.mark.parametrize(
    "headers",
    [
        {"HX_Request": "true", "HX_Target": "elsewhere"},
        {"HX_Request": "true"},
        {"HX_Target": "table-kinds"},
        {"HX_Request": "true", "HX_Target": "table-kinds", "HX_History_Restore_Request": "true"},
    ],
)
def test_page_is_whole_when_no_part_of_it_is_asked(headers: dict[str, str]) -> None:
    assert "<html" in answer(**headers).content.decode()


@pytest.mark.django_db
def test_answers_to_browser_and_htmx_are_not_confused_in_a_cache() -> None:
    varies = answer().headers["Vary"]
    assert "HX-Request" in varies
    assert "HX-Target" in varies


@pytest.mark.django_db
def test_page_size_is_remembered_when_it_was_chosen() -> None:
    assert answer("?size=50").cookies["rows_kinds"].value == "50"
    assert not answer().cookies
    assert not answer("?size=51").cookies


@pytest.mark.django_db
def test_empty_table_says_what_to_do() -> None:
    nothing = answer("?q=nothing-is-called-this").content.decode()
    assert "empty-state" in nothing
    assert 'href="/kinds"' in nothing


def test_named_part_is_drawn_alone() -> None:
    request = RequestFactory().get("/", headers={"HX-Request": "true", "HX-Target": "results"})
    response = render_page(request, "probes/part.html", {"words": "of the part"}, part="results", status=422)
    assert response.status_code == 422
    assert response.content.decode().strip() == "<p>of the part</p>"
