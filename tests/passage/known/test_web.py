"""The pages of passages by status, words and statements."""

from __future__ import annotations

import io
from datetime import timedelta

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fugong.accounts.choices import ENTERPRISE, Subject
from fugong.core.audit.models import AuditEntry
from fugong.core.tenancy import acting_for
from fugong.passage.choices import Answer, Reason, SubjectKind, Way
from tests.accounts import making as accounts
from tests.core.papers.test_pdf import read
from tests.core.web.people import signed_in
from tests.passage.known.making import TODAY, clock, kept, out, scan
from tests.people import making as people
from tests.people.own import making as phones


def client_of(authority, role, *, subject=None, area=None):
    with acting_for(authority.id):
        return signed_in(accounts.holder(authority, role, subject=subject, area=area))


@pytest.fixture
def bo(at):
    subject = Subject(ENTERPRISE, at.firm.id, at.firm.name)
    return client_of(at.authority, "enterprise_contact", subject=subject)


@pytest.fixture
def park(at):
    return client_of(at.authority, "reviewer_park", area=at.park)


def asked(**changes):
    plain = {"since": "2022-04-20", "until": "2022-04-27", "reason": "tracing", "days": "1"}
    return {key: value for key, value in (plain | changes).items() if value is not None}


def audited(at, action):
    with acting_for(at.authority.id):
        return AuditEntry.objects.filter(action=action).count()


def text(response):
    return response.content.decode()


def test_the_days_of_a_person_when_asked_for_with_a_reason_then_are_shown_and_recorded(at, park):
    kept(
        at.authority,
        scan(clock("08:00"), at.east, at.worker),
        scan(clock("07:58"), at.east, at.worker, answer=Answer.STOP, reason=Reason.FEVER),
    )
    url = reverse("passages:person", args=[at.worker.id])
    assert "东门" not in text(park.get(url))
    assert audited(at, "passage.look") == 0
    response = park.post(url, asked())
    assert response.status_code == 200
    assert "东门" in text(response)
    assert "Temperature at the limit or above" in text(response)
    assert audited(at, "passage.look") == 1


def test_whom_met_when_asked_for_then_names_only_those_whose_files_the_reader_sees(at, park):
    kept(
        at.authority,
        scan(clock("08:00"), at.east, at.worker),
        scan(clock("08:10"), at.east, at.mate),
        scan(clock("08:20"), at.east, at.stranger),
    )
    response = park.post(reverse("passages:person", args=[at.worker.id]), asked(days=None, met="1"))
    assert "王芳" in text(response)
    assert "赵强" not in text(response)
    assert "赵*" in text(response)
    assert "2 people were there at the same time" in text(response)
    assert "there are more people than counted here" not in text(response)


def test_whom_met_when_there_are_more_than_are_listed_then_says_so(at, park, monkeypatch):
    monkeypatch.setattr("fugong.passage.web.looking.MOST_OVERLAPS", 1)
    kept(at.authority, scan(clock("08:00"), at.east, at.worker), scan(clock("08:10"), at.east, at.mate))
    response = park.post(reverse("passages:person", args=[at.worker.id]), asked(days=None, met="1"))
    assert "These are only the 1 meetings" in text(response)


def test_a_look_without_a_reason_then_is_refused_with_the_form(at, park):
    response = park.post(reverse("passages:person", args=[at.worker.id]), asked(reason=""))
    assert response.status_code == 422
    assert audited(at, "passage.look") == 0


def test_an_enterprise_then_does_not_trace(at, bo):
    assert bo.get(reverse("passages:person", args=[at.worker.id])).status_code == 403


def test_the_file_of_a_person_then_has_the_way_to_the_days_and_not_the_days(at, park, bo):
    kept(at.authority, scan(clock("08:00"), at.east, at.worker))
    page = text(park.get(reverse("people:detail", args=[at.worker.id])))
    assert reverse("passages:person", args=[at.worker.id]) in page
    assert "东门" not in page
    assert "Look at the passages" not in text(bo.get(reverse("people:detail", args=[at.worker.id])))


def test_a_look_then_is_told_in_the_persons_file(at, park):
    park.post(reverse("passages:person", args=[at.worker.id]), asked())
    assert "Passages looked at" in text(park.get(reverse("people:detail", args=[at.worker.id])))


