"""The pages of a place's code: on the worker's phone, on the screen, and for those who keep and guard it."""

from __future__ import annotations

import io
import re

import pypdf
import pypdfium2 as pdfium
import pytest
import zxingcpp
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fugong.core.tenancy import acting_for
from fugong.passage import queries
from fugong.passage.choices import DeviceEnd, DeviceKind, Flag
from fugong.passage.operations.devices import end_device, name_device
from fugong.passage.rules.encoding import from_base64url
from fugong.passage.rules.venues import turn_of
from tests.clearance.making import recorded
from tests.core.web.people import signed_in, text
from tests.passage.venues.making import acting, scans, worker_on
from tests.people.own.making import holding
from tests.support.making import NOW

HIDDEN = re.compile(r'name="(opening|_as|_once)" value="([^"]+)"')


def opened(client: Client, place, query: str = ""):
    page = client.get(f"/v/{place.poster}/{query}")
    return page, dict(HIDDEN.findall(text(page)))


def tapped(client: Client, place, *, direction: int = 1, **more):
    _page, form = opened(client, place)
    return client.post(f"/v/{place.poster}/pass/", form | {"direction": direction} | more)


def phone(place, **changes):
    person, token = place.somebody(**changes)
    return person, holding(token)


def test_one_tap_and_the_big_answer(canteen):
    place = canteen()
    person, client = phone(place, name="王芳")
    page, _form = opened(client, place)
    assert page["Cache-Control"] == "no-store"
    assert "I am here" in text(page)
    answer = tapped(client, place)
    assert answer.status_code == 200
    assert "You may come in" in text(answer)
    assert "Where I am checked in" in text(client.get("/me/"))
    assert "You are checked in here since 10:00" in text(opened(client, place)[0])
    with acting_for(place.here.authority.id):
        assert [row.subject for row in scans()] == [person.id]


def test_an_open_page_holds_the_name_of_the_place_alone_for_a_phone_of_nobody(canteen):
    place = canteen()
    page = Client().get(f"/v/{place.poster}/")
    assert (page.status_code, "not registered" in text(page)) == (200, True)
    assert "opening" not in text(page)
    assert Client().post(f"/v/{place.poster}/pass/", {"direction": 1}).status_code == 302
    with acting_for(place.here.authority.id):
        assert scans() == []


@pytest.mark.parametrize("token", ["x", "A" * 54, "é"])
def test_a_code_that_is_none_says_to_scan_the_one_at_the_place(db, token):
    page = Client().get(f"/v/{token}/")
    assert (page.status_code, "no longer in use" in text(page)) == (404, True)


def test_a_refused_level_leads_to_why_and_appeal(canteen):
    place = canteen()
    person, client = phone(place)
    recorded(person, "fever", here=place.here)
    answer = text(tapped(client, place))
    assert "Do not go in" in answer
    assert "/me/#clearance" in answer
    assert "/appeal/" in answer


def test_what_does_not_count_says_so_plainly(canteen):
    place = canteen("position")
    _person, client = phone(place)
    page, _form = opened(client, place)
    assert "data-position" in text(page)
    assert page["Permissions-Policy"] == "geolocation=(self), microphone=()"
    answer = text(tapped(client, place))
    assert "It was not shown that you are at the place." in answer
    assert "does not count as being here" in answer
    there = {"latitude": "40.0766", "longitude": "113.3001", "accuracy": "8"}
    assert "You may come in" in text(tapped(client, place, **there))
    with acting_for(place.here.authority.id):
        assert {row.flags for row in scans()} == {Flag.NOT_SHOWN_TO_BE_THERE, 0}


def test_the_code_of_the_screen_counts_and_an_old_picture_of_it_is_told_before_the_tap(canteen):
    place = canteen("rotating")
    _person, client = phone(place)
    turn = turn_of(queries.screen_key_of(place.gate), NOW)
    page, form = opened(client, place, f"?c={turn}")
    assert "old picture" not in text(page)
    assert "You may come in" in text(client.post(f"/v/{place.poster}/pass/", form | {"direction": 1}))
    assert "old picture" in text(opened(client, place, "?c=AAAAAAAA")[0])


