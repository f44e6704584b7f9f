"""A bulletin as a Word document, in the layout of official documents (GB/T 9704: heading, body, margins)."""

from __future__ import annotations

import io

from django.utils.translation import gettext as _
from docx.document import Document as Paper
from docx.shared import Pt

from fugong.command.models import Bulletin
from fugong.command.queries import differences, is_published
from fugong.command.web.shown import (
    difference_lines,
    figures_of,
    in_reading_language,
    moment_text,
    paragraphs_of,
)
from fugong.core.web.word_papers import BODY, CONTENT_TYPE, HEADING, TITLE, line, new_paper, table

__all__ = ["CONTENT_TYPE", "paper_of"]


def paper_of(bulletin: Bulletin) -> bytes:
    """The frozen text and its figures. A draft says so on its first line."""
    paper = new_paper()
    if not is_published(bulletin):
        line(paper.add_paragraph(), _("Draft, not published"), HEADING, 16)
    line(paper.add_paragraph(), in_reading_language(bulletin.title), TITLE, 22, centred=True)
    line(
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
        line(paper.add_paragraph(), paragraph["heading"], HEADING, 16)
        body = paper.add_paragraph()
        body.paragraph_format.first_line_indent = Pt(32)
        line(body, paragraph["body"], BODY, 16)
    _figures(paper, bulletin)
    line(paper.add_paragraph(), _("Seal: %(digest)s") % {"digest": bulletin.digest}, BODY, 8)
    file = io.BytesIO()
    paper.save(file)
    return file.getvalue()


def _corrections(paper: Paper, bulletin: Bulletin, number: str) -> None:
    line(paper.add_paragraph(), _("This corrects bulletin %(number)s:") % {"number": number}, HEADING, 14)
    lines = difference_lines(differences(bulletin))
    heads = (_("Figure"), _("Was"), _("Is"))
    table(paper, heads, [(line.label, line.before, line.after) for line in lines])


def _figures(paper: Paper, bulletin: Bulletin) -> None:
    line(paper.add_paragraph(), _("Figures"), HEADING, 14)
    lines = figures_of(bulletin)
    heads = (_("Figure"), _("Value"), _("As of"), _("Origin"))
    table(paper, heads, [(line.label, line.value, line.as_of, str(line.origin.label)) for line in lines])
