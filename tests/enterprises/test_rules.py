"""The law of the register, without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from stdnum.cn import uscc

from fugong.core import finding, names
from fugong.core.ids import new_id
from fugong.enterprises.choices import Provenance, StandingState, Tag
from fugong.enterprises.rules import credit_code, search
from fugong.enterprises.rules.credit_code import ALPHABET, BadCreditCode, Flaw
from fugong.enterprises.rules.data import differences, problems_of, tidied
from fugong.enterprises.rules.problems import SENTENCES
from fugong.enterprises.rules.standing import TRANSITIONS, may_follow
from tests.enterprises import making

GOOD = "91110000600037341L"
TODAY = date(2022, 4, 27)
LETTERS = st.sampled_from(ALPHABET)
BODIES = st.builds(
    lambda head, region, tail: head + region + tail,
    st.text(LETTERS, min_size=2, max_size=2),
    st.text("0123456789", min_size=6, max_size=6),
    st.text(LETTERS, min_size=9, max_size=9),
)


@pytest.mark.parametrize(
    "spelt",
    [
        GOOD,
        GOOD.lower(),
        f" {GOOD}　",
        "９１１１００００６０００３７３４１Ｌ",
        "91110000-60003734-1L",
        "9111 0000 6000 3734 1l",
        GOOD + "\u200b",
    ],
)
def test_code_when_spelt_otherwise_is_the_same_code(spelt: str) -> None:
    assert credit_code.checked(spelt) == GOOD


@pytest.mark.parametrize(
    ("code", "flaw", "details"),
    [
        ("", Flaw.EMPTY, {}),
        (" 　", Flaw.EMPTY, {}),
        ("9.13404E+17", Flaw.SCIENTIFIC, {"code": "9.13404E+17"}),
        ("9E+17", Flaw.SCIENTIFIC, {"code": "9E+17"}),
        (GOOD[:-1], Flaw.LENGTH, {"count": 17}),
        (GOOD + "1", Flaw.LENGTH, {"count": 19}),
        ("91110000600O37341L", Flaw.CHARACTER, {"place": 12, "character": "O"}),
        ("91110000600*37341L", Flaw.CHARACTER, {"place": 12, "character": "*"}),
        ("9111000A600037341L", Flaw.REGION, {"place": 8, "character": "A"}),
        (GOOD[:-1] + "M", Flaw.CHECK, {"character": "M"}),
        ("91110000600037431L", Flaw.CHECK, {"character": "L"}),
    ],
)
def test_code_when_wrong_says_what_is_wrong(code: str, flaw: Flaw, details: dict[str, object]) -> None:
    with pytest.raises(BadCreditCode) as caught:
        credit_code.checked(code)
    assert (caught.value.flaw, caught.value.details) == (flaw, details)
    assert "%" not in caught.value.sentence


@given(BODIES)
@example("1E002002000000000")  # looks like a number that a spreadsheet has shortened
def test_code_with_its_check_character_is_right_and_with_another_is_not(body: str) -> None:
    right = uscc.calc_check_digit(body)
    assert credit_code.checked(body + right) == body + right
    for wrong in set(ALPHABET) - {right}:
        with pytest.raises(BadCreditCode):
            credit_code.checked(body + wrong)


@given(st.text(max_size=30))
def test_code_when_anything_is_typed_is_right_or_refused_in_words(text: str) -> None:
    try:
        code = credit_code.checked(text)
    except BadCreditCode as bad:
        code = bad.sentence
    assert code


@pytest.mark.parametrize(("before", "after"), list(product(StandingState, repeat=2)))
def test_standing_when_changed_follows_the_one_table(before: StandingState, after: StandingState) -> None:
    allowed = {
        ("not_resumed", "resumed"),
        ("resumed", "suspended"),
        ("suspended", "resumed"),
        ("suspended", "not_resumed"),
    }
    assert may_follow(before, after) is ((before.value, after.value) in allowed)


def test_transitions_name_every_state() -> None:
    assert set(TRANSITIONS) == set(StandingState)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("淮南市樂森黑馬樂器有限公司", "淮南市乐森黑马乐器有限公司"),
        ("大通（上窑）  ＡＢＣ 公司", "大通(上窑)abc公司"),
        ("𠮷祥·制衣", "𠮷祥·制衣"),
    ],
)
def test_key_when_spelt_otherwise_is_the_same(text: str, key: str) -> None:
    assert names.name_key(text) == key


@pytest.mark.parametrize(
    ("name", "spelt"),
    [
        ("淮南市乐森黑马乐器有限公司", "huai nan shi le sen hei ma yue qi you xian gong si"),
        ("重庆长安重工", "chong qing chang an zhong gong"),
        ("厦门农商银行", "xia men nong shang yin hang"),
        ("六安会计师事务所", "lu an kuai ji shi shi wu suo"),
        ("蚌埠市朝阳模具厂", "beng bu shi chao yang mu ju chang"),
        ("大通女儿红", "da tong nv er hong"),
        ("3M中国", "3 m zhong guo"),
    ],
)
def test_pinyin_when_a_name_reads_otherwise_follows_the_name(name: str, spelt: str) -> None:
    syllables, initials = names.pinyin(name)
    assert syllables == spelt
    assert initials.endswith(spelt.rsplit(maxsplit=1)[-1][0])


def test_initials_are_the_first_letters() -> None:
    assert names.pinyin("淮南市乐森黑马乐器有限公司")[1] == "hnslshmyqyxgs"
    assert names.pinyin("富华ABC12服饰")[1].startswith("fha")


@pytest.mark.parametrize(
    ("text", "keys", "letters", "codes"),
    [
        ("", (), (), ()),
        ("  ， ", (), (), ()),
        ("乐森", ("乐森",), ("",), ("",)),
        ("樂森 服飾", ("乐森", "服饰"), ("", ""), ("", "")),
        ("LeSen", ("lesen",), ("lesen",), ("",)),
        ("xi'an", ("xi'an",), ("xi'an",), ("",)),
        ("9134", ("9134",), ("",), ("9134",)),
        ("91340402ma", ("91340402ma",), ("",), ("91340402MA",)),
        ("mac", ("mac",), ("mac",), ("",)),
    ],
)
def test_question_when_typed_is_understood(
    text: str, keys: tuple[str, ...], letters: tuple[str, ...], codes: tuple[str, ...]
) -> None:
    words = search.understood(text)
    assert tuple(word.key for word in words) == keys
    assert tuple(word.letters for word in words) == letters
    assert tuple(word.code_part for word in words) == codes


@given(st.text(min_size=2, max_size=30))
def test_grams_of_a_word_stand_in_every_name_that_contains_it(word: str) -> None:
    name = f"前{word}后"
    pairs = {name[place : place + 2] for place in range(len(name))}
    grams = finding.grams_of(word)
    assert 1 <= len(grams) <= finding.GRAMS_ASKED
    assert set(grams) <= pairs


def test_question_of_very_many_words_asks_only_the_first() -> None:
    assert len(search.understood("公司 " * 50)) == finding.WORDS_ASKED


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ("13800138000", "13800138000"),
        (" 138 0013 8000 ", "138 0013 8000"),
        ("０５５４-２３４５６７８", "0554-2345678"),
        ("123456", ""),
        ("公司 13800138000", ""),
        ("91340402MA7000001", ""),
        ("", ""),
    ],
)
def test_question_when_a_whole_number_is_a_telephone(asked: str, number: str) -> None:
    assert search.telephone_in(asked) == number


def test_data_when_tidied_is_in_one_spelling() -> None:
    said = making.data(
        new_id(),
        name="  富华  服饰 ",
        credit_code=GOOD.lower(),
        contact_phone="１３８ 0013 8000",
        tags=(Tag.EXPORT_ORDER, Tag.CITY_RUNNING, Tag.EXPORT_ORDER),
    )
    tidy = tidied(said)
    assert (tidy.name, tidy.credit_code, tidy.contact_phone) == ("富华 服饰", GOOD, "138 0013 8000")
    assert tidy.tags == (Tag.CITY_RUNNING, Tag.EXPORT_ORDER)
    assert tidied(tidy) == tidy


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"name": " "}, "name", "missing"),
        ({"name": "长" * 201}, "name", "too_long"),
        ({"credit_code": ""}, "credit_code", "code_empty"),
        ({"credit_code": GOOD[:-1]}, "credit_code", "code_length"),
        ({"normal_staff": -1}, "normal_staff", "number_out_of_range"),
        ({"normal_staff": 1_000_001}, "normal_staff", "number_out_of_range"),
        ({"contact_phone": "call me"}, "contact_phone", "not_a_phone"),
        ({"entered_on": date(2022, 4, 28)}, "entered_on", "date_in_future"),
        ({"entered_on": date(1900, 1, 1)}, "entered_on", "date_too_early"),
        ({"address": "路" * 301}, "address", "too_long"),
    ],
)
def test_data_when_wrong_names_the_field(changes: dict[str, object], field: str, code: str) -> None:
    problems = problems_of(tidied(making.data(new_id(), **changes)), today=TODAY)
    assert {name: problem.code for name, problem in problems.items()} == {field: code}
    assert problems[field].sentence


@pytest.mark.parametrize(
    "phone", ["", "13800138000", "+86 138 0013 8000", "0554-2512345", "(0554) 2512345", "0554-2512345转8012"]
)
def test_phone_when_usual_is_taken(phone: str) -> None:
    assert problems_of(tidied(making.data(new_id(), contact_phone=phone)), today=TODAY) == {}


def test_differences_leave_out_where_a_row_comes_from() -> None:
    said = making.data(new_id())
    assert differences(said, replace(said, normal_staff=5, provenance=Provenance.SYNTHETIC)) == (
        "normal_staff",
    )


def test_every_flaw_of_a_code_has_a_sentence() -> None:
    assert {f"code_{flaw}" for flaw in Flaw} <= set(SENTENCES)
