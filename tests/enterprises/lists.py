"""Lists of enterprises as files, good and bad, as people hand them in."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

import openpyxl
import xlsxwriter
import xlwt
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.enterprises import making

HEADINGS = (
    *("企业名称", "统一社会信用代码", "规模", "行业", "所属园区", "员工人数"),
    *("地址", "标签", "联系人", "联系电话", "入驻日期"),
)


def row(number: int, **changes: Any) -> list[Any]:
    """One row under HEADINGS."""
    said = {
        "name": f"淮南市第{number}制衣有限公司",
        "code": making.credit_code(number),
        "size": "规上",
        "industry": "C 制造业",
        "park": "甲园区",
        "staff": 120,
        "address": f"工业路{number}号",
        "tags": "外贸订单、重点项目",
        "contact": "李勇",
        "phone": "13800138000",
        "entered": "2021/3/1",
    }
    return list((said | changes).values())


def rows(number: int, *, start: int = 1) -> list[list[Any]]:
    return [list(HEADINGS), *(row(each) for each in range(start, start + number))]


def as_csv(lines: Sequence[Sequence[Any]], *, encoding: str = "utf-8-sig", delimiter: str = ",") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(lines)
    return text.getvalue().encode(encoding)


def as_xlsx(lines: Sequence[Sequence[Any]], **merges: str) -> bytes:
    """`merges` are ranges to merge, by any name."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in lines:
        sheet.append(list(line))
    for place in merges.values():
        sheet.merge_cells(place)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def as_computed_xlsx(
    lines: Sequence[Sequence[Any]], formulas: dict[tuple[int, int], tuple[str, Any]]
) -> bytes:
    """`formulas` by row and column, with the value that a spreadsheet program has stored for each."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet("台账")
    for number, line in enumerate(lines):
        sheet.write_row(number, 0, line)
    for (number, column), (formula, value) in formulas.items():
        sheet.write_formula(number, column, formula, None, value)
    book.close()
    return file.getvalue()


def as_xls(lines: Sequence[Sequence[Any]]) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("台账")
    for number, line in enumerate(lines):
        for column, value in enumerate(line):
            sheet.write(number, column, value)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def upload(content: bytes, name: str = "台账.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)
