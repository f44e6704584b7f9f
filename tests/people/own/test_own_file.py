"""The own file: seen, put right, challenged and taken along, by the person and by nobody else."""

from __future__ import annotations

import html
import io
import json
from datetime import timedelta

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fugong.core.audit.models import AuditEntry
from fugong.core.refusals import Conflict, Invalid, NotFound, NotPermitted
from fugong.core.tenancy import acting_for
from fugong.duties.models import Duty
from fugong.people import operations, queries
from fugong.people.choices import ANSWER_DUTY, PhoneEnd
from fugong.people.models import Challenge, Person
from fugong.people.web.own_copy_excel import sheet_of
from fugong.people.web.own_sections import copies_for
from tests.core.web.people import text
from tests.people import making
from tests.people.making import NOW, registered
from tests.people.own.making import given, holding, phone_of, token_in

pytestmark = pytest.mark.django_db


def test_sheet_of_when_alike_rows_then_a_table_with_every_column():
    sheet = sheet_of(
        "健康报告", [{"day": "04-27", "symptoms": ["咳嗽", "乏力"]}, {"day": "04-28", "late": True}]
    )
    assert sheet.head == ["day", "symptoms", "late"]
    assert sheet.rows == [["04-27", "1 咳嗽; 2 乏力", None], ["04-28", None, True]]


@pytest.mark.parametrize(
    ("data", "rows"),
    [
        ({"level": "green", "reasons": [{"rule": "a"}]}, [("level", "green"), ("reasons · 1 · rule", "a")]),
        ([], []),
        (None, [("", None)]),
        (["one", "two"], [("1", "one"), ("2", "two")]),
    ],
)
def test_sheet_of_when_anything_else_then_each_value_with_its_path(data, rows):
    assert list(sheet_of("x", data).rows) == rows


def worker_at(firm, **changes):
    token = phone_of(registered(firm, **changes))
    worker = queries.worker_of(token)
    assert worker is not None
    return worker


def person_of(worker) -> Person:
    return Person.objects.get(id=worker.person_id)


def own_phone(worker, **changes):
    said = {"phone": "13900000001", "lodging": "3号楼", "seen_at": person_of(worker).changed_at}
    return operations.correct_own(worker.person_id, **(said | changes), actor=worker.actor, now=NOW)


class TestCorrecting:
    def test_telephone_and_lodging_hold_at_once_and_are_the_persons_act(self, at):
        worker = worker_at(at.firm)
        own_phone(worker)
        person = person_of(worker)
        assert (str(person.phone), person.lodging) == ("13900000001", "3号楼")
        entry = AuditEntry.objects.get(action="people.correct_own")
        assert entry.actor_id == worker.person_id
        assert "13900000001" not in str(entry.changes)

    def test_an_empty_telephone_stays_as_it_was(self, at):
        worker = worker_at(at.firm, phone="13855400009")
        own_phone(worker, phone="")
        assert str(person_of(worker).phone) == "13855400009"

    def test_what_somebody_else_changed_in_between_is_not_overwritten(self, at):
        worker = worker_at(at.firm)
        with pytest.raises(Conflict):
            own_phone(worker, seen_at=NOW - timedelta(days=1))

    def test_what_cannot_be_right_is_refused_by_field(self, at):
        with pytest.raises(Invalid) as refused:
            own_phone(worker_at(at.firm), phone="x")
        assert set(refused.value.fields) == {"phone"}

    def test_nobody_corrects_another_persons(self, at):
        worker, other = worker_at(at.firm), registered(at.firm)
        for actor in (worker.actor, at.bo):
            with pytest.raises((NotPermitted, NotFound)):
                operations.correct_own(
                    other.id, phone="13900000001", lodging="", seen_at=other.changed_at, actor=actor, now=NOW
                )


