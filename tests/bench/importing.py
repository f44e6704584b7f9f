"""The import of a list of enterprises, with all checks, against a bare COPY of the same rows."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from uuid import UUID

import xlsxwriter
from django.db import connection
from stdnum.cn import uscc

from fugong.areas import queries as areas
from fugong.core.actor import Actor, system_actor
from fugong.core.clock import now as present
from fugong.core.tenancy import acting_for
from fugong.enterprises import operations
from fugong.enterprises.models import Enterprise, ImportBatch
from tests import datong, server
from tests.bench.measuring import Report, seconds

ROWS = 10_000
HEADINGS = ("企业名称", "统一社会信用代码", "所属园区", "规模", "行业", "正常用工人数", "进驻日期")
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


class Upload:
    def __init__(self, name: str, content: bytes) -> None:
        self.name, self.content = name, content

    def chunks(self) -> Iterator[bytes]:
        yield self.content


def measure(report: Report, template: str) -> None:
    case = datong.played(template)
    name = "fugong_bench_import"
    server.copy_of(case.template, name)
    try:
        with datong.inside(name, case.home):
            authority = areas.list_authorities()[0]
            with acting_for(authority.id):
                _measure(report, system_actor(authority.id, "bench"))
    finally:
        server.drop(name)


def _measure(report: Report, actor: Actor) -> None:
    upload, now = Upload("list.xlsx", workbook(ROWS)), present()
    batches: list[ImportBatch] = []
    judged = seconds(lambda: batches.append(_judged(upload, actor)))
    kept = seconds(lambda: _kept(batches[0].id, actor))
    batch = ImportBatch.objects.get(id=batches[0].id)
    again = seconds(lambda: batches.append(_judged(upload, actor)))
    second = ImportBatch.objects.get(id=batches[1].id)
    copied = seconds(lambda: _bare_copy(actor))
    report.add(
        "import.enterprises",
        rows=ROWS,
        new=batch.new,
        judged_seconds=round(judged, 2),
        kept_seconds=round(kept, 2),
        rows_per_second=round(ROWS / (judged + kept)),
        bare_copy_seconds=round(copied, 3),
        times_bare_copy=round((judged + kept) / copied, 1),
        second_import_new=second.new,
        second_import_changed=second.changed,
        second_import_seconds=round(again, 2),
        at_clock=now.isoformat(),
    )


def _judged(upload: Upload, actor: Actor) -> ImportBatch:
    batch = operations.start_import(upload, actor=actor, now=present())
    operations.read_import(batch.id, actor=actor, now=present())
    return batch


def _kept(batch_id: UUID, actor: Actor) -> None:
    operations.confirm_import(batch_id, actor=actor, now=present())
    operations.take_over(batch_id, actor=actor, now=present())


def _bare_copy(actor: Actor) -> None:
    """The register's rows alone, into a table like theirs with its indexes: what the disk allows."""
    table = Enterprise._meta.db_table
    read = f"copy {table} to stdout (format binary)"
    with connection.cursor() as cursor, cursor.copy(read) as out:  # type: ignore[attr-defined]
        chunks = [bytes(chunk) for chunk in out]
    server.copy_rows_into_twin(table, b"".join(chunks))


def workbook(rows: int) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADINGS)
    chance = random.Random(7)
    for number in range(1, rows + 1):
        name = f"淮南示例{number}号制造有限公司（合成）"
        size = "规上" if number % 3 == 0 else "规下"
        park = "大通工业新区" if number % 2 else "上窑工业集聚区"
        values = (name, code(chance), park, size, "C", chance.randint(5, 900), "2022-04-01")
        sheet.write_row(number, 0, values)
    book.close()
    return file.getvalue()


def code(chance: random.Random) -> str:
    """A credit code with the right check characters that belongs to nobody."""
    organisation = "MA" + "".join(chance.choice(ALPHABET) for _place in range(6))
    total = sum(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".index(sign) * weight
        for sign, weight in zip(organisation, (3, 7, 9, 10, 5, 8, 4, 2), strict=True)
    )
    check = 11 - total % 11
    head = f"91340402{organisation}{ {10: 'X', 11: '0'}.get(check, check) }"
    return head + str(uscc.calc_check_digit(head))
