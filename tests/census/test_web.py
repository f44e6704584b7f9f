"""The pages of the census: made, opened, worked one at a time, undone, exported; who may; what they cost."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fugong.accounts.choices import ENTERPRISE, Subject
from fugong.census import operations
from fugong.census.models import Call, Campaign, Case
from fugong.core.audit.models import AuditEntry
from fugong.core.tenancy import acting_for
from fugong.people.models import Person
from tests.accounts import making as accounts
from tests.census.making import FINDINGS, OUTCOMES, from_hubei, opened, runner
from tests.core.web.people import signed_in, text
from tests.people.making import NOW, registered, resident_id

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_day(settings):
    settings.FUGONG_CLOCK = NOW
    settings.FUGONG_ADMIN_MFA = False
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def contact(at):
    subject = Subject(ENTERPRISE, at.firm.id, at.firm.name)
    return signed_in(accounts.holder(at.authority, "enterprise_contact", subject=subject))


@pytest.fixture
def park(at):
    return signed_in(accounts.holder(at.authority, "reviewer_park", area=at.park))


def page(response):
    return html.unescape(text(response))


def rows(prefix, entries):
    said: dict[str, Any] = {f"{prefix}-TOTAL_FORMS": len(entries), f"{prefix}-INITIAL_FORMS": 0}
    for number, entry in enumerate(entries):
        kept = entry.as_json()
        for name, value in kept.items():
            if value not in (None, "", [], False):
                said[f"{prefix}-{number}-{name}"] = " ".join(value) if name == "sets" else value
    return said


def form(at, **changes):
    plain = {
        "name_zh": "湖北籍员工摸排",
        "name_en": "Staff from Hubei",
        "code": "hubei",
        "area_code": at.park.code,
        "scope": 'home_province == "420000"',
        "starts_on": "2022-04-20",
        "ends_on": "2022-05-10",
        "script": "请问您在哪里？",
    }
    return plain | rows("outcome", OUTCOMES) | rows("finding", FINDINGS) | changes


def in_tenant(at, act):
    with acting_for(at.authority.id):
        return act()


@pytest.fixture
def running(at):
    mine = from_hubei(at.firm, 2)
    from_hubei(at.far)
    return opened(runner(at.authority)), mine


def test_new_when_the_form_opens_then_the_usual_words_are_there(at, park):
    shown = page(park.get("/census/new/"))
    assert "No answer" in shown
    assert "无人接听" in shown
    assert "the whole authority" not in shown


def test_new_when_kept_then_a_draft_that_says_how_many_it_names(at, park):
    from_hubei(at.firm, 2)
    response = park.post("/census/new/", form(at))
    campaign = in_tenant(at, Campaign.objects.get)
    assert response["Location"] == f"/census/{campaign.id}/"
    shown = page(park.get(response["Location"]))
    assert "It names 2 people." in shown
    assert "Open the campaign" in shown
    assert campaign.outcomes == OUTCOMES
    assert campaign.findings == FINDINGS


def test_new_when_the_condition_is_wrong_then_at_the_field_with_a_remedy_and_what_was_typed(at, park):
    response = park.post("/census/new/", form(at, scope='home_provinse == "4"', name_en="Keep me"))
    assert response.status_code == 422
    shown = page(response)
    assert "did you mean “home_province”?" in shown
    assert "Keep me" in shown
    assert not in_tenant(at, Campaign.objects.exists)


def test_new_when_no_outcome_closes_then_said_at_the_outcomes(at, park):
    response = park.post("/census/new/", form(at) | {"outcome-0-closes": ""})
    assert response.status_code == 422
    assert "At least one outcome must close the case" in page(response)


def test_preview_when_typed_then_the_number_or_what_is_wrong(at, park):
    from_hubei(at.firm)
    asked = {"scope": 'home_province == "420000"', "area_code": at.park.code}
    assert "It names 1 person." in page(park.get("/census/preview/", asked))
    told = page(park.get("/census/preview/", asked | {"scope": "nothing == 1"}))
    assert "The condition cannot be read" in told
    assert "is not a fact" in told
    nobody = page(park.get("/census/preview/", asked | {"scope": 'home_province == "650000"'}))
    assert "It names 0 people" in nobody
    assert "tone-warning" in nobody
    assert park.get("/census/preview/", asked | {"area_code": ""}).status_code == 404


def test_open_when_pressed_then_the_list_is_there_with_progress(at, park):
    from_hubei(at.firm, 2)
    park.post("/census/new/", form(at))
    campaign = in_tenant(at, Campaign.objects.get)
    park.post(f"/census/{campaign.id}/open/")
    shown = page(park.get(f"/census/{campaign.id}/"))
    assert "2 people on the list; 0 closed, 2 to be reached." in shown
    assert at.firm.name in shown
    assert "these numbers overlap" in shown
    assert "1" in page(park.post(f"/census/{campaign.id}/draw/", follow=True))


def test_work_when_called_from_next_to_next_then_the_list_gets_shorter(at, contact, running):
    campaign, _mine = running
    first = contact.post(f"/census/{campaign.id}/next/")["Location"]
    shown = page(contact.get(first))
    assert "138****0001" in shown
    assert "请问您现在在哪里？" in shown
    assert "accesskey" in contact.get(first).content.decode()
    second = contact.post(f"{first}call/", {"outcome": "reached", "findings": ["in_zone"], "note": "在厂"})[
        "Location"
    ]
    assert second.startswith("/census/cases/")
    assert second != first
    last = contact.post(f"{second}call/", {"outcome": "no_answer"})["Location"]
    assert last == f"/census/{campaign.id}/"
    shown = page(contact.get(last))
    assert "2 people on the list; 1 closed, 1 to be reached." in shown


def test_dial_when_pressed_then_the_number_once_as_a_link_and_on_record(at, contact, running):
    campaign, _mine = running
    case = contact.post(f"/census/{campaign.id}/next/")["Location"]
    shown = contact.post(f"{case}dial/").content.decode()
    assert 'href="tel:13855400001"' in shown
    assert "13855400001" not in contact.get(case).content.decode()
    assert in_tenant(at, AuditEntry.objects.filter(action="people.read_phone").count) == 1


def test_take_back_when_pressed_then_both_entries_are_shown(at, contact, running):
    campaign, _mine = running
    case = contact.post(f"/census/{campaign.id}/next/")["Location"]
    contact.post(f"{case}call/", {"outcome": "reached", "stay": "yes"})
    shown = page(contact.post(f"{case}take-back/", follow=True))
    assert "Taken back: Reached" in shown
    assert "Reached (taken back)" in shown
    assert in_tenant(at, Call.objects.count) == 2


def test_call_when_the_next_call_is_in_the_past_then_at_the_field_and_the_note_stays(at, contact, running):
    campaign, _mine = running
    case = contact.post(f"/census/{campaign.id}/next/")["Location"]
    sent = {"outcome": "refused", "note": "不便说", "next_call_at": "2022-04-01T08:00"}
    response = contact.post(f"{case}call/", sent)
    assert response.status_code == 422
    assert "The next call lies ahead" in page(response)
    assert "不便说" in page(response)


def test_release_when_put_back_then_somebody_else_may_take_it(at, contact, running):
    campaign, _mine = running
    case = contact.post(f"/census/{campaign.id}/next/")["Location"]
    contact.post(f"{case}release/")
    assert in_tenant(at, Case.objects.filter(held_by__isnull=False).count) == 0


def test_names_when_given_then_called_and_a_file_is_opened(at, contact, running):
    campaign, _mine = running
    sent = {"enterprise_id": str(at.firm.id), "names": "赵一,13811112222"}
    assert contact.post(f"/census/{campaign.id}/names/", sent).status_code == 302
    case = in_tenant(at, lambda: Case.objects.get(name="赵一"))
    shown = page(contact.get(f"/census/cases/{case.id}/"))
    assert "Open a file by telephone" in shown
    assert "13811112222" not in shown
    said = {
        "name": "赵一",
        "document_kind": "resident_id",
        "document": resident_id(),
        "phone": "13811112222",
        "home_region": "湖北省武汉市",
        "enterprise_id": str(at.firm.id),
        "starts_on": "2022-04-20",
    }
    assert contact.post(f"/census/cases/{case.id}/file/", said)["Location"] == f"/census/cases/{case.id}/"
    assert in_tenant(at, lambda: Person.objects.get(name="赵一").way) == "call"


def test_names_when_a_line_is_wrong_then_said_by_line_and_the_text_stays(at, contact, running):
    campaign, _mine = running
    sent = {"enterprise_id": str(at.firm.id), "names": "赵一,13811112222\n钱二"}
    response = contact.post(f"/census/{campaign.id}/names/", sent)
    assert response.status_code == 422
    assert "Line 2" in page(response)
    assert "钱二" in page(response)


def test_cases_when_listed_then_without_numbers_and_exported_with_a_reason(at, park, contact, running):
    campaign, _mine = running
    address = f"/census/{campaign.id}/people/"
    shown = page(park.get(f"{address}?outcome=none"))
    assert "李伟" in shown
    assert "138****" not in shown
    assert park.post(f"{address}export/", {"format": "csv"}).status_code == 422
    taken = park.post(f"{address}export/", {"format": "csv", "reason": "报送"})
    assert "李伟" in b"".join(taken.streaming_content).decode("utf-8-sig")
    assert contact.post(f"{address}export/", {"format": "csv", "reason": "报送"}).status_code == 403


def test_pages_when_out_of_reach_then_not_there(at, contact, running):
    campaign, _mine = running
    far = in_tenant(at, lambda: Case.objects.get(enterprise_id=at.far.id))
    assert contact.get(f"/census/cases/{far.id}/").status_code == 404
    assert contact.get(f"/census/{campaign.id}/edit/").status_code == 403
    for act in ("open", "close", "reopen", "draw"):
        assert contact.post(f"/census/{campaign.id}/{act}/").status_code == 403


def test_list_when_there_is_no_campaign_then_says_what_one_is(at, park):
    shown = page(park.get("/census/"))
    assert "No census yet" in shown
    assert "New campaign" in shown


def test_edit_when_the_campaign_is_open_then_its_words_stay(at, park):
    from_hubei(at.firm)
    park.post("/census/new/", form(at))
    campaign = in_tenant(at, Campaign.objects.get)
    park.post(f"/census/{campaign.id}/open/")
    shown = park.get(f"/census/{campaign.id}/edit/").content.decode()
    seen = re.search(r'name="seen_at" value="([^"]+)"', shown)
    response = park.post(f"/census/{campaign.id}/edit/", form(at, code="other", seen_at=seen.group(1)))
    assert response.status_code == 422
    assert "The code stays" in page(response)
    response = park.post(f"/census/{campaign.id}/edit/", form(at, name_en="Hubei", seen_at=seen.group(1)))
    assert response.status_code == 302


def test_detail_when_more_people_are_listed_then_no_more_statements(at, park, running):
    campaign, _mine = running

    def cost():
        with CaptureQueriesContext(connection) as asked:
            assert park.get(f"/census/{campaign.id}/").status_code == 200
        return len(asked)

    cost()
    before = cost()
    with acting_for(at.authority.id):
        for _ in range(5):
            registered(at.neighbour, home_region="420106")
        operations.draw_again(campaign.id, actor=runner(at.authority), now=NOW + timedelta(hours=1))
    assert cost() == before