class TestChallenging:
    def test_the_enterprise_owes_an_answer_and_gives_it(self, at):
        worker = worker_at(at.firm)
        row = operations.challenge(worker.person_id, entry="name", said="是“芳”", actor=worker.actor, now=NOW)
        (duty,) = Duty.objects.open().filter(kind=ANSWER_DUTY)
        assert duty.owner_enterprise_id == at.firm.id
        operations.answer_challenge(row.id, outcome="corrected", answer="已改", actor=at.bo, now=NOW)
        assert not Duty.objects.open().filter(kind=ANSWER_DUTY).exists()
        row = Challenge.objects.get()
        assert (str(row.said), str(row.answer), row.answered_by_name) == ("是“芳”", "已改", at.bo.name)

    def test_the_duty_stays_while_another_note_is_open(self, at):
        worker = worker_at(at.firm)
        rows = [
            operations.challenge(worker.person_id, entry="name", said=said, actor=worker.actor, now=NOW)
            for said in "一二"
        ]
        operations.answer_challenge(rows[0].id, outcome="stays", answer="无误", actor=at.bo, now=NOW)
        assert Duty.objects.open().filter(kind=ANSWER_DUTY).exists()

    def test_it_is_answered_once_with_an_outcome_and_a_reason(self, at):
        worker = worker_at(at.firm)
        row = operations.challenge(worker.person_id, entry="name", said="错", actor=worker.actor, now=NOW)
        for outcome, answer in (("", "无误"), ("stays", " "), ("stays", "长" * 501)):
            with pytest.raises(Invalid):
                operations.answer_challenge(row.id, outcome=outcome, answer=answer, actor=at.bo, now=NOW)
        operations.answer_challenge(row.id, outcome="stays", answer="无误", actor=at.bo, now=NOW)
        with pytest.raises(Conflict):
            operations.answer_challenge(row.id, outcome="stays", answer="无误", actor=at.bo, now=NOW)

    @pytest.mark.parametrize(
        ("entry", "said", "field"),
        [("none", "错", "entry"), ("name", " ", "said"), ("name", "长" * 501, "said")],
    )
    def test_what_is_not_said_is_asked_for(self, at, entry, said, field):
        worker = worker_at(at.firm)
        with pytest.raises(Invalid) as refused:
            operations.challenge(worker.person_id, entry=entry, said=said, actor=worker.actor, now=NOW)
        assert set(refused.value.fields) == {field}

    def test_neither_the_person_nor_a_neighbour_answers(self, at):
        worker = worker_at(at.firm)
        row = operations.challenge(worker.person_id, entry="name", said="错", actor=worker.actor, now=NOW)
        for actor in (worker.actor, making.contact(at.neighbour)):
            with pytest.raises(NotFound):
                operations.answer_challenge(row.id, outcome="stays", answer="无", actor=actor, now=NOW)

    def test_a_flood_of_notes_is_stopped(self, at):
        worker = worker_at(at.firm)
        for _ in range(20):
            operations.challenge(worker.person_id, entry="other", said="错", actor=worker.actor, now=NOW)
        with pytest.raises(Conflict):
            operations.challenge(worker.person_id, entry="other", said="错", actor=worker.actor, now=NOW)


