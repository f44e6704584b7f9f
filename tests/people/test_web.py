"""The pages of the files: who may open them, what they show and hide, and what they cost."""

from __future__ import annotations

import html
import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fugong.accounts.choices import ENTERPRISE, Subject
from fugong.core.audit.models import AuditEntry
from fugong.core.tenancy import acting_for
from fugong.people.models import Employment, Person
from fugong.people.queries import data_of
from tests.accounts import making as accounts
from tests.clocks import stand_still
from tests.core.web.people import signed_in, text
from tests.people.making import NOW, registered, resident_id

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_day(settings: Any, monkeypatch: Any) -> None:
    stand_still(NOW, settings=settings, monkeypatch=monkeypatch)
    settings.FUGONG_ADMIN_MFA = False
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def contact(at):
    subject = Subject(ENTERPRISE, at.firm.id, at.firm.name)
    return signed_in(accounts.holder(at.authority, "enterprise_contact", subject=subject))


@pytest.fixture
def park(at):
    return signed_in(accounts.holder(at.authority, "reviewer_park", area=at.park))


def form(at, **changes):
    plain = {
        "name": "李伟",
        "document_kind": "resident_id",
        "document": resident_id(),
        "phone": "13855400001",
        "home_region": "安徽省淮南市",
        "enterprise_id": str(at.firm.id),
        "starts_on": "2022-04-20",
        "crew": "甲班",
    }
    return plain | changes


def the_only(at) -> Person:
    with acting_for(at.authority.id):
        return Person.objects.get()


def test_a_contact_opens_a_file_for_its_own_enterprise(at, contact):
    said = form(at)
    response = contact.post("/people/new/", said)
    person = the_only(at)
    assert response["Location"] == f"/people/{person.id}/"
    page = text(contact.get(response["Location"]))
    assert "甲班" in page
    assert "安徽省淮南市" in page
    assert said["document"] not in page
    assert said["document"][-4:] in page
    assert "138****0001" in page


def test_what_was_typed_stays_when_something_is_wrong(at, contact):
    response = contact.post("/people/new/", form(at, document="340402199001010000", crew="夜班"))
    page = html.unescape(text(response))
    assert response.status_code == 422
    assert "The last character does not fit the others" in page
    assert 'value="夜班"' in page
    with acting_for(at.authority.id):
        assert not Person.objects.exists()


def test_only_ones_own_enterprise_can_be_chosen(at, contact):
    page = text(contact.get("/people/new/"))
    assert at.firm.name in page
    assert at.neighbour.name not in page
    assert contact.post("/people/new/", form(at, enterprise_id=str(at.neighbour.id))).status_code == 422


def test_files_are_listed_and_found_within_sight_only(at, contact, park):
    registered(at.firm, name="李伟")
    registered(at.neighbour, name="王芳")
    registered(at.far, name="赵敏")
    assert re.findall("李伟|王芳|赵敏", text(contact.get("/people/"))) == ["李伟"]
    assert set(re.findall("李伟|王芳|赵敏", text(park.get("/people/")))) == {"李伟", "王芳"}


@pytest.mark.parametrize("asked", ["王芳", "王", "芳", "wf", "wangf", "fang", "13900000002"])
def test_somebody_is_found_by_name_pinyin_and_whole_number(at, park, asked):
    registered(at.firm, name="李伟")
    registered(at.neighbour, name="王芳", phone="13900000002")
    page = text(park.get("/people/", {"q": asked}))
    assert "王芳" in page
    assert "李伟" not in page.split("<tbody")[1]


def test_a_part_of_a_number_finds_nobody(at, park):
    person = registered(at.firm, phone="13900000002")
    number = data_of(person).document
    assert person.name in text(park.get("/people/", {"q": number}))
    for part in (number[:12], number[6:], "139000000", "0000002"):
        assert f"/people/{person.id}/" not in text(park.get("/people/", {"q": part}))


def test_a_file_out_of_sight_is_not_there(at, contact):
    person = registered(at.neighbour)
    for path in ("", "correct/", "employ/", "leave/", "unmask/"):
        assert contact.get(f"/people/{person.id}/{path}").status_code == 404


