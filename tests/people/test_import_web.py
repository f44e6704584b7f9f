"""The pages of lists of staff: handing in, looking, deciding, confirming; and the files that they give."""

from __future__ import annotations

import io
import json
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fugong.accounts.choices import ENTERPRISE, Subject
from fugong.core.importing import later
from fugong.core.tenancy import acting_for
from fugong.people import jobs
from fugong.people.models import ImportBatch, ImportRow, Person
from fugong.people.operations.importing.kind import READ, TAKE_OVER
from fugong.people.rules.importing.columns import LABELS
from tests.accounts import making as accounts
from tests.enterprises import lists
from tests.people import making, staff_lists
from tests.people.conftest import Ground

ENGLISH = {"Accept-Language": "en"}
HTMX = {"HX-Request": "true", "HX-Target": "import-state"}


def signed_in(at: Ground, role: str, **scope: Any) -> Client:
    with acting_for(at.authority.id):
        client = Client()
        client.force_login(accounts.holder(at.authority, role, **scope))
    return client


@pytest.fixture
def park(at: Ground) -> Client:
    return signed_in(at, "reviewer_park", area=at.park)


@pytest.fixture
def contact(at: Ground) -> Client:
    return signed_in(at, "enterprise_contact", subject=Subject(ENTERPRISE, at.firm.id, at.firm.name))


def hand_in(client: Client, lines: list[list[Any]], **said: Any) -> Any:
    given = {"file": staff_lists.upload(lines), **said}
    return client.post("/people/imports/", given, headers=ENGLISH)


def address(answer: Any) -> str:
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"])


def text(answer: Any) -> str:
    return str(answer.content.decode())


def count(at: Ground) -> int:
    with acting_for(at.authority.id):
        return Person.objects.count()


def test_contact_hands_the_list_of_the_one_enterprise_in(at: Ground, contact: Client) -> None:
    form = text(contact.get("/people/imports/", headers=ENGLISH))
    assert at.firm.name in form
    assert "As the column" not in form
    lines = [*staff_lists.rows(2), staff_lists.row(3, document="123")]
    where = address(hand_in(contact, lines, enterprise_id=at.firm.id))
    page = text(contact.get(where, headers=ENGLISH))
    assert "Confirming opens 2 files" in page
    assert "this one has 3" in page
    assert "Number of the document (cell C4)" in page
    number = making.resident_id(1, born="19880808")
    assert number not in page
    assert f"{number[:3]}***********{number[-4:]}" in page
    assert count(at) == 0
    done = text(contact.post(f"{where}confirm/", headers=ENGLISH, follow=True))
    assert "Taken over: 2 new, 0 from elsewhere, 0 changed." in done
    assert f'href="{where}errors/"' in done
    assert count(at) == 2
    with acting_for(at.authority.id):
        person = Person.objects.first()
    assert "File opened from a list" in text(contact.get(f"/people/{person.id}/", headers=ENGLISH))


def test_list_without_an_enterprise_needs_the_column(at: Ground, park: Client) -> None:
    answer = hand_in(park, staff_lists.rows(1))
    assert answer.status_code == 422
    assert "These columns are missing: Enterprise" in text(answer)
    lines = staff_lists.for_many(staff_lists.rows(2), [at.firm.name, at.neighbour.credit_code])
    page = text(park.get(address(hand_in(park, lines)), headers=ENGLISH))
    assert "Confirming opens 2 files" in page
    assert page.count(at.neighbour.name) == 1


def test_wrong_type_of_file_is_refused_beside_its_field(park: Client) -> None:
    answer = park.post("/people/imports/", {"file": lists.upload(b"%PDF-1.4", "a.pdf")}, headers=ENGLISH)
    assert answer.status_code == 422
    assert "has-error" in text(answer)


def test_faulty_rows_come_back_as_a_file_that_can_be_handed_in_again(at: Ground, park: Client) -> None:
    lines = [*staff_lists.rows(1), staff_lists.row(2, document=4.4e17)]
    where = address(hand_in(park, lines, enterprise_id=at.firm.id))
    park.post(f"{where}confirm/")
    book = openpyxl.load_workbook(io.BytesIO(park.get(f"{where}errors/", headers=ENGLISH).content))
    head, row = list(book.active.iter_rows(values_only=True))
    assert head[:3] == ("姓名", "证件类型", "证件号码")
    assert "4.4E+17" in str(row[-2])
    assert row[-1] == 3
    corrected = [list(staff_lists.HEADINGS), [*row[:2], making.resident_id(2, born="19880808"), *row[3:-2]]]
    again = address(hand_in(park, corrected, enterprise_id=at.firm.id))
    park.post(f"{again}confirm/")
    assert count(at) == 2


