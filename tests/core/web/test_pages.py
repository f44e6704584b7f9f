"""Every door is shut unless its view says otherwise, and what only reads cannot write."""

import pytest
from django.test import Client

from tests.accounts import making
from tests.core.web.people import count_written, inspector, instructor, signed_in, text

pytestmark = pytest.mark.django_db
BEHIND = ["reading", "for-all", "late", "writing-page", "acting", "writing-form", "checking"]


@pytest.fixture
def north(settings):
    settings.LANGUAGE_CODE = "en"
    settings.ROOT_URLCONF = "tests.core.web.doors"
    settings.FUGONG_ADMIN_MFA = False
    return making.authority()


@pytest.fixture
def ann(north):
    return signed_in(inspector(north))


@pytest.mark.parametrize("name", BEHIND)
def test_a_stranger_is_led_to_the_sign_in_page_and_back(north, name):
    response = Client().get(f"/probe/{name}/?day=3")
    assert response.status_code == 302
    assert response.headers["Location"] == f"/sign-in/?next=/probe/{name}/%3Fday%3D3"


def test_a_stranger_with_htmx_is_led_there_as_a_whole(north):
    response = Client().get("/probe/reading/", headers={"HX-Request": "true"})
    assert (response.status_code, response.content) == (204, b"")
    assert response.headers["HX-Redirect"].startswith("/sign-in/?next=")


def test_a_stranger_who_sends_a_form_changes_nothing(north):
    assert Client().post("/probe/acting/", {"note": "x"}).status_code == 302
    assert count_written(north) == 0


def test_a_view_that_was_not_marked_is_shut_to_everybody(north, ann):
    for client in (ann, Client(raise_request_exception=False)):
        response = client.get("/probe/unmarked/")
        assert response.status_code == 403
        assert "open by mistake" not in text(response)


def test_a_public_view_is_open_and_sees_no_rows(north):
    response = Client().get("/probe/rows/")
    assert (response.status_code, text(response)) == (200, "0")


def test_whoever_holds_the_permission_gets_the_page(ann):
    assert text(ann.get("/probe/reading/")) == "inspector holder reads"
    assert ann.head("/probe/reading/").status_code == 200


def test_whoever_does_not_is_told_so_and_what_to_do(north):
    for method in ("get", "post"):
        response = getattr(signed_in(instructor(north)), method)("/probe/acting/")
        assert response.status_code == 403
        assert "Your roles do not open this page." in text(response)
        assert "ask the security administrator" in text(response)
    assert count_written(north) == 0


def test_without_a_named_permission_anyone_signed_in_gets_the_page(north):
    assert signed_in(instructor(north)).get("/probe/for-all/").status_code == 200


def test_a_page_takes_no_forms(ann):
    assert ann.post("/probe/reading/").status_code == 405


@pytest.mark.parametrize("name", ["writing-page", "writing-form"])
def test_what_only_reads_cannot_write_even_by_mistake(north, ann, name):
    response = ann.get(f"/probe/{name}/")
    assert response.status_code == 500
    assert count_written(north) == 0


def test_the_database_itself_is_what_refuses(north):
    client = signed_in(inspector(north))
    client.raise_request_exception = True
    with pytest.raises(Exception, match="read-only transaction"):
        client.get("/probe/writing-page/")


def test_a_template_drawn_late_is_drawn_inside_the_authority_and_reads_only(north, ann):
    assert text(ann.get("/probe/late/")).split() == [str(north.id), "on"]


def test_an_answer_that_refuses_keeps_nothing(north, ann):
    response = ann.post("/probe/checking/", {"day": "no day"})
    assert response.status_code == 422
    assert count_written(north) == 0
    assert ann.post("/probe/checking/", {"day": "2022-04-27"}).status_code == 302
    assert count_written(north) == 1


@pytest.mark.parametrize(
    ("why", "status"), [("invalid", 422), ("conflict", 409), ("missing", 404), ("bug", 500)]
)
def test_a_refusal_or_a_bug_keeps_nothing(north, ann, why, status):
    assert ann.post(f"/probe/refusing/{why}/").status_code == status
    assert count_written(north) == 0
