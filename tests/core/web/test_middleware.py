"""Around every view: refusals in one sentence, safe headers, and nothing of one request in the next."""

import pytest
from django.db import connection
from django.test import Client

from fugong.core import tenancy
from fugong.core.tenancy import current_authority
from tests.accounts import making
from tests.core.making import any_row
from tests.core.web.people import inspector, signed_in, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def north(settings):
    settings.LANGUAGE_CODE = "en"
    settings.ROOT_URLCONF = "tests.core.web.doors"
    settings.FUGONG_ADMIN_MFA = False
    return making.authority()


@pytest.fixture
def ann(north):
    return signed_in(inspector(north))


def setting():
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('fugong.authority', true)")
        return cursor.fetchone()[0]


def test_a_refusal_is_a_page_with_its_sentence_and_the_way_on(ann):
    response = ann.get("/probe/refusing/invalid/?day=3")
    said = text(response)
    assert response.status_code == 422
    assert "The day is wrong." in said
    assert "Choose a later day." in said
    assert "Nothing was changed." in said
    assert 'href="/probe/refusing/invalid/?day=3"' in said
    assert "<html" in said


def test_a_refusal_for_htmx_is_the_message_alone(ann):
    response = ann.get("/probe/refusing/conflict/", headers={"HX-Request": "true"})
    said = text(response)
    assert response.status_code == 409
    assert "Somebody was quicker." in said
    assert 'id="refusal"' in said
    assert "<html" not in said


def test_a_refusal_is_said_in_the_readers_language(ann):
    ann.cookies["fugong_language"] = "zh-hans"
    response = ann.get("/probe/refusing/missing/")
    assert response.status_code == 404
    assert "This does not exist" not in text(response)
    assert 'lang="zh-hans"' in text(response)


def test_a_bug_is_a_page_without_its_secrets(ann):
    response = ann.get("/probe/refusing/bug/")
    assert response.status_code == 500
    assert "ZeroDivisionError" not in text(response)
    assert "Something broke on our side" in text(response)


@pytest.mark.parametrize(
    "path", ["/probe/for-all/", "/sign-in/", "/healthz", "/nowhere/", "/probe/unmarked/"]
)
def test_every_answer_forbids_scripts_and_frames_from_elsewhere(ann, path):
    headers = ann.get(path).headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"


def test_what_somebody_signed_in_sees_is_kept_in_no_cache(ann):
    assert ann.get("/probe/for-all/").headers["Cache-Control"] == "no-store"
    assert "Cache-Control" not in Client().get("/healthz").headers


def test_nothing_of_one_request_is_left_for_the_next(north, ann):
    any_row(north)
    assert text(ann.get("/probe/own-row/")) == "1"
    assert (current_authority(), setting()) == (None, "")
    assert text(Client().get("/probe/rows/")) == "0"


@pytest.mark.parametrize("path", ["/probe/refusing/bug/", "/probe/refusing/invalid/", "/probe/writing-page/"])
def test_nothing_is_left_either_when_the_request_went_wrong(north, ann, path):
    any_row(north)
    ann.get(path)
    assert (current_authority(), setting()) == (None, "")


def test_a_connection_that_still_held_an_authority_is_cleared_first(north):
    """Should anything ever leave its authority on a connection, the next request does not act for it."""
    any_row(north)
    tenancy._tell_database(north.id)
    assert text(Client().get("/probe/rows/")) == "0"


def test_one_person_after_another_on_one_connection_sees_only_the_own_rows(north):
    south = making.authority("south")
    any_row(north)
    clients = [signed_in(inspector(north)), signed_in(inspector(south))]
    assert [text(client.get("/probe/own-row/")) for client in clients * 2] == ["1", "0", "1", "0"]


def test_health_says_nothing_about_anybody(db):
    response = Client().get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_the_language_switch_keeps_to_this_site(db):
    response = Client().post("/language/", {"language": "en", "next": "https://elsewhere.example/"})
    assert response.headers["Location"] == "/"
    assert response.cookies["fugong_language"].value == "en"
    response = Client().post("/language/", {"language": "xx", "next": "/users/"})
    assert response.headers["Location"] == "/users/"
    assert "fugong_language" not in response.cookies