def test_the_same_form_sent_twice_is_one_scan(canteen):
    place = canteen()
    _person, client = phone(place)
    _page, form = opened(client, place)
    for _each in range(2):
        client.post(f"/v/{place.poster}/pass/", form | {"direction": 1})
    with acting_for(place.here.authority.id):
        assert len(scans()) == 1


@pytest.mark.parametrize(
    ("sent", "status"), [({"opening": "x"}, 422), ({"direction": "9"}, 422), ({"direction": ""}, 422)]
)
def test_bad_input_is_refused_in_a_sentence_and_writes_nothing(canteen, sent, status):
    place = canteen()
    _person, client = phone(place)
    _page, form = opened(client, place)
    assert client.post(f"/v/{place.poster}/pass/", form | {"direction": 1} | sent).status_code == status
    with acting_for(place.here.authority.id):
        assert scans() == []


def test_a_phone_that_taps_like_a_machine_is_asked_to_wait(canteen):
    place = canteen()
    _person, client = phone(place)
    answers = [tapped(client, place).status_code for _each in range(8)]
    assert answers[:6] == [200] * 6
    assert answers[-1] == 429
    with acting_for(place.here.authority.id):
        assert len(scans()) == 6


def test_two_on_one_phone_tap_each_for_themselves(canteen):
    place = canteen()
    _one, mine = place.somebody(name="王芳")
    other, hers = place.somebody(name="李强")
    client = holding(mine, hers)
    _page, form = opened(client, place)
    refused = client.post(f"/v/{place.poster}/pass/", form | {"direction": 1, "_as": hers.mark})
    assert "used before, or opened by another phone" in text(refused)
    client.post("/me/people/", {"turn": hers.mark})
    assert "You may come in" in text(tapped(client, place))
    with acting_for(place.here.authority.id):
        assert {row.subject for row in scans() if not row.flags} == {other.id}


def test_a_tap_takes_few_statements(canteen):
    place = canteen()
    _person, client = phone(place)
    tapped(client, place)
    _page, form = opened(client, place)
    with CaptureQueriesContext(connection) as taken:
        client.post(f"/v/{place.poster}/pass/", form | {"direction": 2})
    assert len(taken) <= 45


class TestScreen:
    @pytest.fixture
    def paired(self, canteen):
        place = canteen("rotating")
        named = name_device("大厅屏幕", DeviceKind.SCREEN, [place.gate.id], actor=acting(place.here), now=NOW)
        client = Client()
        answer = client.post("/v/screen/pair/", {"code": str(named.pairing)})
        assert answer["Location"] == "/v/screen/"
        return place, named.device, client

    def test_a_paired_screen_shows_the_place_and_what_it_draws_by(self, paired):
        place, _device, client = paired
        assert place.gate.name in text(client.get("/v/screen/"))
        said = client.get("/v/screen/state/").json()
        assert said["address"].endswith(f"/v/{place.poster}/")
        with acting_for(place.here.authority.id):
            assert from_base64url(said["key"]) == queries.screen_key_of(place.gate)

    def test_a_screen_that_has_ended_shows_nothing(self, paired):
        place, device, client = paired
        with acting_for(place.here.authority.id):
            end_device(device.id, DeviceEnd.LOST, actor=acting(place.here), now=NOW)
        assert client.get("/v/screen/state/").status_code == 410
        assert "not paired" in text(client.get("/v/screen/"))

    @pytest.mark.parametrize("cookie", ["", "x", "0" * 32, "0" * 32 + ".é"])
    def test_a_damaged_cookie_is_no_screen(self, db, cookie):
        client = Client()
        client.cookies["fugong_screen"] = cookie
        assert client.get("/v/screen/state/").status_code == 410

    def test_a_wrong_code_pairs_nothing_and_is_not_tried_for_ever(self, canteen):
        canteen("rotating")
        client = Client()
        answers = [client.post("/v/screen/pair/", {"code": "2345ABCD"}).status_code for _each in range(12)]
        assert answers[0] == 400
        assert answers[-1] == 429