class TestPages:
    def test_each_entry_shows_where_it_came_from_and_when(self, at, poster):
        phone = token_in(at.authority.id)
        row = given(poster, on=phone, name="王芳")
        operations.confirm(row.id, actor=at.bo, now=NOW)
        worker = queries.worker_of(phone)
        assert worker is not None
        own_phone(worker)
        page = text(holding(phone).get("/me/file/"))
        assert "By the person, on a phone" in page
        assert "2022-04" in page
        assert "139****0001" in page
        assert "13900000001" not in page

    def test_who_read_the_numbers_is_told_with_the_reason(self, at):
        token = phone_of(person := registered(at.firm))
        assert "Nobody so far." in text(holding(token).get("/me/file/"))
        operations.unmask(person.id, reason="call", actor=at.bo, now=NOW)
        page = text(holding(token).get("/me/file/"))
        assert "To reach the person" in page
        assert at.bo.name in page

    def test_a_worker_corrects_on_the_phone(self, at):
        token = phone_of(person := registered(at.firm, now=NOW - timedelta(hours=1)))
        client = holding(token)
        form = {"phone": "13900000002", "lodging": "5号楼", "seen_at": person.changed_at.isoformat()}
        assert client.post("/me/file/correct/", form)["Location"] == "/me/file/"
        assert "139****0002" in text(client.get("/me/file/"))
        refused = client.post("/me/file/correct/", form)
        assert refused.status_code == 422
        assert "Load it again" in text(refused)

    def test_a_form_sent_twice_is_acted_on_once(self, at):
        token = phone_of(registered(at.firm))
        client = holding(token)
        key = "01a21be5-b40c-7138-84bf-b077d644df41"
        form = {"entry": "name", "said": "错", "_once": key}
        answers = [client.post("/me/file/challenge/", form)["Location"] for _ in range(2)]
        assert answers == ["/me/file/"] * 2
        with acting_for(at.authority.id):
            assert Challenge.objects.count() == 1

    def test_a_form_for_one_is_not_sent_for_another_who_was_chosen_in_between(self, at):
        first, second = phone_of(registered(at.firm, name="王芳")), phone_of(registered(at.firm, name="李强"))
        client = holding(second, first)
        client.post("/me/file/challenge/", {"entry": "name", "said": "错", "_as": first.mark})
        with acting_for(at.authority.id):
            assert Challenge.objects.get().person.name == "王芳"

    def test_a_form_for_somebody_who_was_taken_off_is_sent_for_nobody(self, at):
        first, second = phone_of(registered(at.firm, name="王芳")), phone_of(registered(at.firm, name="李强"))
        answer = holding(second).post(
            "/me/file/challenge/", {"entry": "name", "said": "错", "_as": first.mark}
        )
        assert answer["Location"] == "/me/"
        with acting_for(at.authority.id):
            assert not Challenge.objects.exists()

    def test_a_note_and_its_answer_stand_beside_the_entry(self, at, contact):
        token = phone_of(person := registered(at.firm))
        client = holding(token)
        client.post("/me/file/challenge/", {"entry": "home_region", "said": "我是凤台人"})
        desk = text(contact.get(f"/people/{person.id}/"))
        assert "我是凤台人" in desk
        with acting_for(at.authority.id):
            address = f"/people/challenges/{Challenge.objects.get().id}/"
        assert contact.post(address, {"outcome": ""}).status_code == 422
        contact.post(address, {"outcome": "corrected", "answer": "已按身份证更正"})
        page = text(client.get("/me/file/"))
        assert "我是凤台人" in page
        assert "已按身份证更正" in page

    def test_the_copy_wants_the_number_and_holds_everything(self, at):
        token = phone_of(person := registered(at.firm, phone="13855400008"))
        client = holding(token)
        number = str(person.document)
        refused = client.post("/me/file/copy/", {"number": making.resident_id(), "page": "1"})
        assert refused.status_code == 422
        page = client.post("/me/file/copy/", {"number": number, "page": "1"})
        assert "attachment" in page["Content-Disposition"]
        assert page["Cache-Control"] == "no-store"
        assert number in html.unescape(text(page))
        plain = json.loads(client.post("/me/file/copy/", {"number": number, "json": "1"}).content)
        assert plain["person"] == str(person.id)
        assert "13855400008" in json.dumps(plain)
        with acting_for(at.authority.id):
            assert AuditEntry.objects.filter(action="people.take_copy").count() == 2

    def test_the_copy_as_excel_holds_everything_as_text_in_sheets(self, at):
        token = phone_of(person := registered(at.firm, phone="13855400009"))
        client = holding(token)
        client.post("/me/file/challenge/", {"_as": token.mark, "entry": "name", "said": "=1+1"})
        number = str(person.document)
        answer = client.post("/me/file/copy/", {"number": number, "excel": "1"})
        assert answer["Content-Disposition"] == 'attachment; filename="my-file.xlsx"'
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
        values = {cell.value for cell in cells}
        assert {cell.data_type for cell in cells} == {"s"}
        assert {"13855400009", str(person.id), at.firm.name, "=1+1"} <= values
        assert any(number in str(value) for value in values)
        assert len(book.sheetnames) == 7 + len(copies_for(queries.worker_of(token), now=NOW))

    def test_the_number_cannot_be_tried_out(self, at):
        token = phone_of(person := registered(at.firm))
        client = holding(token)
        for _ in range(5):
            client.post("/me/file/copy/", {"number": making.resident_id(), "page": "1"})
        right = client.post("/me/file/copy/", {"number": str(person.document), "page": "1"})
        assert right.status_code == 429
        assert str(person.document) not in text(right)

    def test_a_phone_without_a_person_is_led_to_its_page(self, at):
        for path in ("/me/file/", "/me/file/correct/", "/me/file/challenge/", "/me/file/copy/"):
            assert holding(token_in(at.authority.id)).get(path)["Location"] == "/me/"

    def test_the_file_costs_few_statements(self, at):
        client = holding(phone_of(registered(at.firm)))
        client.get("/me/file/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/me/file/")
        # The key was made in the test's own transaction, and is not remembered while that is open.
        assert len([query for query in asked if "core_datakey" not in query["sql"]]) <= 17

    def test_a_replaced_phone_is_told_and_shows_nothing(self, at):
        token = phone_of(person := registered(at.firm, name="王芳"))
        operations.end_phone(person.id, why=PhoneEnd.LOST, actor=at.bo, now=NOW)
        page = text(holding(token).get("/me/"))
        assert "tell the contact of your enterprise" in page
        assert "王芳" not in page
