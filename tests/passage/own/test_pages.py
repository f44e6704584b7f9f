"""The page of the own code: what it asks, and that nothing of anybody stands in it."""

from __future__ import annotations

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fugong.core.actor import system_actor
from fugong.core.tenancy import acting_for
from fugong.passage.models import PhoneCode
from fugong.passage.operations import Issued
from fugong.passage.operations.keys import rotate_keys, withdraw_key
from fugong.passage.queries.keys import code_secrets, public_keys
from fugong.passage.rules.codes import Claim, fault_offline, fault_online
from fugong.passage.rules.encoding import base64url, from_base64url
from fugong.passage.rules.issuing import MOST_A_DAY
from fugong.people import operations as people
from tests.core.web.people import text
from tests.passage.own.making import PUBLIC, on_a_phone, shown
from tests.people.own.making import holding
from tests.support.making import NOW


def asked(client: Client, fang, key: bytes = PUBLIC):
    return client.post("/me/code/issue/", {"_as": fang.token.mark, "public_key": base64url(key)})


def test_the_page_is_the_same_for_everybody_and_the_own_page_leads_to_it(fang):
    client = holding(fang.token)
    page = client.get("/me/code/")
    assert page.status_code == 200
    assert "王" not in page.content.decode().replace("简体", "")
    assert str(fang.person.id) not in page.content.decode()
    assert 'href="/me/code/"' in client.get("/me/").content.decode()


def test_a_phone_that_stands_for_nobody_is_led_to_the_page_that_says_how(db):
    assert Client().get("/me/code/")["Location"] == "/me/"
    assert Client().get("/me/code/state/").json()["people"] == []
    assert Client().post("/me/code/issue/").status_code == 302


def test_the_state_names_all_on_the_phone_masked_with_the_level_in_words(fang):
    other, token = on_a_phone(fang.here, name="欧阳小明")
    client = holding(fang.token, token)
    client.cookies["fugong_language"] = "en"
    said = client.get("/me/code/state/")
    assert said["Cache-Control"] == "no-store"
    first, second = said.json()["people"]
    assert (first["name"], second["name"]) == ("王*", "欧**")
    assert "<svg" in first["level"]
    assert first["place"] == fang.here.enterprise.name
    assert said.json()["now"] == NOW.timestamp() * 1000
    assert "王芳" not in said.content.decode()
    with acting_for(fang.here.authority.id):
        people.end_phone(other.id, actor=fang.here.person("reviewer_park"), now=NOW)
    assert [each["mark"] for each in client.get("/me/code/state/").json()["people"]] == [fang.token.mark]


def test_a_page_is_told_when_what_its_code_carries_has_changed(fang):
    client = holding(fang.token)

    def about() -> str:
        return client.get("/me/code/state/").json()["people"][0]["about"]

    before = about()
    assert about() == before
    with acting_for(fang.here.authority.id):
        fang.person.employments.update(shift="乙班")
    assert about() != before


def test_a_page_is_told_when_a_key_was_withdrawn(fang):
    client = holding(fang.token)
    before = client.get("/me/code/state/").json()["people"][0]["about"]
    with acting_for(fang.here.authority.id):
        system = system_actor(fang.here.authority.id, "passage")
        key = rotate_keys(actor=system, now=NOW)
        assert client.get("/me/code/state/").json()["people"][0]["about"] == before
        withdraw_key(key.id, actor=system, now=NOW)
    assert client.get("/me/code/state/").json()["people"][0]["about"] != before


def test_the_state_takes_the_same_number_of_statements_for_each_person(fang):
    client = holding(fang.token)
    client.get("/me/code/state/")
    with CaptureQueriesContext(connection) as taken:
        client.get("/me/code/state/")
    assert len(taken) <= 12


def test_what_is_issued_makes_codes_that_gates_take(fang):
    said = asked(holding(fang.token), fang).json()
    claim = Claim(
        said["claim"]["keyId"],
        fang.person.id,
        from_base64url(said["claim"]["device"]) or b"",
        said["claim"]["validUntil"],
        said["claim"]["place"],
    )
    issued = Issued(claim, from_base64url(said["macKey"]) or b"", from_base64url(said["certificate"]) or b"")
    authority = fang.here.authority.id
    with acting_for(authority):
        code = shown(issued, at=NOW)
        assert fault_online(code, code_secrets(authority), NOW) is None
        assert fault_offline(code, public_keys(authority), NOW) is None


def test_a_refusal_is_told_to_the_script_in_a_sentence(fang):
    client = holding(fang.token)
    refused = asked(client, fang, b"short")
    assert (refused.status_code, refused.json()["code"]) == (422, "bad_key")
    for _each in range(MOST_A_DAY):
        asked(client, fang)
    assert asked(client, fang).status_code == 409
    with acting_for(fang.here.authority.id):
        assert PhoneCode.objects.count() == MOST_A_DAY


def test_an_issue_for_somebody_else_than_the_phone_s_people_is_led_away(fang):
    form = {"_as": "0" * 16, "public_key": base64url(PUBLIC)}
    assert holding(fang.token).post("/me/code/issue/", form).status_code == 302
    assert holding(fang.token).get("/me/code/issue/")["Location"] == "/me/code/"


def test_an_issue_without_the_page_s_key_against_forgery_is_refused(fang):
    client = holding(fang.token, client=Client(enforce_csrf_checks=True))
    assert asked(client, fang).status_code == 403


def test_the_files_that_make_it_a_program_of_the_phone_are_open(db):
    script = Client().get("/me/code/worker.js")
    assert script["Content-Type"].startswith("text/javascript")
    manifest = Client().get("/me/code/manifest.webmanifest").json()
    assert (manifest["start_url"], manifest["scope"]) == ("/me/code/", "/me/")


def test_the_page_says_that_a_screenshot_grows_old(fang):
    client = holding(fang.token)
    client.cookies["fugong_language"] = "en"
    assert "A screenshot is refused two minutes later" in text(client.get("/me/code/"))
