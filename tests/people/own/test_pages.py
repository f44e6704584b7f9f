"""The pages of registering: by the poster on a phone, and by the enterprise at its desk."""

from __future__ import annotations

import html
import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fugong.core.tenancy import acting_for
from fugong.people import operations, queries
from fugong.people.choices import RegistrationState
from fugong.people.models import Device, Person, SelfRegistration
from fugong.people.rules.tokens import tokens_in
from fugong.people.web.phones import COOKIE
from fugong.people.web.self_registering import NEW
from tests.core.web.people import text, without_token
from tests.people.making import NOW, registered, resident_id
from tests.people.own.making import given, holding, phone_of

pytestmark = pytest.mark.django_db


def form(**changes: str) -> dict[str, str]:
    plain = {
        "name": "王芳",
        "document_kind": "resident_id",
        "document": resident_id(),
        "phone": "13855400001",
        "home_region": "安徽省淮南市",
        "crew": "甲班",
        "consent": "on",
        "notice": "2022-04",
    }
    return plain | changes


def scanned(poster: Any, client: Client | None = None) -> Client:
    client = client or Client()
    assert client.get(f"/r/{poster}/").status_code == 200
    return client


def sent(poster: Any, client: Client | None = None, **changes: str) -> Any:
    client = scanned(poster, client)
    return client.post(f"/r/{poster}/", form(**changes), follow=True)


