"""A certificate of destruction as a Word document."""

from __future__ import annotations

import io
from collections.abc import Sequence

from django.utils.translation import gettext as _
from docx.document import Document

from fugong.command.web.ending_shown import Paper
from fugong.core.web.word_papers import BODY, CONTENT_TYPE, HEADING, TITLE, line, new_paper, table

__all__ = ["CONTENT_TYPE", "paper_of"]


def paper_of(said: Paper) -> bytes:
    paper = new_paper()
    line(paper.add_paragraph(), said.title, TITLE, 22, centred=True)
    line(paper.add_paragraph(), _("No. %(number)s") % {"number": said.number}, BODY, 14, centred=True)
    line(paper.add_paragraph(), f"{said.authority} · {said.opening}", BODY, 14)
    _part(paper, _("What went"), (_("Table"), _("How"), _("Rows")), [(a, b, str(c)) for a, b, c in said.rows])
    _part(paper, _("Keys shredded"), (_("Fingerprint"), _("Class"), _("In use from")), said.keys)
    _part(paper, _("Keys that had to stay"), (_("Class"), _("Needed by")), said.keys_kept)
    _part(paper, _("Anonymous totals kept"), (_("Total"), _("Lines")), [(a, str(b)) for a, b in said.totals])
    heads = (_("Side"), _("Name"), _("When"), _("Witnesses"))
    _part(paper, _("Approved by"), heads, said.approvals)
    line(paper.add_paragraph(), _("Older copies"), HEADING, 14)
    for sentence in said.copies:
        line(paper.add_paragraph(), sentence, BODY, 12)
    line(paper.add_paragraph(), _("How to check it"), HEADING, 14)
    for label, value in said.proofs:
        line(paper.add_paragraph(), f"{label} {value}", BODY, 8)
    file = io.BytesIO()
    paper.save(file)
    return file.getvalue()


def _part(paper: Document, heading: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    if rows:
        line(paper.add_paragraph(), heading, HEADING, 14)
        table(paper, heads, rows)