class TestOfficials:
    def signed_in(self, place, role):
        with acting_for(place.here.authority.id):
            return signed_in(place.here.holder(role))

    def test_the_poster_is_one_sheet_whose_code_opens_the_venue(self, canteen):
        place = canteen()
        printed = self.signed_in(place, "reviewer_park").get(f"/venues/{place.gate.id}/poster.pdf")
        assert printed["Content-Type"] == "application/pdf"
        sheet = pdfium.PdfDocument(printed.content)
        assert len(sheet) == 1
        (found,) = zxingcpp.read_barcodes(sheet[0].render(scale=2).to_pil().convert("L"))
        assert found.text.endswith(f"/v/{place.poster}/")
        said = (
            pypdf.PdfReader(io.BytesIO(printed.content))
            .pages[0]
            .extract_text()
            .replace("\n", "")
            .replace("  ", " ")
        )
        assert "一号食堂" in said
        assert "进出请扫码" in said
        assert "Scan when you come and when you leave" in said

    def test_a_renewed_poster_is_another_one(self, canteen):
        place = canteen()
        client = self.signed_in(place, "reviewer_park")
        assert client.post(f"/venues/{place.gate.id}/renew/").status_code == 302
        assert Client().get(f"/v/{place.poster}/").status_code == 404
        assert client.get(f"/venues/{place.gate.id}/poster.pdf").status_code == 200

    def test_the_guard_confirms_with_one_tap(self, canteen):
        place = canteen("guard")
        _person, client = phone(place, name="王芳")
        assert "stay until then" in text(opened(client, place)[0])
        tapped(client, place)
        guard = self.signed_in(place, "reviewer_park")
        page = text(guard.get(f"/venues/{place.gate.id}/"))
        assert "王芳" in page
        form = dict(re.findall(r'name="(at|nonce|_once)" value="([^"]+)"', page.split("came-heading")[-1]))
        assert guard.post(f"/venues/{place.gate.id}/confirm/", form).status_code == 302
        assert "confirmed" in text(guard.get(f"/venues/{place.gate.id}/"))
        assert "Where I am checked in" in text(client.get("/me/"))

    def test_who_only_looks_sees_nobody_s_name(self, canteen):
        place = canteen("guard")
        _person, client = phone(place, name="王芳")
        tapped(client, place)
        reader = self.signed_in(place, "inspector")
        page = text(reader.get(f"/venues/{place.gate.id}/"))
        assert place.gate.name in page
        assert "王芳" not in page
        assert reader.get(f"/venues/{place.gate.id}/poster.pdf").status_code == 403
        assert reader.post(f"/venues/{place.gate.id}/confirm/", {}).status_code == 403
        assert place.gate.name in text(reader.get("/venues/"))

    @pytest.mark.parametrize(
        ("form", "status"),
        [
            ({}, 422),
            ({"at": "x", "nonce": "1"}, 422),
            ({"at": "2022-04-27T10:00:00+08:00", "nonce": ""}, 422),
            ({"at": "2022-04-27T10:00:00", "nonce": "1"}, 422),
            ({"at": "2022-04-27T10:00:00+08:00", "nonce": "9" * 30}, 404),
        ],
    )
    def test_a_damaged_confirmation_is_refused(self, canteen, form, status):
        place = canteen("guard")
        guard = self.signed_in(place, "reviewer_park")
        assert guard.post(f"/venues/{place.gate.id}/confirm/", form).status_code == status

    def test_the_list_of_who_came_takes_the_same_statements_for_many(self, canteen):
        place = canteen("guard")
        guard = self.signed_in(place, "reviewer_park")
        with acting_for(place.here.authority.id):
            place.scanned(worker_on(place.somebody()[1]))
        guard.get(f"/venues/{place.gate.id}/")
        with CaptureQueriesContext(connection) as few:
            guard.get(f"/venues/{place.gate.id}/")
        with acting_for(place.here.authority.id):
            for number in range(5):
                place.scanned(worker_on(place.somebody(name=f"工友{number}")[1]))
        with CaptureQueriesContext(connection) as many:
            guard.get(f"/venues/{place.gate.id}/")
        assert len(few) == len(many)