def test_a_gates_day_then_counts_by_hour_and_names_nobody(at, bo):
    kept(
        at.authority,
        scan(clock("08:00"), at.east, at.worker),
        out(clock("09:10"), at.east, at.worker),
        scan(clock("09:20"), at.east, at.mate, answer=Answer.ASK, reason=Reason.CREW_HOURS),
        scan(clock("09:30"), at.east, subject_kind=SubjectKind.VEHICLE, way=Way.PLATE),
    )
    page = text(bo.get(reverse("passages:gate_day", args=[at.east.id])))
    assert "2 in, 1 out" in page
    assert "Outside the shift" in page
    assert "李伟" not in page
    assert "王芳" not in page


def test_a_gates_day_when_another_day_is_asked_for_then_is_of_that_day(at, bo):
    kept(at.authority, scan(clock("08:00", TODAY - timedelta(days=1)), at.east, at.worker))
    url = reverse("passages:gate_day", args=[at.east.id])
    assert "Nothing was scanned here" in text(bo.get(url))
    assert "1 in, 0 out" in text(bo.get(url, {"day": "2022-04-26"}))
    assert "Nothing was scanned here" in text(bo.get(url, {"day": "nonsense"}))


def test_a_gate_of_nobody_the_reader_speaks_for_then_is_not_there(at, bo):
    assert bo.get(reverse("passages:gate_day", args=[at.road.id])).status_code == 404


def test_the_statements_of_a_gates_day_then_do_not_grow_with_its_scans(at, bo):
    url = reverse("passages:gate_day", args=[at.east.id])

    def statements():
        with CaptureQueriesContext(connection) as seen:
            assert bo.get(url).status_code == 200
        return len(seen)

    kept(at.authority, scan(clock("08:00"), at.east, at.worker))
    statements()
    few = statements()
    with acting_for(at.authority.id):
        kept(
            at.authority, *(scan(clock("08:01") + timedelta(minutes=n), at.east, at.mate) for n in range(60))
        )
    assert statements() == few


def test_who_is_inside_then_is_listed_by_crew_to_tick_off(at, bo):
    kept(at.authority, scan(clock("08:00"), at.east, at.worker), scan(clock("08:00"), at.east))
    page = text(bo.get(reverse("passages:inside", args=[at.firm.id])))
    assert "甲班" in page
    assert "李伟" in page
    assert "2 people inside" in page
    assert "nobody can call them by name" in page


def test_the_roll_of_who_is_inside_when_taken_out_then_is_on_record(at, bo):
    kept(at.authority, scan(clock("08:00"), at.east, at.worker))
    response = bo.post(reverse("passages:inside_pdf", args=[at.firm.id]), {"reason": "Evacuation"})
    assert "李伟" in "".join(read(response.content))
    response = bo.post(reverse("passages:inside_excel", args=[at.firm.id]), {"reason": "Evacuation"})
    cells = [
        str(cell)
        for row in openpyxl.load_workbook(io.BytesIO(response.content)).active.values
        for cell in row
    ]
    assert "李伟" in cells
    assert audited(at, "exports.make") == 2
    assert bo.post(reverse("passages:inside_pdf", args=[at.firm.id]), {"reason": " "}).status_code == 422


def test_who_is_inside_another_enterprise_then_is_not_told(at, bo):
    assert bo.get(reverse("passages:inside", args=[at.far.id])).status_code == 404


def test_the_daily_gate_report_then_counts_each_gate_by_hour(at, bo):
    kept(
        at.authority,
        scan(clock("08:00"), at.east, at.worker),
        out(clock("08:30"), at.west, at.worker),
        scan(clock("09:00"), at.west, at.mate, answer=Answer.STOP, reason=Reason.LEVEL),
    )
    assert "东门" in text(bo.get(reverse("passages:report", args=[at.firm.id])))
    response = bo.post(reverse("passages:report_excel", args=[at.firm.id]), {"reason": "monthly"})
    rows = list(openpyxl.load_workbook(io.BytesIO(response.content)).active.values)
    assert ("西门", "The day", "0", "1", "0", "1") in {row[:6] for row in rows}
    assert ("东门", "08:00", "1", "0", "0", "0") in {row[:6] for row in rows}


def test_the_enterprises_page_then_leads_to_its_gates(at, bo):
    page = text(bo.get(reverse("enterprises:detail", args=[at.firm.id])))
    assert reverse("passages:inside", args=[at.firm.id]) in page
    assert "东门" in page


