"""Cards as an independent reader finds them."""

from __future__ import annotations

from datetime import UTC, datetime

import pypdfium2
import pytest

from fugong.core.papers import Slip, SlipSize, slips_of
from fugong.core.papers.slips import SLIPS_MOST
from fugong.core.refusals import Invalid
from tests.core.papers.test_pdf import read

NOW = datetime(2022, 4, 27, 2, tzinfo=UTC)
SLIP = Slip(
    title="大通区通行卡",
    large="李*",
    lines=[("企业", "第一制衣"), ("有效期至", "2022-07-26")],
    note="遗失请告知。",
    code="FGP1." + "aZ9_" * 36,
    under="编号 12",
)


def test_slips_when_read_by_another_reader_then_all_that_was_said_stands_there():
    (page,) = read(slips_of([SLIP], title="通行卡", mark="为甲制作", made_at=NOW))
    for text in ("大通区通行卡", "李*", "第一制衣", "2022-07-26", "遗失请告知", "编号12", "为甲制作"):
        assert text in page


@pytest.mark.parametrize(("number", "size", "pages"), [(10, "card", 1), (11, "card", 2), (2, "sheet", 2)])
def test_slips_when_there_are_more_take_another_sheet(number, size, pages):
    made = slips_of([SLIP] * number, title="卡", mark="", size=SlipSize(size), made_at=NOW)
    assert len(read(made)) == pages


def test_slips_when_printed_have_the_size_of_a_bank_card():
    """As ISO/IEC 7810 ID-1 has it: the frame is what is cut along."""
    made = slips_of([SLIP], title="卡", mark="", made_at=NOW)
    with pypdfium2.PdfDocument(made) as found:
        frames = [each.get_bounds() for each in found[0].get_objects() if each.type == 2]
        widest = max(frames, key=lambda each: each[2] - each[0])
    width, height = (widest[2] - widest[0]) / 72 * 25.4, (widest[3] - widest[1]) / 72 * 25.4
    assert width == pytest.approx(85.6, abs=0.5)
    assert height == pytest.approx(53.9, abs=0.5)


def test_slips_when_text_would_be_code_then_it_stays_text():
    (page,) = read(slips_of([Slip("#a", "$1$", [("b", "<c>")], "@d", "x")], title="t", mark="", made_at=NOW))
    assert all(text in page for text in ("#a", "$1$", "<c>", "@d"))


def test_slips_when_too_many_then_refused():
    with pytest.raises(Invalid):
        slips_of([SLIP] * (SLIPS_MOST + 1), title="卡", mark="", made_at=NOW)
