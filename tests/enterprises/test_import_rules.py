"""Reading lists, without a database."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fugong.core.ids import new_id
from fugong.core.sheets.cells import BadCell, day_of
from fugong.core.sheets.faults import UnreadableTable
from fugong.core.sheets.headings import data_rows, plain
from fugong.core.sheets.markup import column_letters, column_number
from fugong.core.sheets.reading import Sheet, read_sheets
from fugong.enterprises.choices import Industry, Kind, SizeClass, Tag
from fugong.enterprises.rules.importing import cells
from fugong.enterprises.rules.importing.columns import COLUMNS, LABELS, REQUIRED, words
from fugong.enterprises.rules.importing.rows import READERS, TO_DATA, codes_twice, judge, read_row
from tests.enterprises import lists, making

TODAY = date(2022, 4, 27)
PARK = new_id()
AREAS = {plain("甲园区"): PARK, plain("park-a"): PARK}


def only(content: bytes) -> Sheet:
    (sheet,) = read_sheets(content)
    return sheet


def read(content: bytes) -> list[Any]:
    sheet, header = COLUMNS.choose_sheet(read_sheets(content))
    return [
        read_row(number, row, sheet=sheet, header=header, areas=AREAS)
        for number, row in data_rows(sheet, header)
    ]


@pytest.mark.parametrize(
    "content",
    [
        lists.as_xlsx(lists.rows(2)),
        lists.as_xls(lists.rows(2)),
        lists.as_csv(lists.rows(2)),
        lists.as_csv(lists.rows(2), encoding="utf-8"),
        lists.as_csv(lists.rows(2), encoding="gbk"),
        lists.as_csv(lists.rows(2), encoding="gb18030"),
        lists.as_csv(lists.rows(2), encoding="utf-16"),
        lists.as_csv(lists.rows(2), delimiter="\t"),
        lists.as_csv(lists.rows(2), delimiter=";"),
    ],
    ids=["xlsx", "xls", "utf-8-sig", "utf-8", "gbk", "gb18030", "utf-16", "tabs", "semicolons"],
)
def test_list_in_any_format_says_the_same(content: bytes) -> None:
    first, second = read(content)
    assert not first.problems
    assert (first.number, second.number) == (2, 3)
    assert first.said == {
        "name": "淮南市第1制衣有限公司",
        "credit_code": making.credit_code(1),
        "size_class": SizeClass.ABOVE,
        "industry": Industry.C,
        "area_id": PARK,
        "normal_staff": 120,
        "address": "工业路1号",
        "tags": (Tag.EXPORT_ORDER, Tag.KEY_PROJECT),
        "contact_name": "李勇",
        "contact_phone": "13800138000",
        "entered_on": date(2021, 3, 1),
    }


def test_rare_characters_in_gb18030_are_read() -> None:
    lines = [list(lists.HEADINGS), lists.row(1, name="𠮷祥·制衣㐂")]
    (row,) = read(lists.as_csv(lines, encoding="gb18030"))
    assert row.said["name"] == "𠮷祥·制衣㐂"


def test_heading_is_found_under_titles_and_in_other_words() -> None:
    lines: list[list[Any]] = [
        ["大通区企业台账（2022年）"],
        ["填表日期：2022-04-27", "", "单位：家"],
        [
            "序号",
            "单位名称*",
            "社会信用代码（18位）",
            "是否规上",
            "所属行业",
            "园 区",
            "职工人数（人）",
            "备注",
        ],
        [1, "富华服饰", making.credit_code(5), "否", "制造业", "park-a", "500人", "x"],
    ]
    _sheet, header = COLUMNS.choose_sheet(read_sheets(lists.as_xlsx(lines)))
    assert header.row == 2
    assert header.ignored == ("序号", "备注")
    (row,) = read(lists.as_xlsx(lines))
    assert row.said["size_class"] is SizeClass.BELOW
    assert row.said["normal_staff"] == 500
    assert row.said["area_id"] == PARK
    assert row.number == 4


def test_heading_in_english_or_traditional_is_understood() -> None:
    english = [
        "Name",
        "Unified social credit code",
        "Size class",
        "Industry",
        "Park",
        "Normal number of staff",
    ]
    chinese = ["企業名稱", "統一社會信用代碼", "規模", "行業", "所屬園區", "員工人數"]
    for heading in (english, chinese):
        _sheet, header = COLUMNS.choose_sheet([Sheet("", [heading, ["x"]])])
        assert set(header.columns) == set(REQUIRED)


def test_every_column_of_the_template_is_understood() -> None:
    _sheet, header = COLUMNS.choose_sheet([Sheet("", [[f"{label} *" for label in LABELS.values()], ["x"]])])
    assert set(header.columns) == set(LABELS)
    assert {TO_DATA.get(name, name) for name in LABELS} - {"area_id"} == set(READERS)


def test_no_spelling_means_two_things() -> None:
    for table in (words()["headers"], *words()["values"].values()):
        spelt = [plain(spelling) for spellings in table.values() for spelling in spellings]
        assert len(spelt) == len(set(spelt))


def test_the_sheet_with_most_columns_is_read() -> None:
    cover = Sheet("封面", [["企业名称", "地址"]])
    full = Sheet("台账", lists.rows(1))
    assert COLUMNS.choose_sheet([cover, full])[0] is full


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        (lists.as_xlsx([]), "no_rows", ""),
        (lists.as_xlsx([["你好"], ["世界", 1]]), "no_header", " | "),
        (lists.as_xlsx([["企业名称", "统一社会信用代码"], ["a", "b"]]), "missing_columns", "企业名称"),
        (lists.as_xlsx([[*lists.HEADINGS, "单位名称"], lists.row(1)]), "column_twice", "单位名称"),
        (lists.as_xlsx(lists.rows(1), heading="B1:C1"), "merged_header", ""),
        (b"PK\x03\x04 no archive", "not_readable", ""),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 no book", "not_readable", ""),
        (b"\xff\xff\x00\x81", "not_text", ""),
        (b"name,code\0,", "not_readable", ""),
    ],
)
def test_file_when_no_list_is_refused_in_one_sentence(content: bytes, code: str, said: str) -> None:
    with pytest.raises(UnreadableTable) as caught:
        read(content)
    assert caught.value.code == code
    assert said in caught.value.sentence
    assert "%(" not in caught.value.sentence


def test_missing_columns_are_named() -> None:
    lines = [["企业名称", "统一社会信用代码", "行业"], ["a", "b", "c"]]
    with pytest.raises(UnreadableTable) as caught:
        read(lists.as_xlsx(lines))
    for name in ("size_class", "area", "normal_staff"):
        assert str(LABELS[name]) in caught.value.sentence
    assert str(LABELS["industry"]) not in str(caught.value.details["columns"])


def test_file_with_a_cell_far_away_is_refused_before_it_fills_the_memory() -> None:
    for row, column, code in ((2, 16_000, "too_wide"), (1_048_576, 2, "too_many_rows")):
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.append(list(lists.HEADINGS))
        sheet.cell(row, column, "x")
        file = io.BytesIO()
        book.save(file)
        with pytest.raises(UnreadableTable) as caught:
            read_sheets(file.getvalue())
        assert caught.value.code == code


def test_merged_cells_are_told_with_row_and_field() -> None:
    first, second, third = read(lists.as_xlsx(lists.rows(3), park="E2:E3", address="G3:H3"))
    assert {name: problem.details["range"] for name, problem in first.problems.items()} == {"area": "E2:E3"}
    assert set(second.problems) == {"area", "address", "tags"}
    assert not third.problems


def test_merged_title_over_the_heading_is_harmless() -> None:
    lines = [["大通区企业台账"], *lists.rows(2)]
    assert not any(row.problems for row in read(lists.as_xlsx(lines, title="A1:K1")))


def test_formulas_count_by_their_stored_values_and_without_one_are_told() -> None:
    stored = {(1, 5): ("=60*2", 120), (2, 5): ("=1/0", "#DIV/0!")}
    sheet = only(lists.as_computed_xlsx(lists.rows(2), stored))
    assert sheet.formulas == 2
    first, second = read(lists.as_computed_xlsx(lists.rows(2), stored))
    assert first.said["normal_staff"] == 120
    assert second.problems["normal_staff"].code == "error_value"
    assert "#DIV/0!" in second.problems["normal_staff"].sentence

    lines = [list(lists.HEADINGS), lists.row(1, staff="=60*2"), lists.row(2)]
    first, second = read(lists.as_xlsx(lines))
    assert first.problems["normal_staff"].code == "formula_without_value"
    assert not second.problems


def test_credit_code_as_a_number_is_told_never_guessed() -> None:
    lines = [list(lists.HEADINGS), lists.row(1, code=913404021234567890), lists.row(2, code="9.13404E+17")]
    first, second = read(lists.as_xlsx(lines))
    assert first.problems["credit_code"].code == "code_scientific"
    assert "9.13404E+17" in first.problems["credit_code"].sentence
    judged = judge(second, None, today=TODAY)
    assert judged.problems["credit_code"].code == "code_scientific"
    (row,) = read(lists.as_xls([list(lists.HEADINGS), lists.row(1, code=9.13404e17)]))
    assert row.problems["credit_code"].code == "code_scientific"


@pytest.mark.parametrize(
    ("cell", "number"),
    [(120, 120), (120.0, 120), ("120", 120), ("１２０", 120), ("1,200 人", 1200), ("0", 0)],
)
def test_number_when_usual_is_read(cell: Any, number: int) -> None:
    assert cells.staff_of(cell) == number


@pytest.mark.parametrize("cell", ["约120", "120.5", 120.5, "", "一百", "1e3", "12345678901", True])
def test_number_when_not_whole_is_told(cell: Any) -> None:
    with pytest.raises(BadCell) as caught:
        cells.staff_of(cell)
    assert caught.value.code == "not_a_number"


@pytest.mark.parametrize(
    "cell",
    [
        date(2022, 4, 7),
        datetime(2022, 4, 7, 9, 30),  # noqa: DTZ001 - a spreadsheet's times have no zone
        *(
            "2022-04-07",
            "2022/4/7",
            "2022.4.7",
            "2022年4月7日",
            "20220407",
            "２０２２-4-7",
            "2022-04-07 00:00:00",
        ),
    ],
)
def test_day_when_usual_is_read(cell: Any) -> None:
    assert day_of(cell) == date(2022, 4, 7)


@pytest.mark.parametrize("cell", ["2022-13-01", "2022-02-30", "昨天", 44658, 44658.0, "04/07/2022", "22-4-7"])
def test_day_when_doubtful_is_told(cell: Any) -> None:
    with pytest.raises(BadCell):
        day_of(cell)


@pytest.mark.parametrize(
    ("cell", "industry"),
    [
        ("C", "C"),
        ("c", "C"),
        ("C 制造业", "C"),
        ("制造业", "C"),
        ("C18", "C"),
        ("批发零售", "F"),
        ("教育", "P"),
    ],
)
def test_industry_is_read_by_letter_or_name(cell: str, industry: str) -> None:
    assert cells.industry_of(cell) == Industry(industry)


@pytest.mark.parametrize("cell", ["1810", "纺织", "Z", "Cloth"])
def test_industry_when_unknown_is_told(cell: str) -> None:
    with pytest.raises(BadCell):
        cells.industry_of(cell)


def test_choices_are_read_in_their_own_words_too() -> None:
    for choices, reader in ((SizeClass, cells.size_of), (Kind, cells.kind_of), (Industry, cells.industry_of)):
        for choice in choices:
            assert reader(choice.value) is choice
            assert reader(str(choice.label)) is choice
    every = " · ".join(str(tag.label) for tag in Tag)
    assert cells.tags_of(every) == tuple(Tag)


def test_row_when_new_needs_what_is_needed() -> None:
    (row,) = read(
        lists.as_xlsx([list(lists.HEADINGS), lists.row(1, name="", staff="", phone="", entered="")])
    )
    judged = judge(row, None, today=TODAY)
    assert {name: problem.code for name, problem in judged.problems.items()} == {
        "name": "missing",
        "normal_staff": "missing",
    }


def test_row_when_known_leaves_what_it_does_not_say() -> None:
    known = making.data(PARK, address="老地址", contact_phone="0554-2512345", normal_staff=7)
    lines = [
        list(lists.HEADINGS),
        [known.name, known.credit_code, "规上", "C", "甲园区", "", "", "", "", "", ""],
    ]
    (row,) = read(lists.as_xlsx(lines))
    judged = judge(row, known, today=TODAY)
    assert not judged.problems
    assert judged.changed == ()
    assert judged.data == known


def test_row_with_another_day_of_entry_is_told() -> None:
    known = making.data(PARK)
    lines = [list(lists.HEADINGS), lists.row(1, code=known.credit_code)]
    (row,) = read(lists.as_xlsx(lines))
    assert judge(row, known, today=TODAY).problems["entered_on"].code == "entered_on_differs"


def test_codes_twice_name_another_row() -> None:
    assert codes_twice([(2, "A"), (3, "B"), (4, "A"), (5, "A"), (6, ""), (7, "")]) == {2: 4, 4: 2, 5: 2}


@given(st.integers(0, 20_000))
def test_column_letters_there_and_back(number: int) -> None:
    assert column_number(column_letters(number)) == number


@given(st.binary(max_size=300))
def test_any_bytes_are_a_list_or_refused_in_words(content: bytes) -> None:
    try:
        told = COLUMNS.choose_sheet(read_sheets(content))[0].name
    except UnreadableTable as fault:
        told = fault.sentence
    assert isinstance(told, str)
