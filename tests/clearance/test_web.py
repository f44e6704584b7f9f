"""Pages of levels: by role, in both languages, in a fixed number of statements."""

from __future__ import annotations

import time

import pytest
from django.test import Client
from django.urls import reverse

from fugong.clearance import operations
from fugong.clearance.choices import AppealState, HandState
from fugong.clearance.models import Appeal, HandLevel
from fugong.core.tenancy import acting_for
from tests.clearance.making import HOUR, confirmed, proposed, recorded, worker
from tests.core.web.people import signed_in
from tests.people.own.making import holding, phone_of
from tests.support.making import NOW


@pytest.fixture(autouse=True)
def clock(settings):
    settings.FUGONG_CLOCK, settings.FUGONG_CLOCK_ANCHOR = NOW + HOUR, int(time.time())
    settings.FUGONG_ADMIN_MFA = False
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def computed(here, li):
    operations.refresh_clearances(here.authority.id, now=NOW)
    return li


def as_(here, role: str) -> Client:
    return signed_in(here.holder(role))


def test_list_when_asked_then_level_by_word_and_narrowed(here, computed):
    ill = worker(here, name="王芳")
    recorded(ill, "fever", here=here)
    client = as_(here, "reviewer_park")
    page = client.get(reverse("clearance:list")).content.decode()
    assert "Red: quarantine or isolation" in page
    assert "Green: no finding" in page
    narrowed = client.get(reverse("clearance:list"), {"level": "red"}).content.decode()
    assert "王芳" in narrowed
    assert computed.name not in narrowed


def test_list_when_long_then_in_as_many_statements(here, django_assert_max_num_queries):
    client = as_(here, "reviewer_park")
    for _each in range(12):
        worker(here)
    operations.refresh_clearances(here.authority.id, now=NOW)
    with django_assert_max_num_queries(22):
        assert client.get(reverse("clearance:list")).status_code == 200


def test_export_when_with_a_reason_then_a_file_and_without_the_permission_none(here, computed):
    asked = {"reason": "每日上报", "format": "csv"}
    assert as_(here, "enterprise_contact").post(reverse("clearance:export"), asked).status_code == 403
    answered = as_(here, "reviewer_park").post(reverse("clearance:export"), asked)
    assert answered.status_code == 200
    assert "李伟" in b"".join(answered.streaming_content).decode()


def test_person_page_when_asked_then_why_and_what_is_on_record(here, computed):
    recorded(computed, "fever", here=here)
    page = as_(here, "instructor").get(reverse("clearance:person", args=[computed.id])).content.decode()
    for words in ("Red: quarantine or isolation", "Fever", "JG-2", "Levels up to now"):
        assert words in page


def test_file_when_asked_then_shows_the_level_and_the_buttons_by_permission(here, computed):
    recorded(computed, "fever", here=here)
    address = reverse("people:detail", args=[computed.id])
    park = as_(here, "reviewer_park").get(address).content.decode()
    contact = as_(here, "enterprise_contact").get(address).content.decode()
    assert "Red: quarantine or isolation" in park
    assert reverse("clearance:propose", args=[computed.id]) in park
    assert reverse("clearance:make_appeal", args=[computed.id]) in contact
    assert reverse("clearance:propose", args=[computed.id]) not in contact


def test_propose_when_sent_then_waits_and_the_second_person_confirms(here, computed):
    sent = {"reason": "contact_told", "text": "疾控电话", "days": "7"}
    park, bo = as_(here, "reviewer_park"), as_(here, "reviewer_headquarters")
    answered = park.post(reverse("clearance:propose", args=[computed.id]), sent)
    assert answered.status_code == 302
    with acting_for(here.authority.id):
        hand = HandLevel.objects.get()
    address = reverse("clearance:hand", args=[hand.id])
    own = park.get(address).content.decode()
    assert "somebody else has to confirm" in own
    assert reverse("clearance:confirm", args=[hand.id]) not in own
    assert park.post(reverse("clearance:confirm", args=[hand.id]), {"note": ""}).status_code == 403
    assert reverse("clearance:confirm", args=[hand.id]) in bo.get(address).content.decode()
    assert bo.post(reverse("clearance:confirm", args=[hand.id]), {"note": ""}).status_code == 302
    with acting_for(here.authority.id):
        assert HandLevel.objects.get().state == HandState.CONFIRMED


