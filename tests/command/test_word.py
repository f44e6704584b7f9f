"""The Word document: it opens, holds the frozen text, and has a font for Chinese characters."""

import io

import pytest
from django.utils import translation
from docx import Document
from docx.oxml.ns import qn

from fugong.command import operations
from fugong.command.web import word_paper
from fugong.enterprises.choices import StandingState
from tests.command.case import BEFORE_MIDNIGHT, DAY, LATER, NOW
from tests.core.web.people import signed_in


def opened(bulletin, language="zh-hans"):
    with translation.override(language):
        return Document(io.BytesIO(word_paper.paper_of(bulletin)))


def said(paper):
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in paper.paragraphs), *cells])


def test_it_holds_the_frozen_text_and_every_figure(case):
    bulletin = case.published
    words = said(opened(bulletin))
    for paragraph in bulletin.text:
        assert paragraph["heading"]["zh"] in words
        assert paragraph["body"]["zh"] in words
    assert bulletin.title["zh"] in words
    assert bulletin.digest in words
    assert "85.8%" in words
    assert "2022-04-27 24:00" in words


@pytest.mark.parametrize(("language", "expected"), [("en", "had resumed work"), ("zh-hant", "複工率")])
def test_it_speaks_the_readers_language(case, language, expected):
    words = said(opened(case.published, language))
    assert expected in words or "復工率" in words
    assert ("已复工" in words) is False


def test_every_run_names_a_font_for_chinese_characters(case):
    paper = opened(case.published)
    cells = [cell for table in paper.tables for row in table.rows for cell in row.cells]
    paragraphs = [*paper.paragraphs, *(paragraph for cell in cells for paragraph in cell.paragraphs)]
    runs = [run for paragraph in paragraphs for run in paragraph.runs if run.text]
    fonts = {run._element.rPr.rFonts.get(qn("w:eastAsia")) for run in runs}
    assert fonts == {word_paper.BODY, word_paper.TITLE, word_paper.HEADING}


def test_the_paper_is_a4_with_the_margins_of_official_documents(case):
    section = opened(case.published).sections[0]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(each.mm) for each in margins] == [37, 35, 28, 26]


def test_a_draft_says_first_that_it_is_one(case, composer):
    draft = operations.compose_bulletin(DAY, actor=composer, now=NOW)
    assert opened(draft, "en").paragraphs[0].text == "Draft, not published"
    assert "Draft" not in said(opened(case.published, "en"))


def test_a_correction_says_what_it_corrects(case, composer):
    case.enter(StandingState.RESUMED, at=BEFORE_MIDNIGHT, now=NOW)
    right = operations.correct_bulletin(case.published.pk, actor=composer, now=LATER)
    paper = opened(right, "en")
    assert "This corrects bulletin 2022-001:" in said(paper)
    row = [[cell.text for cell in row.cells] for row in paper.tables[0].rows]
    assert ["Enterprises resumed", "91 enterprises", "92 enterprises"] in row


@pytest.mark.usefixtures("morning_after")
def test_the_page_gives_it_as_a_file(case):
    client = signed_in(case.user("park1"))
    response = client.get(f"/bulletins/{case.published.pk}/word/")
    assert response.headers["Content-Disposition"] == 'attachment; filename="bulletin-2022-001.docx"'
    assert response.headers["Content-Type"] == word_paper.CONTENT_TYPE
    assert Document(io.BytesIO(response.content)).paragraphs
