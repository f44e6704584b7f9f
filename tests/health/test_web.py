"""The pages of health by status, words and statements."""

from __future__ import annotations

import io
import json
from datetime import timedelta

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fugong.accounts.choices import ENTERPRISE, Subject
from fugong.core.audit.models import AuditEntry
from fugong.core.tenancy import acting_for
from fugong.health import operations
from fugong.health.choices import Way
from fugong.health.models import HealthReport, Incident, QualitySign
from fugong.people.models import Crew
from tests.accounts import making as accounts
from tests.core.papers.test_pdf import read
from tests.core.web.people import signed_in
from tests.health.making import NOW, TODAY, reported, said
from tests.people import making as people
from tests.people.own import making as phones


def client_of(authority, role, *, subject=None, area=None):
    with acting_for(authority.id):
        return signed_in(accounts.holder(authority, role, subject=subject, area=area))


@pytest.fixture
def bo(at):
    return client_of(
        at.authority, "enterprise_contact", subject=Subject(ENTERPRISE, at.firm.id, at.firm.name)
    )


@pytest.fixture
def park(at):
    return client_of(at.authority, "reviewer_park", area=at.park)


@pytest.fixture
def inspector(at):
    return client_of(at.authority, "inspector")


def phone_of(person):
    """A browser that the worker's phone is known by, and what its forms say of whom they are."""
    with acting_for(person.authority_id):
        token = phones.phone_of(person)
    return phones.holding(token), {"_as": token.mark}


def statements_of(client, url):
    """How many statements making a file of it takes, the session and the audit with them."""
    client.post(url, {"reason": "存档"})
    with CaptureQueriesContext(connection) as found:
        assert client.post(url, {"reason": "存档"}).status_code == 200
    return len(found)


def rows_of(at):
    with acting_for(at.authority.id):
        return list(HealthReport.objects.order_by("recorded_at", "revision"))


# ---------------------------------------------------------------- the worker's own page


def test_home_when_not_reported_then_two_taps_are_offered(at):
    client, _mark = phone_of(at.worker)
    page = client.get("/me/").content.decode()
    assert "I am well: report" in page
    assert 'value="36.5"' in page


def test_tap_when_a_value_is_chosen_then_reported_and_said_so(at):
    client, mark = phone_of(at.worker)
    answer = client.post("/me/health/tap/", {"temperature": "36.5"} | mark, follow=True)
    assert "Reported at 10:42: 36.5 °C" in answer.content.decode()
    row = rows_of(at)[0]
    assert (row.tenths, row.way, row.person_id) == (365, Way.OWN, at.worker.id)
    assert len(row.device) == 32


def test_tap_when_a_phone_speaks_for_two_then_both_bear_its_mark(at):
    client, mark = phone_of(at.worker)
    client.post("/me/health/tap/", {"temperature": "36.5"} | mark)
    with acting_for(at.authority.id):
        second = phones.phone_of(at.mate)
    phones.holding(second, client=client)
    client.post("/me/health/tap/", {"temperature": "36.6", "_as": second.mark})
    assert len({row.device for row in rows_of(at)}) == 1


def test_form_when_a_fever_then_an_incident_and_words_what_to_do(at):
    client, mark = phone_of(at.worker)
    sent = {"temperature": "38.2", "place": "work", "day": TODAY.isoformat()} | mark
    answer = client.post("/me/health/report/", sent, follow=True)
    assert "Stay away from others" in answer.content.decode()
    with acting_for(at.authority.id):
        assert Incident.objects.get().person_id == at.worker.id


def test_copy_of_the_own_file_when_a_fever_was_reported_then_holds_it_and_what_came_of_it(at):
    client, mark = phone_of(at.worker)
    sent = {"temperature": "38.2", "place": "work", "day": TODAY.isoformat(), "note": "夜里开始"} | mark
    client.post("/me/health/report/", sent)
    with acting_for(at.authority.id):
        number = str(at.worker.document)
    answer = client.post("/me/file/copy/", {"number": number, "json": "1"} | mark)
    copy = json.loads(answer.content)
    assert "38.2" in json.dumps(copy["reports"])
    assert "夜里开始" in json.dumps(copy["reports"], ensure_ascii=False)
    assert len(copy["incidents"]) == 1
    assert len(copy["evidence"]) == 2
    assert copy["levels"]


