"""The pages of returns: planned, explained, arrived, called off, foreseen, exported; who may."""

from __future__ import annotations

import html
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fugong.accounts.choices import ENTERPRISE, Subject
from fugong.core.tenancy import acting_for
from fugong.returns.models import PlannedReturn
from tests.accounts import making as accounts
from tests.core.web.people import signed_in, text
from tests.people.making import NOW, TODAY, registered
from tests.returns.making import contact as speaker
from tests.returns.making import planned

pytestmark = pytest.mark.django_db
HUNAN, HUBEI = "430102", "420106"


@pytest.fixture(autouse=True)
def on_the_day(settings):
    settings.FUGONG_CLOCK = NOW
    settings.FUGONG_ADMIN_MFA = False
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def contact(ruled):
    subject = Subject(ENTERPRISE, ruled.firm.id, ruled.firm.name)
    return signed_in(accounts.holder(ruled.authority, "enterprise_contact", subject=subject))


@pytest.fixture
def park(ruled):
    return signed_in(accounts.holder(ruled.authority, "reviewer_park", area=ruled.park))


def page(response):
    return html.unescape(text(response))


def form(**changes):
    plain = {
        "arrives_on": (TODAY + timedelta(days=2)).isoformat(),
        "from_region": "湖南省长沙市",
        "transport": "train",
        "number": "g1",
        "lodging": "dormitory",
        "room": "3-201",
    }
    return plain | changes


def the_only(at):
    with acting_for(at.authority.id):
        return PlannedReturn.objects.get()


def test_plan_when_sent_from_the_persons_page_then_decided_and_explained(ruled, contact):
    person = registered(ruled.firm, home_region=HUNAN)
    assert f"/returns/plan/{person.id}/" in contact.get(f"/people/{person.id}/").content.decode()
    address = contact.post(f"/returns/plan/{person.id}/", form())["Location"]
    shown = page(contact.get(address))
    assert "May return under conditions" in shown
    assert "kept apart for seven days" in shown
    assert "E-14" in shown
    assert "7 days, In the enterprise" in shown
    assert "/returns/" in contact.get(f"/people/{person.id}/").content.decode()
    assert contact.get(f"/returns/plan/{person.id}/")["Location"] == address


def test_plan_when_something_is_wrong_then_at_the_field_and_what_was_typed_stays(ruled, contact):
    person = registered(ruled.firm, home_region=HUNAN)
    response = contact.post(f"/returns/plan/{person.id}/", form(from_region="亚特兰蒂斯"))
    assert response.status_code == 422
    assert "There is no region called" in page(response)
    assert "3-201" in response.content.decode()


def test_change_when_another_day_then_decided_anew(ruled, contact):
    row = planned(registered(ruled.firm, home_region=HUNAN), speaker(ruled.firm))
    shown = contact.get(f"/returns/{row.id}/change/").content.decode()
    assert "湖南省长沙市" in shown
    contact.post(f"/returns/{row.id}/change/", form(from_region="湖北省"))
    assert the_only(ruled).state == "not_allowed"
    assert "Earlier decisions" in page(contact.get(f"/returns/{row.id}/"))


def test_plan_when_not_allowed_then_says_whom_to_tell(ruled, contact):
    person = registered(ruled.firm, home_region=HUBEI)
    done = page(contact.post(f"/returns/plan/{person.id}/", form(from_region="湖北省"), follow=True))
    assert "Tell the person not to come yet" in done
    free = registered(ruled.firm, home_region=HUNAN)
    done = page(contact.post(f"/returns/plan/{free.id}/", form(), follow=True))
    assert "Tell the person not to come yet" not in done


def test_arrive_when_not_allowed_then_asks_how_it_came_about(ruled, contact):
    row = planned(registered(ruled.firm, home_region=HUBEI), speaker(ruled.firm), arrives_on=TODAY)
    sent = {"arrived_on": TODAY.isoformat()}
    response = contact.post(f"/returns/{row.id}/arrive/", sent)
    assert response.status_code == 422
    assert "say how it came about" in page(response)
    done = page(contact.post(f"/returns/{row.id}/arrive/", sent | {"note": "自行返回"}, follow=True))
    assert "14 days, In a central place" in done
    assert the_only(ruled).state == "arrived"


def test_cancel_when_called_off_then_over(ruled, contact):
    row = planned(registered(ruled.firm, home_region=HUNAN), speaker(ruled.firm))
    contact.post(f"/returns/{row.id}/cancel/", {"note": ""})
    shown = page(contact.get(f"/returns/{row.id}/"))
    assert "Cancelled" in shown
    assert "Confirm the arrival" not in shown


def test_home_when_somebody_arrives_today_then_the_contact_owes_the_confirmation(ruled, contact):
    planned(registered(ruled.firm, home_region=HUNAN), speaker(ruled.firm), arrives_on=TODAY)
    assert "Confirm the arrival" in page(contact.get("/"))


def test_forecast_when_people_come_then_by_day_with_places(ruled, park):
    row = planned(registered(ruled.firm, home_region=HUNAN), speaker(ruled.firm))
    shown = page(park.get("/returns/forecast/"))
    assert "Places held" in shown
    assert "In the enterprise" in shown
    listed = page(park.get(f"/returns/?day={row.arrives_on.isoformat()}"))
    assert "李伟" in listed


def test_forecast_when_nobody_comes_then_says_so(ruled, park):
    assert "No return is planned" in page(park.get("/returns/forecast/"))


def test_list_when_narrowed_searched_and_exported_then_in_reach_only(ruled, park, contact):
    planned(registered(ruled.firm, home_region=HUNAN), speaker(ruled.firm))
    planned(registered(ruled.far, home_region=HUNAN, name="远方"), speaker(ruled.far))
    shown = page(park.get("/returns/?q=G1112"))
    assert "李伟" in shown
    assert "远方" not in shown
    assert "李伟" not in page(park.get("/returns/?outcome=not_yet"))
    taken = park.post("/returns/export/", {"format": "csv", "reason": "安排隔离点"})
    assert "李伟" in b"".join(taken.streaming_content).decode("utf-8-sig")
    assert contact.post("/returns/export/", {"format": "csv", "reason": "x"}).status_code == 403


def test_pages_when_out_of_reach_then_not_there(ruled, contact):
    person = registered(ruled.far, home_region=HUNAN)
    row = planned(person, speaker(ruled.far))
    for path in (f"/returns/{row.id}/", f"/returns/{row.id}/arrive/", f"/returns/plan/{person.id}/"):
        assert contact.get(path).status_code == 404


def test_list_when_it_is_longer_then_no_more_statements(ruled, park):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            assert park.get("/returns/").status_code == 200
        return len(asked)

    planned(registered(ruled.firm, home_region=HUNAN), speaker(ruled.firm))
    cost()
    before = cost()
    for _ in range(4):
        planned(registered(ruled.firm, home_region=HUNAN), speaker(ruled.firm))
    assert cost() == before
