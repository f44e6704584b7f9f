"""A table as a file: reasoned, recorded, harmless to open, and exactly what was filtered."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime

import openpyxl
import pytest
from django.contrib.contenttypes.models import ContentType
from django.http import FileResponse
from django.test import RequestFactory
from django.utils.translation import override

from fugong.core.refusals import Invalid
from fugong.core.web import exports
from fugong.core.web.exports import Export, export_table, plain
from tests.core.web.kinds import KINDS

pytestmark = pytest.mark.django_db
NOW = datetime(2022, 4, 27, 10, 30, tzinfo=UTC)
MARK = "Ann, 2022-04-27 18:30"


def export(
    query: str = "", *, kept: list[Export] | None = None, mark: str = MARK, **posted: str
) -> FileResponse:
    request = RequestFactory().post(
        f"/kinds/export{query}", {"reason": "weekly list", "format": "csv", **posted}
    )
    table = KINDS.bind(ContentType.objects.all(), request)

    def record(act: Export) -> str:
        if kept is not None:
            kept.append(act)
        return mark

    return export_table(table, request, now=NOW, record=record)


def content(response: FileResponse) -> bytes:
    """Closes the file alone: closing the response ends the request, and with it the test's connection."""
    file = response.file_to_stream
    assert file is not None
    with file:
        return b"".join(response.streaming_content)  # type: ignore[arg-type]


def csv_rows(response: FileResponse) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content(response).decode("utf-8-sig"))))


def test_csv_holds_what_is_filtered_in_its_order_on_all_pages() -> None:
    rows = csv_rows(export("?sort=-number"))
    assert rows[0] == ["Name", "Context", "Number", "Drawn"]
    numbers = sorted(ContentType.objects.values_list("pk", flat=True), reverse=True)
    assert [int(row[2]) for row in rows[1:-1]] == numbers
    assert rows[-1] == [MARK]


def test_csv_begins_with_the_sign_that_spreadsheets_know_unicode_by() -> None:
    response = export()
    assert response.headers["Content-Disposition"] == 'attachment; filename="kinds-20220427-1830.csv"'
    assert content(response).startswith(b"\xef\xbb\xbf")


def test_csv_cell_that_looks_like_a_formula_is_text() -> None:
    rows = csv_rows(export("?app=sessions"))
    assert rows[1][3] == "'=session"


def test_xlsx_holds_numbers_as_numbers_and_formulas_as_text() -> None:
    book = openpyxl.load_workbook(io.BytesIO(content(export("?app=sessions", format="xlsx"))))
    sheet = book.active
    assert sheet is not None
    assert [cell.value for cell in sheet[1]] == ["Name", "Context", "Number", "Drawn"]
    assert isinstance(sheet.cell(2, 3).value, int)
    assert (sheet.cell(2, 4).value, sheet.cell(2, 4).data_type) == ("=session", "s")
    assert sheet.cell(sheet.max_row, 1).value == MARK


def test_export_is_recorded_with_its_reason_and_size() -> None:
    kept: list[Export] = []
    content(export("?app=sessions&app=auth", kept=kept, reason="  for the headquarters "))
    rows = ContentType.objects.filter(app_label__in=["auth", "sessions"]).count()
    columns = ("model", "app", "number", "drawn")
    wanted = Export("kinds", "csv", "for the headquarters", "?app=auth&app=sessions", rows, columns)
    assert kept == [wanted]


@pytest.mark.parametrize("posted", [{"reason": "  "}, {"reason": ""}, {"format": "exe"}, {"format": ""}])
def test_export_without_a_reason_or_a_form_is_refused_unrecorded(posted: dict[str, str]) -> None:
    kept: list[Export] = []
    with pytest.raises(Invalid):
        export(kept=kept, **posted)
    assert kept == []


def test_export_of_too_much_is_refused_unrecorded(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[Export] = []
    monkeypatch.setattr(exports, "ROW_LIMIT", 2)
    with pytest.raises(Invalid, match="2"):
        export(kept=kept)
    assert kept == []


def test_plain_values_are_local_and_typed() -> None:
    assert plain(NOW) == datetime(2022, 4, 27, 18, 30)  # noqa: DTZ001 - a spreadsheet knows no time zones
    assert plain(date(2022, 4, 27)) == date(2022, 4, 27)
    assert plain(None) is None
    assert plain(0) == 0
    assert plain(["x"]) == "['x']"


def test_file_says_what_it_was_narrowed_to_before_its_mark() -> None:
    with override("en"):
        rows = csv_rows(export("?app=sessions&app=auth&q=s"))
    assert rows[-2:] == [["Narrowed to: Search: s, Context: auth, Context: sessions"], [MARK]]
