"""What a table shows, as a file: never without a reason, never unrecorded, never more than was asked."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from tempfile import TemporaryFile
from typing import IO, Any, TypeVar

import xlsxwriter
from django.db.models import Model
from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fugong.core.clock import LOCAL
from fugong.core.exporting import MAKE, record_export
from fugong.core.punctuation import labelled
from fugong.core.refusals import Invalid
from fugong.core.web.pages import AskingRequest
from fugong.core.web.tables import BoundTable

Row = TypeVar("Row", bound=Model)

ROW_LIMIT = 100_000
CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A spreadsheet runs a cell that begins with one of these as a formula.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Export:
    """The act to record: which table, narrowed how, in which form, how many rows, and what for."""

    table: str
    format: str
    reason: str
    parameters: str
    rows: int
    columns: tuple[str, ...]


def answer_export(
    request: AskingRequest, table: BoundTable[Row], *, now: datetime, needs: Collection[str] = (MAKE,)
) -> FileResponse:
    """`export_table`, recorded in the name of whoever asks: the one way every list is taken out.

    `needs` are all the permissions it takes. Raises NotPermitted where one is missing.
    """

    def record(asked: Export) -> str:
        taken = {"table": asked.table, "format": asked.format, "rows": asked.rows}
        taken |= {"columns": list(asked.columns), "narrowed": asked.parameters}
        return record_export(taken, reason=asked.reason, actor=request.actor, now=now, needs=needs)

    return export_table(table, request, now=now, record=record)


def export_table(
    table: BoundTable[Row], request: HttpRequest, *, now: datetime, record: Callable[[Export], str]
) -> FileResponse:
    """Answers the export form of parts/table.html with the rows it shows, all pages of them.

    `record` keeps the act before anything is written, and returns the mark that the file carries on its last
    line: for whom it was made, and when. Refuses an export without a reason, or of more than ROW_LIMIT rows.
    """
    asked = _read(table, request)
    mark = record(asked)
    lines = _lines(table, mark)
    file: IO[bytes] = TemporaryFile()  # noqa: SIM115 - the response closes it when it is sent
    (_write_csv if asked.format == "csv" else _write_xlsx)(file, lines)
    file.seek(0)
    name = f"{table.table.key}-{now.astimezone(LOCAL):%Y%m%d-%H%M}.{asked.format}"
    kind = CSV if asked.format == "csv" else XLSX
    return FileResponse(file, as_attachment=True, filename=name, content_type=kind)


def _read(table: BoundTable[Row], request: HttpRequest) -> Export:
    reason = request.POST.get("reason", "").strip()
    chosen = request.POST.get("format", "")
    if not reason:
        raise Invalid(gettext_lazy("Say what the export is for."), code="no_reason")
    if chosen not in ("csv", "xlsx"):
        raise Invalid(gettext_lazy("Files are made as Excel or CSV."), code="unknown_format")
    rows = table.found.order_by()[: ROW_LIMIT + 1].count()
    if rows > ROW_LIMIT:
        message = _("More than %(limit)s rows: narrow the table first.") % {"limit": ROW_LIMIT}
        raise Invalid(message, code="too_many_rows")
    columns = tuple(column.key for column in table.table.columns if column.is_exported)
    return Export(table.table.key, chosen, reason[:200], table.parameters(), rows, columns)


def _lines(table: BoundTable[Row], mark: str) -> Iterator[Sequence[object]]:
    columns = [column for column in table.table.columns if column.is_exported]
    yield [str(column.label) for column in columns]
    for row in table.found[:ROW_LIMIT].iterator(chunk_size=2_000):
        yield [plain(column.exported(row)) for column in columns]
    if words := table.narrowing:
        yield [labelled(_("Narrowed to"), words)]
    if mark:
        yield [mark]


def plain(value: object) -> object:
    """What a cell holds: a number, a date, a local time, or text."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return value.astimezone(LOCAL).replace(tzinfo=None)
    if value is None or isinstance(value, int | float | Decimal | date):
        return value
    return str(value)


def _write_csv(file: IO[bytes], lines: Iterable[Sequence[object]]) -> None:
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(text)
    for line in lines:
        writer.writerow([_harmless(value) for value in line])
    text.flush()
    text.detach()


def _harmless(value: object) -> object:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, str) and value.startswith(FORMULA_SIGNS):
        return f"'{value}"
    return value


def _write_xlsx(file: IO[bytes], lines: Iterable[Sequence[object]]) -> None:
    book = xlsxwriter.Workbook(
        file,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "remove_timezone": True,
        },
    )
    sheet = book.add_worksheet()
    looks = {
        "head": book.add_format({"bold": True, "bg_color": "#E9F0F9", "border": 1}),
        datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        date: book.add_format({"num_format": "yyyy-mm-dd"}),
    }
    for number, line in enumerate(lines):
        for place, value in enumerate(line):
            look: Any = looks["head"] if number == 0 else looks.get(type(value))
            if value is not None:
                sheet.write(number, place, value, look)
    sheet.freeze_panes(1, 0)
    book.close()
