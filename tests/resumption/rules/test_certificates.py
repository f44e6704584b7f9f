"""The signature covers every word of the certificate."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as some

from fugong.resumption.rules.certificates import (
    Seal,
    Statement,
    has_run_out,
    is_genuine,
    parse_seal,
    sign,
)

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
STATEMENT = Statement(
    authority_id=UUID(int=1),
    certificate_id=UUID(int=2),
    number="C2022-0001",
    enterprise_name="淮南市樂森黑馬樂器有限公司",
    credit_code="91340402MA00000015",
    issued_on=date(2022, 4, 11),
    valid_until=None,
    key_id="abcd",
)
CHANGES: dict[str, Any] = {
    "authority_id": UUID(int=9),
    "certificate_id": UUID(int=9),
    "number": "C2022-0002",
    "enterprise_name": "淮南市樂森白馬樂器有限公司",
    "credit_code": "",
    "issued_on": date(2022, 4, 12),
    "valid_until": date(2099, 1, 1),
    "key_id": "abce",
}


def test_is_genuine_when_signed_by_us_then_yes():
    assert is_genuine(STATEMENT, sign(STATEMENT, KEY), PUBLIC)


@pytest.mark.parametrize("name", [field.name for field in fields(Statement)])
def test_is_genuine_when_any_word_is_changed_then_no(name):
    changed = replace(STATEMENT, **{name: CHANGES[name]})
    assert not is_genuine(changed, sign(STATEMENT, KEY), PUBLIC)


def test_is_genuine_when_signed_by_another_key_then_no():
    other = Ed25519PrivateKey.generate()
    assert not is_genuine(STATEMENT, sign(STATEMENT, other), PUBLIC)


def test_canonical_when_a_letter_moves_between_two_parts_then_other_bytes():
    moved = replace(STATEMENT, number="C2022-0001淮", enterprise_name=STATEMENT.enterprise_name[1:])
    assert moved.canonical() != STATEMENT.canonical()


@given(some.uuids(), some.binary(min_size=64, max_size=64))
def test_seal_when_written_and_read_then_the_same(authority_id, signature):
    seal = Seal(authority_id, signature)
    assert parse_seal(seal.text()) == seal
    assert len(seal.text()) == 107


@given(some.integers(0, 106), some.characters())
def test_seal_when_one_character_differs_then_not_this_seal(place, character):
    text = sign(STATEMENT, KEY).text()
    if text[place] == character:
        return
    read = parse_seal(text[:place] + character + text[place + 1 :])
    assert read is None or not is_genuine(STATEMENT, read, PUBLIC)


@pytest.mark.parametrize("text", ["", "x", "=" * 107, "A" * 106, "A" * 108, "ä" * 107, " " * 107])
def test_parse_seal_when_it_is_none_of_ours_then_none(text):
    assert parse_seal(text) is None


@pytest.mark.parametrize(
    ("until", "today", "over"),
    [
        (None, date(2099, 1, 1), False),
        (date(2022, 5, 1), date(2022, 5, 1), False),
        (date(2022, 5, 1), date(2022, 5, 2), True),
    ],
)
def test_has_run_out_when_the_last_day_is_over_then(until, today, over):
    assert has_run_out(until, today) is over
