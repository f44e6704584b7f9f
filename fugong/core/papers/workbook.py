from __future__ import annotations

import io
from typing import Any

import xlsxwriter

from fugong.core.papers.paper import Paper
from fugong.core.punctuation import labelled

A4 = 9


def workbook_of(paper: Paper, mark: str) -> bytes:
    """In the usual layout: a title over all columns, terms below it, a ruled table, places to sign."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"strings_to_formulas": False, "strings_to_urls": False})
    sheet, looks = book.add_worksheet(), _looks(book)
    last = len(paper.columns) - 1
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.merge_range(0, 0, 0, last, paper.title, looks["title"])
    sheet.set_row(0, 30)
    head = "    ".join(labelled(label, value) for label, value in paper.head)
    sheet.merge_range(1, 0, 1, last, head, looks["head"])
    for place, (label, width) in enumerate(zip(paper.columns, paper.widths, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(2, place, label, looks["column"])
    for number, row in enumerate(paper.rows, start=3):
        for place, text in enumerate(row):
            sheet.write_string(number, place, text, looks["cell"])
    foot = 3 + len(paper.rows)
    signed = "            ".join(labelled(label, "") for label in paper.foot)
    sheet.merge_range(foot, 0, foot, last, signed, looks["head"])
    sheet.merge_range(foot + 1, 0, foot + 1, last, mark, looks["mark"])
    sheet.repeat_rows(2)
    sheet.set_footer("&R&P / &N")
    book.close()
    return file.getvalue()


def _looks(book: Any) -> dict[str, Any]:
    """SimSun and SimHei are on every machine that prints such sheets; others show their own."""
    plain = {"font_name": "SimSun", "font_size": 11, "valign": "vcenter"}
    return {
        "title": book.add_format({**plain, "font_name": "SimHei", "font_size": 18, "align": "center"}),
        "head": book.add_format({**plain, "text_wrap": True}),
        "column": book.add_format({**plain, "bold": True, "border": 1, "align": "center", "text_wrap": True}),
        "cell": book.add_format({**plain, "border": 1, "text_wrap": True}),
        "mark": book.add_format({**plain, "font_size": 8}),
    }
