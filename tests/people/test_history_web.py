"""Doses, contacts and commitments on the page of a file: recorded, corrected, taken back, copied."""

from __future__ import annotations

import html
import json

import pytest

from fugong.accounts.choices import ENTERPRISE, Subject
from fugong.core.audit.models import AuditEntry
from fugong.core.refusals import Conflict, NotFound, NotPermitted
from fugong.core.tenancy import acting_for
from fugong.people import operations
from fugong.people.choices import HistoryKind, Way
from fugong.people.models import HistoryEntry
from fugong.people.operations import HistoryData
from tests.accounts import making as accounts
from tests.clocks import stand_still
from tests.core.web.people import signed_in, text
from tests.people.making import NOW, TODAY, registered
from tests.people.own.making import holding, phone_of

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
    said = {
        "kind": "vaccination",
        "on": "2022-03-01",
        "detail": "北京生物，镇卫生院",
        "number": "3",
        "way": "paper",
    }
    return said | changes


def page(response):
    return html.unescape(text(response))


def entries(at):
    with acting_for(at.authority.id):
        return list(HistoryEntry.objects.order_by("recorded_at", "id"))


def test_page_when_nothing_is_there_then_says_so_and_a_dose_is_recorded_once(at, contact):
    person = registered(at.firm)
    assert "No vaccination, contact or commitment is on record." in page(contact.get(f"/people/{person.id}/"))
    shown = page(contact.post(f"/people/{person.id}/history/", form(), follow=True))
    assert "北京生物，镇卫生院 · 3" in shown
    assert "From a paper sheet" in shown
    contact.post(f"/people/{person.id}/history/", form(), follow=True)
    assert [(entry.kind, entry.way) for entry in entries(at)] == [("vaccination", "paper")]
    with acting_for(at.authority.id):
        trail = AuditEntry.objects.filter(action="people.record_history").values_list("changes", flat=True)
        assert "北京生物" not in json.dumps(list(trail), ensure_ascii=False, default=str)


def test_form_when_a_contact_has_no_words_then_told_and_what_was_typed_is_kept(at, contact):
    person = registered(at.firm)
    response = contact.post(f"/people/{person.id}/history/", form(kind="contact", detail="", number="K7"))
    assert response.status_code == 422
    assert 'value="K7"' in page(response)
    assert not entries(at)


def test_entry_when_corrected_then_taken_back_then_all_rows_stay_and_none_is_shown(at, contact):
    person = registered(at.firm)
    contact.post(f"/people/{person.id}/history/", form())
    (first,) = entries(at)
    shown = page(contact.post(f"/people/history/{first.id}/", form(number="2"), follow=True))
    assert "镇卫生院 · 2" in shown
    assert contact.get(f"/people/history/{first.id}/").status_code == 404
    second = entries(at)[1]
    contact.post(f"/people/history/{second.id}/", {"take_back": "yes"})
    assert "No vaccination" in page(contact.get(f"/people/{person.id}/"))
    assert [(entry.replaces_id, entry.is_taken_back) for entry in entries(at)] == [
        (None, False),
        (first.id, False),
        (second.id, True),
    ]


def test_operations_when_refused_then_nothing_is_kept(at):
    person = registered(at.firm)
    said = HistoryData(kind=HistoryKind.CONTACT, on=TODAY, detail="同宿舍")
    stranger = accounts.acting(accounts.holder(at.authority, "inspector"))
    with pytest.raises(NotPermitted):
        operations.record_history(person.id, said, way=Way.FORM, actor=stranger, now=NOW)
    with pytest.raises(NotFound):
        operations.correct_history(person.id, said, actor=at.ann, now=NOW)
    row = operations.record_history(person.id, said, way=Way.FORM, actor=at.ann, now=NOW)
    operations.correct_history(row.id, None, actor=at.ann, now=NOW)
    with pytest.raises(Conflict):
        operations.correct_history(row.id, None, actor=at.ann, now=NOW)
    assert len(entries(at)) == 2


def test_pages_when_the_file_is_out_of_sight_then_not_there(at, contact):
    person = registered(at.far)
    assert contact.get(f"/people/{person.id}/history/").status_code == 404


def test_own_copy_when_a_commitment_was_signed_then_holds_it(at):
    person = registered(at.firm)
    said = HistoryData(kind=HistoryKind.COMMITMENT, on=TODAY, detail="个人防疫承诺书", number="2022-17")
    operations.record_history(person.id, said, way=Way.PAPER, actor=at.ann, now=NOW)
    token = phone_of(person)
    answer = holding(token).post(
        "/me/file/copy/", {"number": str(person.document), "json": "1", "_as": token.mark}
    )
    (row,) = json.loads(answer.content)["history"]
    assert {"个人防疫承诺书", "2022-17"} <= set(row.values())
