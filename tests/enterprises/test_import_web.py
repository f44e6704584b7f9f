"""The import's pages: handing in, looking, confirming, and what long lists show meanwhile."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fugong.areas.models import Area, Authority
from fugong.core.importing import later
from fugong.core.importing.choices import BatchState
from fugong.core.tenancy import acting_for
from fugong.enterprises import jobs, operations
from fugong.enterprises.choices import Industry, SizeClass, Tag
from fugong.enterprises.models import Enterprise, ImportBatch
from fugong.enterprises.operations.importing.kind import READ, TAKE_OVER
from fugong.enterprises.rules.importing.columns import LABELS
from tests.accounts import making as people
from tests.enterprises import lists, making
from tests.enterprises.making import NOW

HTMX = {"HX-Request": "true", "HX-Target": "import-state"}
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def north(db: None) -> Authority:
    return people.authority("north", name="北区")


@pytest.fixture
def sign_in(north: Authority) -> Callable[..., Client]:
    def signed_in(role: str, **scope: Any) -> Client:
        with acting_for(north.id):
            client = Client()
            client.force_login(people.holder(north, role, **scope))
        return client

    return signed_in


@pytest.fixture
def reviewer(sign_in: Callable[..., Client]) -> Client:
    return sign_in("reviewer_department")


def hand_in(client: Client, content: bytes, name: str = "台账.xlsx") -> Any:
    return client.post("/enterprises/imports/", {"file": lists.upload(content, name)}, headers=ENGLISH)


def address(answer: Any) -> str:
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"])


def count(authority: Authority) -> int:
    with acting_for(authority.id):
        return Enterprise.objects.count()


def test_list_is_shown_then_confirmed(reviewer: Client, north: Authority, park_a: Area) -> None:
    where = address(hand_in(reviewer, lists.as_xlsx([*lists.rows(2), lists.row(3, code="123")])))
    page = reviewer.get(where, headers=ENGLISH).content.decode()
    assert "Confirming enters 2 enterprises and changes 0" in page
    assert "this one has 3" in page
    assert count(north) == 0
    done = reviewer.post(f"{where}confirm/", headers=ENGLISH, follow=True).content.decode()
    assert "Taken over: 2 new, 0 changed." in done
    assert "confirm/" not in done
    assert count(north) == 2


def test_list_when_handed_in_again_says_that_nothing_changes(
    reviewer: Client, north: Authority, park_a: Area
) -> None:
    content = lists.as_csv(lists.rows(3), encoding="gbk")
    reviewer.post(f"{address(hand_in(reviewer, content, '台账.csv'))}confirm/")
    where = address(hand_in(reviewer, content, "台账.csv"))
    page = reviewer.get(where, headers=ENGLISH).content.decode()
    assert "Nothing to take over" in page
    assert "Read as GB18030" in page
    assert "confirm/" not in page
    assert reviewer.post(f"{where}confirm/").status_code == 409


def test_changes_are_shown_field_by_field(reviewer: Client, park_a: Area, park_b: Area) -> None:
    reviewer.post(f"{address(hand_in(reviewer, lists.as_xlsx(lists.rows(1))))}confirm/")
    other = lists.row(1, staff=7, size="规下", park="乙园区", phone="0554-2512345", tags="重点项目")
    where = address(hand_in(reviewer, lists.as_xlsx([list(lists.HEADINGS), other])))
    page = reviewer.get(where, headers=ENGLISH).content.decode()
    for before, after in (
        ("120", "7"),
        (SizeClass.ABOVE.label, SizeClass.BELOW.label),
        ("park-a", "park-b"),
        (f"{Tag.EXPORT_ORDER.label} · {Tag.KEY_PROJECT.label}", Tag.KEY_PROJECT.label),
    ):
        assert f"<del>{before}</del> → <ins>{after}</ins>" in page
    assert "0554-2512345" not in page


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "a.xlsx", "The file is empty"),
        (b"MZ\x90\x00" + b"\0" * 99, "a.xlsx", "not a file that can be taken"),
        (lists.as_xlsx([["企业名称", "信用代码"], ["a", "b"]]), "a.xlsx", "Size class, Industry, "),
        (lists.as_xlsx(lists.rows(0)), "a.xlsx", "holds no rows"),
    ],
)
def test_file_when_no_list_is_refused_in_a_sentence(
    reviewer: Client, north: Authority, content: bytes, name: str, said: str
) -> None:
    answer = hand_in(reviewer, content, name)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    with acting_for(north.id):
        assert not ImportBatch.objects.exists()


def test_no_file_at_all_is_refused(reviewer: Client) -> None:
    assert reviewer.post("/enterprises/imports/", {}).status_code == 422


def test_rows_with_errors_come_back_as_a_sheet(reviewer: Client, park_a: Area) -> None:
    wrong = lists.row(2, code="9.13E+17", phone="=1+1")
    where = address(hand_in(reviewer, lists.as_csv([*lists.rows(1), wrong]), "a.csv"))
    answer = reviewer.get(f"{where}errors/", headers=ENGLISH)
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == (*lists.HEADINGS, "Errors", "Row of the file")
    assert rows[1][:2] == ("淮南市第2制衣有限公司", "9.13E+17")
    assert "shortened" in str(rows[1][-2])
    assert rows[1][-1] == 3
    assert len(rows) == 2
    assert sheet["J2"].data_type == "s"


def test_template_can_be_filled_in_and_handed_in(reviewer: Client, north: Authority, park_a: Area) -> None:
    for language in ("en", "zh-hans"):
        answer = reviewer.get("/enterprises/imports/template/", headers={"Accept-Language": language})
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        assert len(book.sheetnames) == 3
        sheet, values = book.worksheets[0], book.worksheets[1]
        said = dict(
            zip(
                ("size_class", "industry", "area", "kind", "tags"),
                (cell.value for cell in values[2]),
                strict=True,
            )
        )
        said |= {"name": "富华", "credit_code": making.credit_code(8), "normal_staff": "500"}
        for column, name in enumerate(LABELS, start=1):
            sheet.cell(2, column, said.get(name, ""))
        file = io.BytesIO()
        book.save(file)
        where = address(hand_in(reviewer, file.getvalue()))
        with acting_for(north.id):
            batch = ImportBatch.objects.latest("read_at")
            assert (batch.new, batch.refused) == (1, 0), reviewer.get(where).content.decode()


def test_pages_of_the_import_are_for_who_may_import(sign_in: Callable[..., Client], park_a: Area) -> None:
    paths = ("/enterprises/imports/", "/enterprises/imports/template/")
    for role, status in (("commander", 403), ("inspector", 403), ("reviewer_department", 200)):
        client = sign_in(role)
        assert [client.get(path).status_code for path in paths] == [status] * 2
    assert "/enterprises/imports/" not in sign_in("commander").get("/enterprises/").content.decode()


def test_list_of_somebody_else_is_not_found(sign_in: Callable[..., Client], park_a: Area) -> None:
    where = address(hand_in(sign_in("reviewer_department"), lists.as_xlsx(lists.rows(1))))
    other = sign_in("reviewer_park", area=park_a)
    assert other.get(where).status_code == 404
    assert other.get(f"{where}errors/").status_code == 404
    assert other.post(f"{where}confirm/").status_code == 404
    assert other.post(f"{where}discard/").status_code == 404


def test_list_when_discarded_is_gone(reviewer: Client, north: Authority, park_a: Area) -> None:
    where = address(hand_in(reviewer, lists.as_xlsx(lists.rows(1))))
    assert address(reviewer.post(f"{where}discard/")) == "/enterprises/imports/"
    assert reviewer.post(f"{where}confirm/").status_code == 409
    assert count(north) == 0


def test_long_list_is_left_to_the_worker_and_shows_how_far_it_is(
    reviewer: Client, north: Authority, park_a: Area, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(later, "AT_ONCE", 2)
    where = address(hand_in(reviewer, lists.as_xlsx(lists.rows(5))))
    page = reviewer.get(where, headers=ENGLISH).content.decode()
    part = reviewer.get(where, headers={**ENGLISH, **HTMX}).content.decode()
    assert "0 of 5 rows read" in page
    assert 'hx-trigger="every 1s"' in part
    assert "<html" not in part
    assert part.split("<progress")[1].split("</progress>")[0] in page
    assert f'action="{where}discard/"' in part

    queued = waiting(READ)
    jobs.read_import(**queued)
    jobs.read_import(**queued)
    page = reviewer.get(where, headers=ENGLISH).content.decode()
    assert "Confirming enters 5 enterprises" in page
    assert "every 1s" not in page

    reviewer.post(f"{where}confirm/")
    page = reviewer.get(where, headers=ENGLISH).content.decode()
    assert "5 rows are being taken over" in page
    assert f'action="{where}discard/"' in page
    assert count(north) == 0
    queued = waiting(TAKE_OVER)
    jobs.take_over_import(**queued)
    jobs.take_over_import(**queued)
    assert count(north) == 5


def waiting(task: str) -> dict[str, Any]:
    """What the worker would be given next for this task."""
    with connection.cursor() as cursor:
        cursor.execute("select args from procrastinate_jobs where task_name = %s order by id desc", [task])
        given = cursor.fetchone()[0]
    return given if isinstance(given, dict) else dict(json.loads(given))


def test_long_list_when_the_register_moved_is_put_back(
    reviewer: Client, north: Authority, park_a: Area, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(later, "AT_ONCE", 2)
    where = address(hand_in(reviewer, lists.as_xlsx(lists.rows(5))))
    jobs.read_import(**waiting(READ))
    reviewer.post(f"{where}confirm/")
    with acting_for(north.id):
        making.registered(park_a, credit_code=making.credit_code(3))
    jobs.take_over_import(**waiting(TAKE_OVER))
    page = reviewer.get(where, headers=ENGLISH).content.decode()
    assert "The register has changed since the file was read" in page
    assert count(north) == 1
    with acting_for(north.id):
        assert ImportBatch.objects.get().state == BatchState.READ


@given(
    rows=st.lists(
        st.fixed_dictionaries(
            {
                "name": st.text("甲乙丙丁樂森·（）𠮷ABCabc 12", min_size=1, max_size=12).filter(str.strip),
                "size_class": st.sampled_from(SizeClass),
                "industry": st.sampled_from(Industry),
                "normal_staff": st.integers(0, 99_999),
                "tags": st.lists(st.sampled_from(Tag), unique=True).map(tuple),
                "address": st.text("路号1-#", max_size=8),
            }
        ),
        min_size=1,
        max_size=6,
    ),
    language=st.sampled_from(["en", "zh-hans"]),
    kind=st.sampled_from(["xlsx", "csv"]),
)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_import_of_an_export_changes_nothing(
    reviewer: Client, park_a: Area, rows: list[dict[str, Any]], language: str, kind: str
) -> None:
    with acting_for(park_a.authority_id):
        for said in rows:
            making.registered(park_a, **said)
        number = Enterprise.objects.count()
    spoken = {"Accept-Language": language}
    answer = reviewer.post("/enterprises/export/", {"format": kind, "reason": "核对"}, headers=spoken)
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    with acting_for(park_a.authority_id):
        batch = operations.start_import(
            lists.upload(content, f"export.{kind}"), actor=making.person(park_a.authority), now=NOW
        )
    assert (batch.unchanged, batch.new, batch.changed, batch.refused) == (number, 0, 0, 0)
