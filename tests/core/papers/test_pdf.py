"""The PDF as an independent reader finds it."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime

import pypdf
import pypdfium2
import pytest
from django.utils.translation import override

from fugong.core.papers import Paper, pdf_of
from fugong.core.papers.glyphs import drawable
from fugong.core.papers.pdf import ROWS_MOST
from fugong.core.refusals import Invalid

MADE_AT = datetime(2022, 4, 27, 2, 42, tzinfo=UTC)
A4_ACROSS = (842, 595)
PAPER = Paper(
    title="员工健康日报表",
    head=[("企业", "大通铝业"), ("日期", "2022-04-27")],
    columns=["序号", "姓名", "备注"],
    widths=[6, 12, 20],
    rows=[["1", "张𠮷", "=1+1"], ["2", "买买提·阿卜杜拉", "#strong[x] $1$ \\ <a> @b"]],
    foot=["填报人", "企业负责人"],
)


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def read(pdf: bytes) -> list[str]:
    """By pdfium, page by page, without the breaks of lines."""
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)]
    return ["".join(page.replace("\u200b", "").split()) for page in pages]


def printed(paper: Paper = PAPER, mark: str = "王五于2022-04-27 10:42导出") -> bytes:
    return pdf_of(paper, mark, made_at=MADE_AT)


def test_pdf_when_read_by_another_reader_then_all_that_was_said_stands_there():
    (page,) = read(printed())
    for text in (
        "员工健康日报表",
        "大通铝业",
        "张𠮷",
        "买买提·阿卜杜拉",
        "=1+1",
        "企业负责人",
        "王五于2022-04-2710:42导出",
    ):
        assert text in page


def test_pdf_when_text_looks_like_markup_then_it_is_text():
    assert "#strong[x]$1$\\<a>@b" in read(printed())[0]


def test_pdf_when_made_then_a4_across_with_the_font_in_it():
    found = pypdf.PdfReader(io.BytesIO(printed()))
    page = found.pages[0]
    assert (round(page.mediabox.width), round(page.mediabox.height)) == A4_ACROSS
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    inner = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object() for font in fonts]
    assert inner
    assert all("/FontFile3" in each or "/FontFile2" in each for each in inner)
    assert found.metadata.title == "员工健康日报表"


def test_pdf_when_rows_fill_several_pages_then_each_has_its_columns_its_number_and_the_mark():
    rows = [[str(number), f"职工{number}", ""] for number in range(1, 201)]
    pages = read(printed(replace(PAPER, rows=rows)))
    assert len(pages) > 3
    for number, page in enumerate(pages, start=1):
        assert f"Page{number}of{len(pages)}" in page
        assert "王五于" in page
        assert "备注" in page
    assert all(sum(f"职工{number}" in page for page in pages) >= 1 for number in range(1, 201))
    assert "企业负责人" in pages[-1]
    assert "企业负责人" not in pages[0]


def test_pdf_when_the_reader_reads_chinese_then_pages_are_counted_in_chinese():
    with override("zh-hans"):
        assert "第1页，共1页" in read(printed())[0]


def test_pdf_when_a_word_is_longer_than_its_cell_then_it_is_broken_inside_it():
    word = "x" * 200
    document = pypdfium2.PdfDocument(printed(replace(PAPER, rows=[["1", "李四", word]])))
    text = document[0].get_textpage()
    right = max(text.get_charbox(place)[2] for place in range(text.count_chars()))
    assert right < document[0].get_width()
    assert word in read(printed(replace(PAPER, rows=[["1", "李四", word]])))[0]


def test_pdf_when_there_are_too_many_rows_then_refused_before_anything_is_made():
    with pytest.raises(Invalid, match="1000 rows at most"):
        printed(replace(PAPER, rows=[["1", "李四", ""]] * (ROWS_MOST + 1)))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("张𠮷", "张𠮷"),
        ("李·㛃", "李·㛃"),
        ("王𪜎", "王[U+2A70E]"),
        ("a\nb\x00c", "a b c"),
        ("plain", "plain"),
        ("36.5 °C", "36.5 °C"),
    ],
)
def test_drawable_when_a_character_has_no_glyph_then_its_code_stands_for_it(text, shown):
    assert drawable(text) == shown
