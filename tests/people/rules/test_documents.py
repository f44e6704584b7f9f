"""Numbers of documents: what is taken, what is refused and why, what is shown of them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from fugong.people.choices import DocumentKind, Sex
from fugong.people.rules.documents import (
    PROVINCES,
    SENTENCES,
    BadDocument,
    born_on,
    checked,
    masked,
    masked_phone,
    normalised,
    sex_of,
)

TODAY = date(2022, 4, 28)
# The two numbers that GB 11643-1999 gives as examples.
WOMAN, MAN = "11010519491231002X", "440524188001010014"
ID = DocumentKind.RESIDENT_ID


def flaw(kind: DocumentKind, text: str) -> str:
    with pytest.raises(BadDocument) as refused:
        checked(kind, text, today=TODAY)
    assert refused.value.sentence
    return refused.value.flaw


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (WOMAN, WOMAN),
        (MAN, MAN),
        ("11010519491231002x", WOMAN),
        (" 110105 19491231 002X ", WOMAN),
        ("'11010519491231002X", WOMAN),
        ("１１０１０５１９４９１２３１００２Ｘ", WOMAN),
        ("\u200b11010519491231002X\ufeff", WOMAN),
        ("110105491231002", WOMAN),
        ("440524800101001", "440524198001010013"),
        ("440524800101999", "440524188001019990"[:17] + ric.calc_check_digit("440524188001019990")),
    ],
)
def test_a_resident_id_is_kept_in_one_spelling_of_18(text, number):
    assert checked(ID, text, today=TODAY) == number


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", "empty"),
        (" ", "empty"),
        ("1101051949123100", "length"),
        ("11010519491231002XX", "length"),
        ("11010519491231X02X", "characters"),
        ("1101051949123100ZX", "characters"),
        ("11010549123100X", "characters"),
        ("00010519491231002X", "region"),
        ("990105194912310020", "region"),
        ("11010519491331002X", "birth"),
        ("11010519490230002X", "birth"),
        ("11010518500101002X", "birth"),
        ("11010520220429002X", "birth"),
        ("110105194912310021", "check"),
        ("11010519491231012X", "check"),
        ("110105194912310X02", "characters"),
    ],
)
def test_what_cannot_be_a_resident_id_is_refused_by_its_flaw(text, wrong):
    assert flaw(ID, text) == wrong


def test_any_single_mistyped_digit_is_found():
    for place in range(17):
        for digit in "0123456789":
            typed = WOMAN[:place] + digit + WOMAN[place + 1 :]
            if typed != WOMAN:
                assert flaw(ID, typed)


def test_two_neighbours_exchanged_are_found():
    for place in range(16):
        typed = WOMAN[:place] + WOMAN[place + 1] + WOMAN[place] + WOMAN[place + 2 :]
        if typed != WOMAN:
            assert flaw(ID, typed)


@given(
    province=st.sampled_from(sorted(PROVINCES)),
    county=st.integers(0, 9999),
    born=st.dates(date(1900, 1, 1), TODAY),
    order=st.integers(1, 995),
)
def test_a_number_made_by_the_rule_is_taken_and_says_when_and_what(province, county, born, order):
    body = f"{province}{county:04}{born:%Y%m%d}{order:03}"
    number = checked(ID, body + ric.calc_check_digit(body + "0"), today=TODAY)
    assert born_on(number) == born
    assert sex_of(number) is (Sex.MALE if order % 2 else Sex.FEMALE)


@given(born=st.dates(date(1900, 1, 1), date(1999, 12, 31)), order=st.integers(1, 995))
def test_the_old_form_of_a_number_is_the_same_person(born, order):
    body = f"340402{born:%Y%m%d}{order:03}"
    number = body + ric.calc_check_digit(body + "0")
    assert checked(ID, number[:6] + number[8:17], today=TODAY) == number


@pytest.mark.parametrize(
    ("kind", "text", "number"),
    [
        (DocumentKind.PASSPORT, "e12345678", "E12345678"),
        (DocumentKind.PASSPORT, "AB 123456", "AB123456"),
        (DocumentKind.HK_MACAO_PERMIT, "H01234567", "H01234567"),
        (DocumentKind.HK_MACAO_PERMIT, "m0123456701", "M0123456701"),
        (DocumentKind.TAIWAN_PERMIT, "01234567", "01234567"),
        (DocumentKind.FOREIGN_RESIDENT, "USA110080010101", "USA110080010101"),
        (DocumentKind.FOREIGN_RESIDENT, "911124198108030024", "911124198108030024"),
        (DocumentKind.OTHER, "临1", ""),
        (DocumentKind.OTHER, "A-12/3", "A-12/3"),
    ],
)
def test_other_documents_are_known_by_their_form(kind, text, number):
    if number:
        assert checked(kind, text, today=TODAY) == number
    else:
        assert flaw(kind, text) == "form"


@pytest.mark.parametrize("kind", [kind for kind in DocumentKind if kind is not ID])
def test_other_documents_are_refused_when_empty_or_of_another_form(kind):
    assert flaw(kind, "") == "empty"
    assert flaw(kind, "护照") == "form"


def test_the_day_of_birth_may_be_today_and_not_tomorrow():
    for day, taken in ((TODAY, True), (TODAY + timedelta(days=1), False)):
        body = f"110105{day:%Y%m%d}001"
        number = body + ric.calc_check_digit(body + "0")
        if taken:
            assert checked(ID, number, today=TODAY) == number
        else:
            assert flaw(ID, number) == "birth"


def test_no_refusal_repeats_the_number():
    for text in ("110105194912310021", "11010519491331002X", "00010519491231002X"):
        with pytest.raises(BadDocument) as refused:
            checked(ID, text, today=TODAY)
        assert text not in refused.value.sentence
        assert text[6:] not in str(refused.value.details)


@given(st.text(alphabet="0123456789ABCX", min_size=4, max_size=40))
def test_a_mask_shows_at_most_seven_characters_and_keeps_the_length(number):
    shown = masked(number)
    assert len(shown) == len(number)
    assert sum(sign != "*" for sign in shown) <= 7


def test_masks_of_usual_numbers():
    assert masked(WOMAN) == "110***********002X"
    assert masked("E12345678") == "E******78"
    assert masked("123") == "***"
    assert masked_phone("13812345678") == "138****5678"
    assert masked_phone("") == ""


def test_a_number_is_spelt_the_same_however_often_it_is_normalised():
    assert normalised(normalised(" 1101 05x ")) == normalised(" 1101 05x ") == "110105X"


def test_every_flaw_has_its_sentence():
    assert {"empty", "length", "characters", "region", "birth", "check", "form", "scientific"} == set(
        SENTENCES
    )
