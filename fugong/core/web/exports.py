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
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fugong.core.actor import Actor
from fugong.core.clock import LOCAL
from fugong.core.exporting import MAKE, UNMASK, record_export
from fugong.core.exports import keeping
from fugong.core.exports.marking import marked
from fugong.core.operation import operation
from fugong.core.punctuation import labelled
from fugong.core.refusals import Invalid
from fugong.core.web.pages import AskingRequest
from fugong.core.web.tables import BoundTable, Column

Row = TypeVar("Row", bound=Model)

ROW_LIMIT = 100_000
FULL_LIMIT = 1_000
HEADER_LIMIT = 200  # a spreadsheet takes 255
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
    in_full: bool = False


def answer_export(
    request: AskingRequest, table: BoundTable[Row], *, now: datetime, needs: Collection[str] = (MAKE,)
) -> FileResponse:
    """`export_table`, recorded in the name of whoever asks: the one way every list is taken out.

    `needs` are all the permissions it takes. Raises NotPermitted where one is missing. Lists of people go by
    `answer_people_export`.
    """
    assert not table.table.people, table.table.key
    return export_table(
        table, request, now=now, record=lambda asked: _recorded(asked, request.actor, needs, now)
    )


def answer_people_export(
    request: AskingRequest, table: BoundTable[Row], *, now: datetime, needs: Collection[str] = (MAKE,)
) -> HttpResponse:
    """As `answer_export`, for lists of people: leads to where the receiver alone fetches the file."""
    asked = _read(table, request)
    said = _recorded(asked, request.actor, needs, now)
    if asked.in_full:
        _record_each(request, table, asked, now=now)
    wanted = keeping.Wanted(
        table=asked.table,
        name=_file_name(table, asked, now),
        kind=CSV if asked.format == "csv" else XLSX,
        reason=asked.reason,
        rows=asked.rows,
        in_full=asked.in_full,
    )

    def make(key: bytes, number: int) -> bytes:
        return _marked_file(table, asked, said, key, number)

    made = keeping.keep(wanted, make, actor=request.actor, now=now)
    return redirect("core:export", made.id)


def _recorded(asked: Export, actor: Actor, needs: Collection[str], now: datetime) -> str:
    taken: dict[str, object] = {"table": asked.table, "format": asked.format, "rows": asked.rows}
    taken |= {"columns": list(asked.columns), "narrowed": asked.parameters}
    if asked.in_full:
        taken["in_full"] = True
    needed = (*needs, UNMASK) if asked.in_full else needs
    return record_export(taken, reason=asked.reason, actor=actor, now=now, needs=needed)


def _marked_file(table: BoundTable[Row], asked: Export, said: str, key: bytes, number: int) -> bytes:
    mark = _("No. %(number)s. %(mark)s") % {"number": number, "mark": said}
    lines = _lines(table, mark, key=key, in_full=asked.in_full)
    file = io.BytesIO()
    if asked.format == "csv":
        _write_csv(file, lines)
    else:
        _write_xlsx(file, lines, header=mark)
    return file.getvalue()


def _record_each(request: AskingRequest, table: BoundTable[Row], asked: Export, *, now: datetime) -> None:
    """Numbers read in full are told in the file of each person."""
    with operation("exports.unmask", actor=request.actor, now=now) as op:
        for row in table.found[:FULL_LIMIT]:
            op.audit(row, note=asked.reason)


def _file_name(table: BoundTable[Row], asked: Export, now: datetime) -> str:
    return f"{table.table.key}-{now.astimezone(LOCAL):%Y%m%d-%H%M}.{asked.format}"


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
    name = _file_name(table, asked, now)
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
    in_full = table.offers_full and bool(request.POST.get("in_full"))
    if in_full and not 0 < rows <= FULL_LIMIT:
        message = _("Numbers in full: for %(limit)s people at most. Narrow the table first.")
        raise Invalid(message % {"limit": FULL_LIMIT}, code="too_many_in_full")
    return Export(table.table.key, chosen, reason[:200], table.parameters(), rows, columns, in_full)


def _lines(
    table: BoundTable[Row], mark: str, *, key: bytes = b"", in_full: bool = False
) -> Iterator[Sequence[object]]:
    """With a `key` every value that can carry its mark does."""
    columns = [column for column in table.table.columns if column.is_exported]
    yield [str(column.label) for column in columns]
    for row in table.found[:ROW_LIMIT].iterator(chunk_size=2_000):
        values = [plain(column.taken_out(row, in_full=in_full)) for column in columns]
        yield [_marked(value, column, key) for value, column in zip(values, columns, strict=True)]
    if words := table.narrowing:
        yield [labelled(_("Narrowed to"), words)]
    if mark:
        yield [mark]


def _marked(value: object, column: Column[Row], key: bytes) -> object:
    if not key or not isinstance(value, str):
        return value
    return marked(value, key, is_prose=column.prose)


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


def _write_xlsx(file: IO[bytes], lines: Iterable[Sequence[object]], *, header: str = "") -> None:
    """`header` is printed at the head and the foot of every page."""
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
    if header:
        said = header.replace("&", "&&")[:HEADER_LIMIT]
        sheet.set_header(f"&L{said}")
        sheet.set_footer(f"&L{said}&R&P / &N")
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