def test_numbers_are_shown_once_for_a_reason_and_that_stands_in_the_file(at, contact):
    person = registered(at.firm)
    number = data_of(person).document
    page = text(contact.post(f"/people/{person.id}/unmask/", {"reason": "call"}))
    assert number in page
    again = text(contact.get(f"/people/{person.id}/"))
    assert number not in again
    assert "To reach the person" in again
    with acting_for(at.authority.id):
        assert AuditEntry.objects.filter(action="people.unmask").count() == 1


def test_a_correction_shows_no_number_and_keeps_those_left_empty(at, contact):
    person = registered(at.firm)
    before = data_of(person)
    page = text(contact.get(f"/people/{person.id}/correct/"))
    assert before.document not in page
    assert before.phone not in page
    seen = re.search(r'name="seen_at" value="([^"]+)"', page).group(1)
    given = {
        "name": "李卫",
        "document_kind": "resident_id",
        "lodging": "东宿舍",
        "seen_at": html.unescape(seen),
    }
    assert contact.post(f"/people/{person.id}/correct/", given).status_code == 302
    with acting_for(at.authority.id):
        after = data_of(Person.objects.get())
    assert (after.name, after.lodging) == ("李卫", "东宿舍")
    assert (after.document, after.phone, after.home_region) == (before.document, before.phone, "")


def test_the_park_moves_somebody_and_the_old_place_is_told_to_those_who_see_it(at, contact, park):
    person = registered(at.neighbour)
    given = {"enterprise_id": str(at.firm.id), "starts_on": "2022-04-25"}
    assert park.post(f"/people/{person.id}/employ/", given).status_code == 302
    assert at.neighbour.name in text(park.get(f"/people/{person.id}/"))
    page = text(contact.get(f"/people/{person.id}/"))
    assert at.neighbour.name not in page
    assert "another enterprise" in page


def test_leaving_is_recorded_and_the_file_leaves_the_list(at, contact):
    person = registered(at.firm)
    assert contact.post(f"/people/{person.id}/leave/", {"ends_on": "2022-04-27"}).status_code == 302
    with acting_for(at.authority.id):
        ended = Employment.objects.get().ends_on
    assert ended == date(2022, 4, 27)
    assert person.name not in text(contact.get("/people/"))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("3404021990", ""),
        ("340402199001010000", "does not fit the others"),
        ("known", "has this number"),
        ("fresh", "The number is well formed."),
        ("far", "The number is well formed."),
    ],
)
def test_while_typing_it_is_told_what_may_be_told(at, park, typed, said):
    number = {
        "known": lambda: data_of(registered(at.firm)).document,
        "far": lambda: data_of(registered(at.far)).document,
        "fresh": resident_id,
    }.get(typed, lambda: typed)()
    answer = text(park.get("/people/check/", {"document_kind": "resident_id", "document": number})).strip()
    assert said in html.unescape(answer) if said else answer == ""


def test_the_list_costs_the_same_for_three_and_for_thirty(at, park):
    park.get("/people/")
    costs = []
    for _round in range(2):
        with acting_for(at.authority.id):
            for _person in range(15):
                registered(at.firm)
        with CaptureQueriesContext(connection) as captured:
            assert park.get("/people/").status_code == 200
        # A key made in this test's own transaction is not kept in memory; a committed one is, for a minute.
        costs.append(sum("core_datakey" not in each["sql"] for each in captured.captured_queries))
    assert costs[0] == costs[1]


def test_an_enterprises_page_leads_to_its_files_and_to_a_new_one(at, contact, park):
    registered(at.firm, name="李伟")
    registered(at.neighbour, name="王芳")
    page = html.unescape(text(park.get(f"/enterprises/{at.firm.id}/")))
    assert "1 person has a file, of a normal staff of 120." in page
    listed = text(park.get(f"/people/?enterprise={at.firm.id}"))
    assert "李伟" in listed
    assert "王芳" not in listed
    form = text(park.get(f"/people/new/?enterprise={at.firm.id}"))
    assert at.firm.name in form
    assert at.neighbour.name not in form