def test_propose_when_too_long_then_keeps_what_was_typed(here, computed):
    sent = {"reason": "clinic_waiting", "text": "单据12号", "days": "9"}
    answered = as_(here, "reviewer_park").post(reverse("clearance:propose", args=[computed.id]), sent)
    assert answered.status_code == 422
    assert "单据12号" in answered.content.decode()
    assert "at most 2" in answered.content.decode()


def test_hand_when_read_by_the_contact_then_without_the_evidence(here, computed):
    hand = confirmed(computed, here=here)
    address = reverse("clearance:hand", args=[hand.id])
    assert "王医生" in as_(here, "reviewer_headquarters").get(address).content.decode()
    assert "王医生" not in as_(here, "enterprise_contact").get(address).content.decode()


def test_refuse_and_end_when_sent_then_done(here, computed):
    first = proposed(computed, by=here.person("reviewer_park"))
    bo = as_(here, "reviewer_headquarters")
    assert bo.post(reverse("clearance:refuse", args=[first.id]), {"note": "没有通报"}).status_code == 302
    with acting_for(here.authority.id):
        second = confirmed(computed, here=here)
    assert bo.post(reverse("clearance:end", args=[second.id]), {"note": "同名"}).status_code == 302
    with acting_for(here.authority.id):
        states = {row.id: row.state for row in HandLevel.objects.all()}
    assert states == {first.id: HandState.REFUSED, second.id: HandState.ENDED}


def test_appeal_when_made_by_the_contact_then_answered_by_the_commander(here, computed):
    recorded(computed, "fever", here=here)
    contact = as_(here, "enterprise_contact")
    made = contact.post(reverse("clearance:make_appeal", args=[computed.id]), {"text": "体温计坏了"})
    assert made.status_code == 302
    with acting_for(here.authority.id):
        row = Appeal.objects.get()
    commander = as_(here, "commander")
    page = commander.get(reverse("clearance:appeal", args=[row.id])).content.decode()
    assert "体温计坏了" in page
    assert "left" in page
    answer = reverse("clearance:answer", args=[row.id])
    assert commander.post(answer, {"granted": "", "text": ""}).status_code == 422
    assert commander.post(answer, {"granted": "yes", "text": "复测36.5"}).status_code == 302
    with acting_for(here.authority.id):
        assert Appeal.objects.get().state == AppealState.GRANTED


def test_own_page_when_held_then_why_until_and_the_way_to_appeal(here, computed):
    recorded(computed, "close_contact", here=here)
    phone = holding(phone_of(computed))
    page = phone.get(reverse("own:home")).content.decode()
    for words in ("Red: quarantine or isolation", "Close contact", "This is wrong: appeal", "2022-05-11"):
        assert words in page
    form = phone.get(reverse("clearance:own_appeal"))
    assert form.status_code == 200
    sent = phone.post(reverse("clearance:own_appeal"), {"text": "我没有离开宿舍"})
    assert sent.status_code == 302
    with acting_for(here.authority.id):
        row = Appeal.objects.get()
        assert (row.by_person, str(row.text)) == (True, "我没有离开宿舍")
    again = phone.get(reverse("own:home")).content.decode()
    assert "Waiting for the answer" in again
    assert "This is wrong: appeal" not in again


def test_own_page_when_nothing_is_wrong_then_the_free_level_and_no_appeal(here, computed):
    page = holding(phone_of(computed)).get(reverse("own:home")).content.decode()
    assert "Green: no finding" in page
    assert "appeal" not in page


def test_own_appeal_when_nothing_is_said_then_asked_for_it(here, computed):
    recorded(computed, "fever", here=here)
    phone = holding(phone_of(computed))
    assert phone.post(reverse("clearance:own_appeal"), {"text": "  "}).status_code == 422


def test_counts_when_asked_by_anybody_then_numbers_and_nobody(here, computed):
    confirmed(computed, here=here)
    page = Client().get(reverse("clearance:counts", args=[here.authority.code]))
    shown = page.content.decode()
    assert page.status_code == 200
    assert "A contact named by disease control" in shown
    assert "Refuses to be tested after being asked" in shown
    assert computed.name not in shown
    assert Client().get(reverse("clearance:counts", args=["nowhere"])).status_code == 404


def test_pages_when_read_in_chinese_then_no_english_left(here, computed, settings):
    settings.LANGUAGE_CODE = "zh-hans"
    recorded(computed, "fever", here=here)
    page = as_(here, "reviewer_park").get(reverse("clearance:person", args=[computed.id])).content.decode()
    assert "红色·隔离" in page
    assert "已登记在案的内容" in page
    for english in (">Since<", ">Until<", "What to do", "Meaning", "Set by hand"):
        assert english not in page
