"""Pieces of Word documents in the layout of official documents (GB/T 9704: heading, body, margins)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from docx import Document
from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# GB/T 9704-2012: body in size 3 (16 pt) FangSong, title in size 2 (22 pt); margins 37, 35, 28 and 26 mm.
BODY, TITLE, HEADING = "FangSong", "SimSun", "SimHei"


def new_paper() -> Paper:
    paper = Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    return paper


def table(paper: Paper, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    drawn = paper.add_table(rows=1, cols=len(heads), style="Table Grid")
    for cell, text in zip(drawn.rows[0].cells, heads, strict=True):
        line(cell.paragraphs[0], text, HEADING, 10.5)
    for texts in rows:
        for cell, text in zip(drawn.add_row().cells, texts, strict=True):
            line(cell.paragraphs[0], text, BODY, 10.5)


def line(paragraph: Paragraph, text: str, font: str, size: float, *, centred: bool = False) -> None:
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(text)
    run.font.name, run.font.size = font, Pt(size)
    # Word takes Chinese characters from the East Asian font only.
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
