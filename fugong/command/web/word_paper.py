"""A bulletin as a Word document, in the layout of official documents (GB/T 9704: heading, body, margins)."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from fugong.command.models import Bulletin
from fugong.command.queries import differences, is_published
from fugong.command.web.shown import (
    difference_lines,
    figures_of,
    in_reading_language,
    moment_text,
    paragraphs_of,
)

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# GB/T 9704-2012: body in size 3 (16 pt) FangSong, title in size 2 (22 pt); margins 37, 35, 28 and 26 mm.
BODY, TITLE, HEADING = "FangSong", "SimSun", "SimHei"


def paper_of(bulletin: Bulletin) -> bytes:
    """The frozen text and its figures. A draft says so on its first line."""
    paper = Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    if not is_published(bulletin):
        _line(paper.add_paragraph(), _("Draft, not published"), HEADING, 16)
    _line(paper.add_paragraph(), in_reading_language(bulletin.title), TITLE, 22, centred=True)
    _line(
        paper.add_paragraph(),
        _("No. %(number)s, as of %(moment)s")
        % {"number": bulletin.number, "moment": moment_text(bulletin.as_of)},
        BODY,
        14,
        centred=True,
    )
    if bulletin.corrects:
        _corrections(paper, bulletin, bulletin.corrects.number)
    for paragraph in paragraphs_of(bulletin):
        _line(paper.add_paragraph(), paragraph["heading"], HEADING, 16)
        body = paper.add_paragraph()
        body.paragraph_format.first_line_indent = Pt(32)
        _line(body, paragraph["body"], BODY, 16)
    _figures(paper, bulletin)
    _line(paper.add_paragraph(), _("Seal: %(digest)s") % {"digest": bulletin.digest}, BODY, 8)
    file = io.BytesIO()
    paper.save(file)
    return file.getvalue()


def _corrections(paper: Paper, bulletin: Bulletin, number: str) -> None:
    _line(paper.add_paragraph(), _("This corrects bulletin %(number)s:") % {"number": number}, HEADING, 14)
    lines = difference_lines(differences(bulletin))
    heads = (_("Figure"), _("Was"), _("Is"))
    _table(paper, heads, [(line.label, line.before, line.after) for line in lines])


def _figures(paper: Paper, bulletin: Bulletin) -> None:
    _line(paper.add_paragraph(), _("Figures"), HEADING, 14)
    lines = figures_of(bulletin)
    heads = (_("Figure"), _("Value"), _("As of"), _("Origin"))
    _table(paper, heads, [(line.label, line.value, line.as_of, str(line.origin.label)) for line in lines])


def _table(paper: Paper, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    table = paper.add_table(rows=1, cols=len(heads), style="Table Grid")
    for cell, text in zip(table.rows[0].cells, heads, strict=True):
        _line(cell.paragraphs[0], text, HEADING, 10.5)
    for texts in rows:
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            _line(cell.paragraphs[0], text, BODY, 10.5)


def _line(paragraph: Paragraph, text: str, font: str, size: float, *, centred: bool = False) -> None:
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(text)
    run.font.name, run.font.size = font, Pt(size)
    # Word takes Chinese characters from the East Asian font only.
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
