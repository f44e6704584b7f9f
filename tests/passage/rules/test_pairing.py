from __future__ import annotations

from uuid import UUID

import pytest

from fugong.core.ids import new_id
from fugong.passage.rules.pairing import ALPHABET, LENGTH, Pairing, hashed, new_code

AUTHORITY = UUID(int=7)


def test_new_code_when_drawn_is_of_letters_that_nobody_mistakes():
    drawn = {new_code() for _time in range(200)}
    assert len(drawn) == 200
    assert all(len(code) == LENGTH and set(code) <= set(ALPHABET) for code in drawn)
    assert not set(ALPHABET) & set("01OILU")


@pytest.mark.parametrize("typed", ["2345ABCD", "2345abcd", " 2345-ABCD ", "2345 abcd", "2345\u3000ABCD"])
def test_parse_when_typed_by_hand_finds_the_code(typed):
    assert Pairing.parse(typed) == Pairing("2345ABCD")


def test_parse_of_what_the_qr_says_is_the_pairing_itself():
    pairing = Pairing("2345ABCD", AUTHORITY)
    assert Pairing.parse(str(pairing)) == pairing


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2345ABC",
        "2345ABCDE",
        "2345ABC0",
        "2345ABCU",
        "x.2345ABCD",
        f"{AUTHORITY.hex}.",
        "二三四五六七八九",
    ],
)
def test_parse_of_what_cannot_be_one_is_none(text):
    assert Pairing.parse(text) is None


def test_hashed_when_key_authority_or_code_differ_differs():
    one = hashed("2345ABCD", key=b"k", authority_id=AUTHORITY)
    others = {
        hashed("2345ABCE", key=b"k", authority_id=AUTHORITY),
        hashed("2345ABCD", key=b"l", authority_id=AUTHORITY),
        hashed("2345ABCD", key=b"k", authority_id=new_id()),
    }
    assert one not in others
    assert len(others) == 3