def test_form_when_typed_without_a_dot_then_told_and_what_was_typed_is_kept(at):
    client, mark = phone_of(at.worker)
    sent = {"temperature": "365", "place": "lodging", "day": TODAY.isoformat(), "note": "夜班"} | mark
    answer = client.post("/me/health/report/", sent)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "has no dot" in page
    assert 'value="365"' in page
    assert 'value="夜班"' in page
    assert not rows_of(at)


def test_form_when_correcting_then_it_begins_with_what_was_said(at):
    with acting_for(at.authority.id):
        reported(at.worker, symptoms=("tired",))
    client, _mark = phone_of(at.worker)
    page = client.get("/me/health/report/").content.decode()
    assert 'value="36.5"' in page
    assert "checked" in page


def test_history_when_corrected_then_both_are_shown(at):
    with acting_for(at.authority.id):
        reported(at.worker)
        reported(at.worker, "36.8")
    client, _mark = phone_of(at.worker)
    page = client.get("/me/health/history/").content.decode()
    assert "36.8 °C" in page
    assert "<s>36.5 °C</s>" in page


def test_own_sheet_when_leading_no_crew_then_refused(at):
    client, _mark = phone_of(at.worker)
    assert client.get("/me/health/crew/").status_code == 403


def test_own_sheet_when_leading_then_the_crew_is_reported_with_its_exception(at):
    with acting_for(at.authority.id):
        Crew.objects.create(
            authority_id=at.authority.id,
            enterprise=at.firm,
            name="甲班",
            leader_person=at.worker,
            appointed_at=NOW,
            recorded_at=NOW,
        )
    client, mark = phone_of(at.worker)
    assert at.mate.name in client.get("/me/health/crew/").content.decode()
    sent = {f"t-{at.mate.id.hex}": "37.9", f"skip-{at.worker.id.hex}": "on"} | mark
    assert client.post("/me/health/crew/", sent).status_code == 302
    assert [(row.person_id, row.tenths, row.way) for row in rows_of(at)] == [(at.mate.id, 379, Way.CREW)]


# ---------------------------------------------------------------- officials


