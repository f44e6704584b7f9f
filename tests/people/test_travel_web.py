"""Stays on the page of a file: shown, recorded, corrected, taken back."""

from __future__ import annotations

import html

import pytest

from fugong.accounts.choices import ENTERPRISE, Subject
from fugong.core.tenancy import acting_for
from fugong.people.models import Stay
from tests.accounts import making as accounts
from tests.clocks import stand_still
from tests.core.web.people import signed_in, text
from tests.people.making import NOW, registered

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_day(settings, monkeypatch):
    stand_still(NOW, settings=settings, monkeypatch=monkeypatch)
    settings.FUGONG_ADMIN_MFA = False
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def contact(at):
    subject = Subject(ENTERPRISE, at.firm.id, at.firm.name)
    return signed_in(accounts.holder(at.authority, "enterprise_contact", subject=subject))


def form(**changes):
    return {"region": "湖北省武汉市", "from_on": "2022-04-01", "to_on": "2022-04-20", "way": "call"} | changes


def page(response):
    return html.unescape(text(response))


def stays(at):
    with acting_for(at.authority.id):
        return list(Stay.objects.order_by("recorded_at", "id"))


def test_page_when_nobody_has_said_then_says_so_and_a_stay_is_recorded(at, contact):
    person = registered(at.firm)
    assert "Nobody has said where this person was lately." in page(contact.get(f"/people/{person.id}/"))
    shown = page(contact.post(f"/people/{person.id}/stay/", form(), follow=True))
    assert "湖北省武汉市" in shown
    assert [stay.way for stay in stays(at)] == ["call"]


def test_record_when_something_is_wrong_then_at_the_field(at, contact):
    person = registered(at.firm)
    response = contact.post(f"/people/{person.id}/stay/", form(to_on="2022-03-01"))
    assert response.status_code == 422
    assert "cannot end before it began" in page(response)
    assert not stays(at)


def test_correct_when_saved_or_taken_back_then_the_page_shows_what_stands(at, contact):
    person = registered(at.firm)
    contact.post(f"/people/{person.id}/stay/", form())
    (first,) = stays(at)
    shown = page(contact.post(f"/people/stays/{first.id}/", form(region="湖南省长沙市"), follow=True))
    assert "湖南省长沙市" in shown
    assert "湖北省武汉市" not in shown
    assert contact.get(f"/people/stays/{first.id}/").status_code == 404
    second = stays(at)[1]
    contact.post(f"/people/stays/{second.id}/", {"take_back": "yes"})
    assert "Nobody has said" in page(contact.get(f"/people/{person.id}/"))
    assert len(stays(at)) == 3


def test_pages_when_the_file_is_out_of_sight_then_not_there(at, contact):
    person = registered(at.far)
    assert contact.get(f"/people/{person.id}/stay/").status_code == 404