def answer_of(response: Any) -> str:
    """Without what differs between any two answers: tokens, and the minute."""
    return re.sub(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d[^\"<]*)?", "", without_token(response))


class TestByThePoster:
    def test_the_notice_comes_first_and_says_what_is_kept(self, at, poster):
        page = text(Client().get(f"/r/{poster}/"))
        assert at.firm.name in page
        assert "For how long" in page
        assert "2022-04" in page
        assert len(page) < 14_000

    def test_what_is_sent_is_received_and_waits(self, at, poster):
        client = scanned(poster)
        answer = client.post(f"/r/{poster}/", form())
        assert answer["Location"] == "/me/"
        assert "Received." in text(client.get("/me/"))
        with acting_for(at.authority.id):
            assert SelfRegistration.objects.get().state == RegistrationState.WAITING
            assert not Person.objects.exists()

    def test_the_answer_is_the_same_whoever_has_the_number(self, at, poster):
        here, elsewhere = registered(at.firm), registered(at.far)
        answers = {
            answer_of(sent(poster, document=number))
            for number in (resident_id(), str(here.document), str(elsewhere.document))
        }
        assert len(answers) == 1

    def test_after_the_enterprise_confirmed_the_page_is_the_persons(self, at, poster):
        client = scanned(poster)
        client.post(f"/r/{poster}/", form())
        with acting_for(at.authority.id):
            operations.confirm(SelfRegistration.objects.get().id, actor=at.bo, now=NOW)
        page = text(client.get("/me/"))
        assert "王芳" in page
        assert at.firm.name in page

    def test_sent_again_because_the_answer_was_lost_it_is_one(self, at, poster):
        client = scanned(poster)
        kept = client.cookies[NEW].value
        client.post(f"/r/{poster}/", form())
        client.cookies.clear()
        client.cookies[NEW] = kept
        assert client.post(f"/r/{poster}/", form())["Location"] == "/me/"
        with acting_for(at.authority.id):
            assert SelfRegistration.objects.count() == 1

    def test_what_is_wrong_comes_back_with_what_was_typed(self, at, poster):
        client = scanned(poster)
        page = client.post(f"/r/{poster}/", form(document="340402199001010000", lodging="3号楼"))
        assert page.status_code == 422
        assert "The last character does not fit the others" in html.unescape(text(page))
        assert "3号楼" in text(page)
        assert client.post(f"/r/{poster}/", form())["Location"] == "/me/"

    def test_everything_wrong_is_told_at_once_also_without_consent(self, at, poster):
        client = scanned(poster)
        wrong = {"document": "340402199001010000", "phone": "12", "home_region": "火星", "consent": ""}
        page = html.unescape(text(client.post(f"/r/{poster}/", form(**wrong))))
        assert "The last character does not fit the others" in page
        assert "This is not a telephone number" in page
        assert "There is no region called" in page
        assert "A paper sheet at the enterprise does the same" in page

    def test_without_consent_nothing_is_kept(self, at, poster):
        client = scanned(poster)
        page = client.post(f"/r/{poster}/", form(consent=""))
        assert page.status_code == 422
        assert "paper sheet" in text(page)
        with acting_for(at.authority.id):
            assert not Device.objects.exists()

    def test_a_browser_that_keeps_no_cookie_is_asked_again(self, poster):
        page = Client().post(f"/r/{poster}/", form())
        assert page.status_code == 422
        assert "Send it once more" in text(page)

    @pytest.mark.parametrize("token", ["x", "a" * 54, "a" * 5000, "%00", "..", "é"])
    def test_an_address_that_is_no_code_opens_nothing(self, db, token):
        assert Client().get(f"/r/{token}/").status_code in (400, 404)

    def test_a_renewed_code_says_where_to_look(self, at, poster):
        with acting_for(at.authority.id):
            operations.renew_code(at.firm.id, ends_on=date(2022, 7, 1), actor=at.bo, now=NOW)
        page = Client().get(f"/r/{poster}/")
        assert page.status_code == 404
        assert "hangs at your enterprise now" in text(page)
        assert at.firm.name not in text(page)

    def test_a_form_from_another_site_is_refused(self, poster):
        client = Client(enforce_csrf_checks=True)
        page = text(client.get(f"/r/{poster}/"))
        assert client.post(f"/r/{poster}/", form()).status_code == 403
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert token is not None
        filled = form(csrfmiddlewaretoken=token.group(1))
        assert client.post(f"/r/{poster}/", filled)["Location"] == "/me/"


class TestLimits:
    def test_one_phone_sends_only_so_many(self, at, poster, settings):
        settings.FUGONG_REGISTRATIONS_PER_PHONE = 2
        client = Client()
        assert [sent(poster, client).status_code for _ in range(3)] == [200, 200, 422]
        assert "Too many were sent from here" in text(client.post(f"/r/{poster}/", form()))

    def test_one_address_sends_only_so_many(self, at, poster, settings):
        settings.FUGONG_REGISTRATIONS_PER_ADDRESS = 1
        assert [sent(poster).status_code for _ in range(2)] == [200, 422]

    def test_one_poster_sends_only_so_many(self, at, poster, settings):
        settings.FUGONG_REGISTRATIONS_PER_CODE = 1
        assert [sent(poster).status_code for _ in range(2)] == [200, 422]


class TestSharedPhone:
    def test_a_second_person_registers_and_each_has_a_turn(self, at, poster):
        client = Client()
        for name in ("王芳", "李强"):
            sent(poster, client, name=name)
        with acting_for(at.authority.id):
            for row in SelfRegistration.objects.all():
                operations.confirm(row.id, actor=at.bo, now=NOW)
        assert "李强" in text(client.get("/me/"))
        people = text(client.get("/me/people/"))
        assert "王芳" in people
        first = tokens_in(client.cookies[COOKIE].value)[1]
        client.post("/me/people/", {"turn": first.mark})
        page = text(client.get("/me/"))
        assert "王芳" in page
        assert "李强" not in page

    def test_who_is_taken_off_is_gone_and_the_other_stays(self, at):
        mine, other = phone_of(registered(at.firm, name="王芳")), phone_of(registered(at.firm, name="李强"))
        client = holding(mine, other)
        client.post("/me/people/", {"off": mine.mark})
        assert "李强" in text(client.get("/me/"))
        assert queries.worker_of(mine) is None
        client.post("/me/people/", {"off": other.mark})
        assert "Scan the code" in text(client.get("/me/"))

    def test_nobody_is_chosen_who_is_not_on_the_phone(self, at):
        mine, stranger = (
            phone_of(registered(at.firm, name="王芳")),
            phone_of(registered(at.firm, name="李强")),
        )
        client = holding(mine)
        client.post("/me/people/", {"turn": stranger.mark})
        client.post("/me/people/", {"off": stranger.mark})
        assert "王芳" in text(client.get("/me/"))
        assert queries.worker_of(stranger) is not None


class TestAtTheDesk:
    def test_the_contact_confirms_those_ticked(self, at, poster, contact):
        rows = [given(poster, name=name) for name in ("王芳", "李强")]
        page = text(contact.get("/people/registrations/"))
        assert "王芳" in page
        assert "A file is opened" in page
        answer = contact.post("/people/registrations/", {"chosen": [row.id for row in rows], "confirm": "1"})
        assert answer["Location"] == "/people/registrations/"
        with acting_for(at.authority.id):
            assert Person.objects.count() == 2
        assert "Nobody waits" in text(contact.get("/people/registrations/"))

    def test_the_page_shows_no_number_in_full(self, at, poster, contact):
        number = resident_id()
        given(poster, document=number, phone="13855400077")
        page = text(contact.get("/people/registrations/"))
        assert number not in page
        assert "13855400077" not in page
        assert number[-4:] in page

    def test_what_would_change_is_told_before(self, at, poster, contact):
        there = registered(at.firm, name="王芳", phone="13855400009")
        given(poster, name="王芳芳", document=str(there.document), phone="13855400010")
        page = text(contact.get("/people/registrations/"))
        assert "another name" in page
        assert re.search(r"Changes.*Name.*Telephone", page)

    def test_of_a_file_elsewhere_nothing_is_told_before_somebody_asks(self, at, poster, contact):
        """Or a contact could try out numbers in the own poster's form."""
        there = registered(at.far, name="王芳")
        row = given(poster, name="王芳", document=str(there.document))
        assert "another enterprise" not in text(contact.get("/people/registrations/"))
        page = contact.post("/people/registrations/", {"chosen": [row.id], "confirm": "1"}, follow=True)
        assert "Ask the park to move the file" in text(page)
        assert at.far.name not in text(page)

    def test_refusing_without_a_reason_says_so_and_keeps_them(self, at, poster, contact):
        row = given(poster)
        asked = {"chosen": [row.id], "refuse": "1", "reason": ""}
        assert contact.post("/people/registrations/", asked).status_code == 422
        done = contact.post("/people/registrations/", asked | {"reason": "not_ours"}, follow=True)
        assert "what was given is removed" in text(done)

    def test_nothing_ticked_is_said(self, poster, contact):
        given(poster)
        assert contact.post("/people/registrations/", {"confirm": "1"}).status_code == 422

    def test_the_poster_is_made_printed_and_closed(self, at, contact):
        base = f"/people/poster/{at.firm.id}/"
        assert "There is no code yet" in text(contact.get(base))
        assert contact.get(base + "code/").status_code == 404
        contact.post(base + "renew/", {"ends_on": "2022-06-01"})
        page = text(contact.get(base))
        assert "扫码登记" in page
        assert "Scan to register" in page
        assert contact.get(base + "code/")["Content-Type"] == "image/svg+xml"
        contact.post(base + "close/")
        assert "There is no code yet" in text(contact.get(base))

    def test_a_contact_sees_no_poster_of_a_neighbour(self, at, contact):
        assert contact.get(f"/people/poster/{at.neighbour.id}/").status_code == 404

    def test_the_cost_does_not_grow_with_those_that_wait(self, at, poster, contact):
        def cost() -> int:
            with CaptureQueriesContext(connection) as asked:
                contact.get("/people/registrations/")
            # The key was made in the test's own transaction, and is not remembered while that is open.
            return len([query for query in asked if "core_datakey" not in query["sql"]])

        given(poster)
        cost()
        with_one = cost()
        for _ in range(6):
            given(poster)
        assert cost() == with_one

    def test_the_contact_ends_a_lost_phone_from_the_file(self, at, contact):
        person = registered(at.firm)
        token = phone_of(person)
        assert "Phone lost" in text(contact.get(f"/people/{person.id}/"))
        contact.post(f"/people/{person.id}/phone/")
        assert queries.worker_of(token) is None
