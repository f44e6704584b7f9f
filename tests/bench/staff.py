"""The import of a list of staff, with all checks, against reading the file and a bare COPY of its people."""

from __future__ import annotations

import io
import random
import resource
from collections.abc import Iterator
from statistics import median
from uuid import UUID

import python_calamine
import xlsxwriter
from django.db import connection
from stdnum.cn import ric

from fugong.core.actor import Actor, system_actor
from fugong.core.clock import now as present
from fugong.core.tenancy import acting_for
from fugong.enterprises.queries import list_enterprises
from fugong.people import operations
from fugong.people.models import Employment, ImportBatch, Person
from tests import server
from tests.accounts import making as accounts
from tests.bench.importing import Upload
from tests.bench.measuring import Report, seconds
from tests.enterprises import making as register

ROWS = 37_873
ENTERPRISES = 330
AIM = 6
HEADINGS = (
    *(
        "姓名",
        "证件类型",
        "证件号码",
        "手机",
        "籍贯",
        "现住址",
        "企业",
        "岗位",
        "班次",
        "班组",
        "宿舍",
        "到岗日期",
    ),
)
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
GIVEN = (
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文辉建国华玉红梅志永春海波云龙飞鹏宇浩欣怡佳子轩梓涵"
    "晨曦雨泽思源嘉诚俊豪天佑博文雪莹婷琳"
)
REGIONS = (
    *("广东河源", "湖北黄冈", "湖北武汉", "湖南衡阳市", "江西赣州", "广西桂林", "四川成都", "安徽淮南"),
    *("河南信阳", "广东梅州", "广东韶关", "贵州遵义"),
)
BIRTHPLACES = ("441602", "421102", "420106", "430406", "340402")


def measure(report: Report, template: str) -> None:
    name = "fugong_bench_staff"
    before = connection.settings_dict["NAME"]
    server.copy_of(template, name)
    server.point_at(name)
    try:
        authority = accounts.authority("heyuan", name="河源")
        with acting_for(authority.id):
            park = register.park(authority)
            for _number in range(ENTERPRISES):
                register.registered(park)
            _measure(report, system_actor(authority.id, "bench"))
    finally:
        server.point_at(before)
        server.drop(name)


def _measure(report: Report, actor: Actor) -> None:
    content = workbook(actor)
    batches: list[ImportBatch] = []
    began = peak()
    started = seconds(lambda: batches.append(_started(content, actor)))
    judged = seconds(lambda: operations.read_import(batches[0].id, actor=actor, now=present()))
    kept = seconds(lambda: _kept(batches[0].id, actor))
    ended = peak()
    with connection.cursor() as cursor:
        cursor.execute("analyze")
    again = seconds(lambda: batches.append(_again(content, actor)))
    first, second = (ImportBatch.objects.get(id=batch.id) for batch in batches)
    read = median(seconds(lambda: _read(content)) for _run in range(3))
    copied = median(seconds(_bare_copy) for _run in range(3))
    whole = started + judged + kept
    report.add(
        "import.staff",
        rows=ROWS,
        new=first.new,
        refused=first.refused,
        people=Person.objects.count(),
        employments=Employment.objects.count(),
        started_seconds=round(started, 2),
        judged_seconds=round(judged, 2),
        kept_seconds=round(kept, 2),
        rows_per_second=round(ROWS / whole),
        calamine_seconds=round(read, 2),
        bare_copy_seconds=round(copied, 2),
        times_read_and_copy=round(whole / (read + copied), 2),
        aim=AIM,
        peak_megabytes=round(ended / 1024),
        peak_megabytes_before=round(began / 1024),
        second_import_seconds=round(again, 2),
        second_import_unchanged=second.unchanged,
        second_import_changes=second.new + second.changed + second.moved,
    )


def peak() -> int:
    """Kilobytes: the most that this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _started(content: bytes, actor: Actor) -> ImportBatch:
    return operations.start_import(Upload("staff.xlsx", content), actor=actor, now=present())


def _kept(batch_id: UUID, actor: Actor) -> None:
    operations.confirm_import(batch_id, actor=actor, now=present())
    operations.take_over(batch_id, actor=actor, now=present())


def _again(content: bytes, actor: Actor) -> ImportBatch:
    batch = _started(content, actor)
    operations.read_import(batch.id, actor=actor, now=present())
    return batch


def _read(content: bytes) -> None:
    python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def _bare_copy() -> None:
    """The sealed rows of the people alone, into a table like theirs: what the disk allows."""
    table = Person._meta.db_table
    with connection.cursor() as cursor, cursor.copy(f"copy {table} to stdout (format binary)") as out:
        rows = b"".join(bytes(chunk) for chunk in out)
    server.copy_rows_into_twin(table, rows)


def workbook(actor: Actor) -> bytes:
    places = [place.name for place in list_enterprises(actor)]
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_numbers": False})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADINGS)
    for number, row in enumerate(people(places, random.Random(7)), start=1):
        sheet.write_row(number, 0, row)
    book.close()
    return file.getvalue()


def people(places: list[str], chance: random.Random) -> Iterator[tuple[str, ...]]:
    """Made up; as many namesakes as there are in life, and every number once."""
    numbers: set[str] = set()
    while len(numbers) < ROWS:
        born = f"{chance.randint(1960, 2003)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}"
        body = f"{chance.choice(BIRTHPLACES)}{born}{chance.randint(0, 994):03}"
        number = body + ric.calc_check_digit(body + "0")
        if number in numbers:
            continue
        numbers.add(number)
        name = chance.choice(SURNAMES) + "".join(
            chance.choice(GIVEN) for _each in range(chance.choice((1, 2, 2)))
        )
        order = len(numbers)
        yield (
            *(name, "身份证", number, f"13{chance.randint(0, 999_999_999):09}", chance.choice(REGIONS)),
            f"河源市高新区宿舍{order % 40 + 1}栋{order % 900 + 101}房",
            places[order % len(places)],
            *(chance.choice(("缝纫", "注塑", "质检", "仓管")), chance.choice(("白班", "夜班"))),
            *(f"{order % 30 + 1}班", f"{order % 40 + 1}-{order % 900 + 101}", "2022-02-20"),
        )