def test_sheet_when_one_line_is_wrong_then_marked_and_nothing_lost(at, bo):
    url = reverse("health:sheet", args=[at.firm.id])
    answer = bo.post(url, {f"t-{at.worker.id.hex}": "382", f"t-{at.mate.id.hex}": "36.6"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "has no dot" in page
    assert 'value="382"' in page
    assert 'value="36.6"' in page
    assert not rows_of(at)


def test_day_when_some_have_reported_then_the_missing_are_named(at, bo):
    with acting_for(at.authority.id):
        reported(at.worker, "38.1")
    page = bo.get(reverse("health:day", args=[at.firm.id])).content.decode()
    assert "1 of 2 have reported" in page
    assert at.mate.name in page
    assert "38.1 °C" in page


def test_day_when_asked_by_htmx_then_only_the_part(at, bo):
    headers = {"HX-Request": "true", "HX-Target": "day-live"}
    page = bo.get(reverse("health:day", args=[at.firm.id]), headers=headers).content.decode()
    assert "<html" not in page
    assert "0 of 2 have reported" in page


def test_day_when_more_people_then_no_more_statements(at, bo):
    url = reverse("health:day", args=[at.firm.id])
    bo.get(url)
    with CaptureQueriesContext(connection) as few:
        bo.get(url)
    with acting_for(at.authority.id):
        for number in range(10):
            people.registered(at.firm, name=f"员工{number}")
    with CaptureQueriesContext(connection) as many:
        bo.get(url)
    assert len(many) == len(few)


def test_day_when_of_another_enterprise_then_not_found(at, bo):
    assert bo.get(reverse("health:day", args=[at.far.id])).status_code == 404


def test_live_when_something_happens_then_it_comes_and_else_nothing(at, park):
    first = park.get("/health/incidents/live/")
    assert "None. A fever" in first.content.decode()
    seen = first.content.decode().split("seen=")[1][:16]
    assert park.get(f"/health/incidents/live/?seen={seen}").status_code == 204
    with acting_for(at.authority.id):
        reported(at.worker, "38.2")
    then = park.get(f"/health/incidents/live/?seen={seen}").content.decode()
    assert at.worker.name in then
    assert "Why?" in then
    assert "38.2 °C was reported" in then
    assert "Look after the person" in then


def test_live_when_many_incidents_then_no_more_statements(at, park):
    def measured():
        with CaptureQueriesContext(connection) as asked:
            park.get("/health/incidents/live/")
        return len(asked)

    with acting_for(at.authority.id):
        reported(at.worker, "38.2")
    park.get("/health/incidents/live/")
    one = measured()
    with acting_for(at.authority.id):
        for number in range(5):
            reported(people.registered(at.firm, name=f"员工{number}"), "38.2")
    assert measured() == one


def test_incident_when_looked_after_and_closed_by_the_pages_then_it_ends(at, park):
    with acting_for(at.authority.id):
        reported(at.worker, "38.2")
        incident = Incident.objects.get()
    page = park.get(reverse("health:incident", args=[incident.id])).content.decode()
    assert "38.2 °C was reported; a fever is 37.3 °C and more." in page
    assert (
        park.post(reverse("health:look_after", args=[incident.id]), {"measure": "to_clinic"}).status_code
        == 302
    )
    closing = reverse("health:close", args=[incident.id])
    assert park.post(closing, {"outcome": "ruled_out", "note": ""}).status_code == 422
    assert park.post(closing, {"outcome": "ruled_out", "note": "核酸阴性"}).status_code == 302
    assert (
        "Closed: Examined and ruled out"
        in park.get(reverse("health:incident", args=[incident.id])).content.decode()
    )


def test_incident_when_by_the_enterprise_then_seen_and_not_handled(at, bo):
    with acting_for(at.authority.id):
        reported(at.worker, "38.2")
        incident = Incident.objects.get()
    assert bo.get(reverse("health:incident", args=[incident.id])).status_code == 200
    assert bo.get(reverse("health:look_after", args=[incident.id])).status_code == 403


def test_incidents_when_listed_then_only_those_in_sight(at, park):
    with acting_for(at.authority.id):
        reported(at.worker, "38.2")
        reported(at.stranger, "38.2")
    page = park.get("/health/incidents/").content.decode()
    assert at.worker.name in page
    assert at.stranger.name not in page


def test_notify_when_a_hospital_calls_then_opened(at, park):
    url = reverse("health:notify", args=[at.worker.id])
    assert park.post(url, {"source": "同济医院来电"}).status_code == 302
    with acting_for(at.authority.id):
        assert Incident.objects.get().source == "同济医院来电"


def test_report_for_when_by_the_contact_then_kept_as_by_proxy(at, bo):
    sent = {"temperature": "36.4", "place": "work", "day": TODAY.isoformat()}
    assert bo.post(reverse("health:report_for", args=[at.worker.id]), sent).status_code == 302
    assert rows_of(at)[0].way == Way.PROXY


def test_person_page_when_reported_then_its_days_and_ways(at, bo):
    with acting_for(at.authority.id):
        reported(at.worker, "36.7")
    page = bo.get(reverse("people:detail", args=[at.worker.id])).content.decode()
    assert "36.7 °C" in page
    assert reverse("health:card", args=[at.worker.id]) in page


def test_enterprise_page_when_some_are_missing_then_counted(at, bo):
    assert (
        "Today 0 of 2 have reported."
        in bo.get(reverse("enterprises:detail", args=[at.firm.id])).content.decode()
    )


# ---------------------------------------------------------------- paper


def test_card_when_printed_then_a_line_for_each_of_fourteen_days(at, bo):
    with acting_for(at.authority.id):
        reported(at.worker, "36.7")
    page = bo.get(reverse("health:card", args=[at.worker.id])).content.decode()
    assert page.count("not reported") == 13
    with acting_for(at.authority.id):
        assert str(at.worker.document) not in page


def test_sheet_excel_when_a_reason_is_given_then_the_usual_layout_with_its_mark(at, bo):
    with acting_for(at.authority.id):
        operations.report(at.worker.id, said(note="=1+1"), way=Way.PROXY, actor=at.bo, now=NOW)
    url = reverse("health:paper_excel", args=[at.firm.id])
    assert bo.post(url, {"reason": ""}).status_code == 422
    answer = bo.post(url, {"reason": "日报存档"})
    lines = [
        [cell for cell in line if cell is not None]
        for line in openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True)
    ]
    assert lines[0] == ["Daily health sheet"]
    assert lines[2][:3] == ["No.", "Crew", "Person"]
    assert {line[2] for line in lines[3:5]} == {at.worker.name, at.mate.name}
    assert "日报存档" in str(lines[-1][0])
    assert any("=1+1" in str(cell) for line in lines for cell in line)


def test_card_pdf_when_read_by_another_reader_then_the_values_stand_there_and_numbers_are_masked(at, bo):
    with acting_for(at.authority.id):
        somebody = people.registered(at.firm, name="张𠮷")
        reported(somebody, "36.7")
        number = str(somebody.document)
    page = read(bo.post(reverse("health:card_pdf", args=[somebody.id]), {"reason": "就诊"}).content)[0]
    for text in ("Healthmanagementcard", "张𠮷", at.firm.name, "36.7", "2022-04-27", "就诊", "Page1of1"):
        assert text in page
    assert page.count("notreported") == 13
    assert number not in page
    assert number[-4:] in page


def test_sheet_pdf_when_asked_for_in_chinese_then_in_chinese(at, bo):
    bo.cookies["fugong_language"] = "zh-hans"
    answer = bo.post(reverse("health:paper_pdf", args=[at.firm.id]), {"reason": "日报存档"})
    assert answer.headers["Content-Type"] == "application/pdf"
    page = read(answer.content)[0]
    for text in ("健康", at.worker.name, at.mate.name, "未报", "日报存档", "第1页，共1页"):
        assert text in page


def test_sheet_pdf_when_no_reason_is_given_then_refused_and_nothing_recorded(at, bo):
    assert bo.post(reverse("health:paper_pdf", args=[at.firm.id]), {"reason": " "}).status_code == 422
    with acting_for(at.authority.id):
        assert not AuditEntry.objects.filter(action="exports.make").exists()


def test_sheet_pdf_when_taken_out_then_on_record_with_its_reason(at, bo):
    bo.post(reverse("health:paper_pdf", args=[at.firm.id]), {"reason": "日报存档"})
    with acting_for(at.authority.id):
        row = AuditEntry.objects.get(action="exports.make")
    assert row.note == "日报存档"
    assert row.changes["format"] == "pdf"
    assert row.changes["table"] == "health-sheet"


def test_sheet_pdf_when_of_another_enterprise_then_not_found(at, bo):
    assert bo.post(reverse("health:paper_pdf", args=[at.far.id]), {"reason": "x"}).status_code == 404
    assert bo.post(reverse("health:card_pdf", args=[at.stranger.id]), {"reason": "x"}).status_code == 404


def test_sheet_pdf_when_two_hundred_work_there_then_several_pages_in_as_many_statements(at, bo):
    url = reverse("health:paper_pdf", args=[at.firm.id])
    few = statements_of(bo, url)
    with acting_for(at.authority.id):
        for number in range(198):
            people.registered(at.firm, name=f"职工{number}")
    many = statements_of(bo, url)
    assert many <= few
    pages = read(bo.post(url, {"reason": "存档"}).content)
    assert len(pages) > 3
    assert "200" in pages[-1]


# ---------------------------------------------------------------- signs and thermometers


def test_quality_when_one_value_for_a_week_then_told_to_the_inspector_only(at, bo, inspector):
    with acting_for(at.authority.id):
        for back in range(7):
            day = TODAY - timedelta(days=back)
            reported(at.worker, now=NOW - timedelta(days=back), day=day)
        assert operations.find_signs(at.authority.id, day=TODAY, now=NOW) == 1
        assert operations.find_signs(at.authority.id, day=TODAY, now=NOW) == 0
        assert QualitySign.objects.get().people == [at.worker.id]
    assert "36.5 °C on 7 days in a row" in inspector.get("/health/quality/").content.decode()
    page = inspector.get(reverse("health:quality_of", args=[at.firm.id])).content.decode()
    assert at.worker.name in page
    assert bo.get("/health/quality/").status_code == 403


def test_kiosks_when_made_by_the_contact_then_the_key_is_shown_once(at, bo):
    answer = bo.post(reverse("health:issue_kiosk", args=[at.firm.id]), {"name": "东门"})
    token = answer.content.decode().split('class="token">')[1].split("<")[0]
    assert operations.find_kiosk(token).name == "东门"
    assert token not in bo.get(reverse("health:kiosks", args=[at.firm.id])).content.decode()


def test_kiosks_when_of_another_enterprise_then_not_found(at, bo):
    assert bo.get(reverse("health:kiosks", args=[at.far.id])).status_code == 404


def test_pages_when_the_playbook_asks_for_no_reports_then_nothing_is_offered(at, monkeypatch):
    monkeypatch.setattr("fugong.health.web.own.queries.find_terms", lambda on: None)
    client, _mark = phone_of(at.worker)
    assert "I am well" not in client.get("/me/").content.decode()