def test_a_worker_then_sees_the_own_days_and_the_refusals(at):
    kept(
        at.authority,
        scan(clock("08:00"), at.east, at.worker),
        scan(clock("07:58"), at.east, at.worker, answer=Answer.STOP, reason=Reason.FEVER),
        scan(clock("08:30"), at.west, at.mate),
    )
    with acting_for(at.authority.id):
        phone = phones.holding(phones.phone_of(at.worker))
    page = text(phone.get(reverse("passages:own")))
    assert "东门" in page
    assert "Temperature at the limit or above" in page
    assert "西门" not in page
    assert "东门" in text(phone.get(reverse("own:home")))


def test_a_page_of_another_worker_without_a_scan_then_says_so(at):
    with acting_for(at.authority.id):
        phone = phones.holding(phones.phone_of(people.registered(at.firm, name="新人")))
    assert "Nothing was scanned." in text(phone.get(reverse("passages:own")))


def desk_form(**changes):
    plain = {"plate": "皖D12345", "people": "2", "direction": "1", "nonce": "77", "at": "1651026600000000"}
    return plain | changes


def test_the_desk_then_answers_large_and_is_ready_for_the_next(at, park):
    url = reverse("passages:desk", args=[at.road.id])
    page = text(park.get(url))
    assert "皖" in page
    response = park.post(url, desk_form(name_0="过客", temperature_0="36.6"))
    assert response.status_code == 200
    assert "Check" in text(response)
    assert "1 vehicles, 2 people" in text(response)
    assert 'value="77"' not in text(response)
    again = park.post(url, desk_form(name_0="过客", temperature_0="36.6"))
    assert "taken down before" in text(again)
    assert "1 vehicles, 2 people" in text(again)


def test_the_desk_when_a_value_cannot_be_then_keeps_what_was_typed(at, park):
    url = reverse("passages:desk", args=[at.road.id])
    for changes in ({"plate": "XX"}, {"people": "0"}, {"temperature_0": "hot"}, {"origin": "不存在"}):
        response = park.post(url, desk_form(**changes))
        assert response.status_code == 422, changes
    assert 'value="皖D12345"' in text(response)
    page = park.post(
        url, desk_form(plate="XX", who_0="34040019900101001X", name_1="过客", temperature_1="36.6")
    )
    for typed in ('name="who_0" value="34040019900101001X"', 'value="过客"', 'value="36.6"'):
        assert typed in page.content.decode()


def test_a_desk_then_is_for_checkpoints_on_the_guards_ground_only(at, park, bo):
    assert park.get(reverse("passages:desk", args=[at.east.id])).status_code == 404
    assert bo.get(reverse("passages:desk", args=[at.road.id])).status_code in (403, 404)
    assert "高速卡口" in text(park.get(reverse("passages:desks")))


def test_the_checkpoints_when_nothing_passed_then_no_empty_picture_is_drawn(at, park):
    page = park.get(reverse("passages:roads"))
    assert "Nothing was scanned here on this day." in text(page)
    assert "<rect" not in page.content.decode()


def test_the_checkpoints_then_add_up_by_hour_and_by_gate(at, park):
    park.post(reverse("passages:desk", args=[at.road.id]), desk_form())
    assert "1 vehicles and 2 people" in text(park.get(reverse("passages:roads")))
    response = park.post(reverse("passages:roads_excel"), {"reason": "日报", "day": TODAY.isoformat()})
    rows = {row[:4] for row in openpyxl.load_workbook(io.BytesIO(response.content)).active.values}
    assert ("高速卡口", "Since the first day", "1", "2") in rows
    assert ("高速卡口", "10:00", "1", "2") in rows


def test_the_situation_page_then_counts_todays_passages_of_the_readers_ground(at):
    kept(
        at.authority,
        scan(clock("08:00"), at.east, at.worker),
        scan(clock("09:00"), at.road, subject_kind=SubjectKind.VEHICLE, way=Way.PLATE, answer=Answer.ASK),
    )
    commander = text(client_of(at.authority, "commander").get(reverse("command:situation")))
    assert "Gates today" in commander
    other = text(client_of(at.authority, "reviewer_park", area=at.other).get(reverse("command:situation")))
    assert "Gates today" not in other