def test_template_when_filled_in_can_be_read(at: Ground, park: Client) -> None:
    for language in ("en", "zh-hans"):
        content = park.get("/people/imports/template/", headers={"Accept-Language": language}).content
        book = openpyxl.load_workbook(io.BytesIO(content))
        sheet = book.worksheets[0]
        assert sheet.max_column == len(LABELS)
        said = staff_lists.row(1)
        for column, value in enumerate([*said[:6], at.firm.name, *said[6:]], start=1):
            sheet.cell(2, column, value)
        file = io.BytesIO()
        book.save(file)
        answer = park.post("/people/imports/", {"file": lists.upload(file.getvalue())}, headers=ENGLISH)
        assert "Confirming opens 1 files" in text(park.get(address(answer), headers=ENGLISH))


def test_same_number_under_another_name_is_decided_by_hand(at: Ground, park: Client) -> None:
    park.post(address(hand_in(park, staff_lists.rows(2), enterprise_id=at.firm.id)) + "confirm/")
    lines = [list(staff_lists.HEADINGS), *(staff_lists.row(each, name="赵某") for each in (1, 2))]
    where = address(hand_in(park, lines, enterprise_id=at.firm.id))
    page = text(park.get(where, headers=ENGLISH))
    assert "Decide 2 rows" in page
    assert "confirm/" not in page
    with acting_for(at.authority.id):
        one, other = ImportRow.objects.filter(outcome="question").order_by("number")
    assert "赵某" in text(park.get(f"{where}questions/", headers=ENGLISH))
    given = {"shown": [str(one.id), str(other.id)], "same": [str(one.id), "nonsense"]}
    assert address(park.post(f"{where}questions/", given)) == where
    assert "Decided: the same person" in text(park.get(where, headers=ENGLISH))
    park.post(f"{where}confirm/")
    with acting_for(at.authority.id):
        assert list(Person.objects.filter(name="赵某").values_list("id", flat=True)) == [one.person_id]


def test_long_list_is_left_to_the_worker_and_shows_how_far_it_is(
    at: Ground, park: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(later, "AT_ONCE", 2)
    monkeypatch.setattr(later, "LARGE", 100)
    where = address(hand_in(park, staff_lists.rows(5), enterprise_id=at.firm.id))
    assert "The file is being opened" in text(park.get(where, headers=ENGLISH))
    with acting_for(at.authority.id):
        ImportBatch.objects.update(total=5, done=2)
    part = text(park.get(where, headers={**ENGLISH, **HTMX}))
    assert "2 of 5 rows read" in part
    assert 'hx-trigger="every 1s"' in part
    with acting_for(at.authority.id):
        ImportBatch.objects.update(total=0, done=0)
    for _twice in range(2):
        jobs.read_import(**waiting(READ))
    assert "Confirming opens 5 files" in text(park.get(where, headers=ENGLISH))
    park.post(f"{where}confirm/")
    assert "5 rows are being taken over" in text(park.get(where, headers=ENGLISH))
    for _twice in range(2):
        jobs.take_over_import(**waiting(TAKE_OVER))
    assert count(at) == 5


def waiting(task: str) -> dict[str, Any]:
    """What the worker would be given next for this task."""
    with connection.cursor() as cursor:
        cursor.execute("select args from procrastinate_jobs where task_name = %s order by id desc", [task])
        given = cursor.fetchone()[0]
    return given if isinstance(given, dict) else dict(json.loads(given))


def test_large_file_that_is_no_list_says_why(
    at: Ground, park: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(later, "LARGE", 100)
    where = address(hand_in(park, [["甲", "乙"], ["丙", "丁"]], enterprise_id=at.firm.id))
    jobs.read_import(**waiting(READ))
    assert "No row of the file names the columns" in text(park.get(where, headers=ENGLISH))


def test_lists_of_others_are_not_there(at: Ground, park: Client, contact: Client) -> None:
    where = address(hand_in(park, staff_lists.rows(1), enterprise_id=at.firm.id))
    for page in ("", "questions/", "errors/"):
        assert contact.get(where + page).status_code == 404
    assert contact.post(where + "confirm/").status_code == 404
    assert signed_in(at, "inspector").get("/people/imports/").status_code == 403
    assert where not in text(contact.get("/people/imports/"))


def test_ways_lead_to_the_import(at: Ground, park: Client) -> None:
    assert 'href="/people/imports/"' in text(park.get("/people/"))
    assert f'href="/people/imports/?enterprise={at.firm.id}"' in text(park.get(f"/enterprises/{at.firm.id}/"))
    form = text(park.get(f"/people/imports/?enterprise={at.firm.id}"))
    assert f'value="{at.firm.id}" selected' in form


def test_preview_asks_no_more_for_many_rows(at: Ground, park: Client) -> None:
    lines = staff_lists.for_many(staff_lists.rows(40), [at.firm.name] * 40)
    where = address(hand_in(park, lines))
    with CaptureQueriesContext(connection) as captured:
        assert park.get(where).status_code == 200
    # Keys that no transaction has committed are looked up each time; in life they are kept for a minute.
    asked = [each["sql"] for each in captured.captured_queries if "core_datakey" not in each["sql"]]
    assert len(asked) < 22
