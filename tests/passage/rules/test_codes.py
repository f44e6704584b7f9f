"""Codes at a gate: read back to the bit, and taken for nothing they are not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from fugong.passage.rules.codes import (
    Claim,
    Fault,
    LiveCode,
    Offline,
    certified,
    fault_offline,
    fault_online,
    mac_of,
    minute_of,
    moment_of,
    phone_key,
    signed,
)

NOW = datetime(2022, 4, 27, 7, 12, 40, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SECRETS = {7: b"\x07" * 32, 8: b"\x08" * 32}
AUTHORITY = Ed25519PrivateKey.from_private_bytes(b"\x11" * 32)
PHONE = Ed25519PrivateKey.from_private_bytes(b"\x22" * 32)
PUBLIC = {7: AUTHORITY.public_key().public_bytes_raw()}
CLAIM = Claim(7, UUID(int=0x1234), b"\x00\x01\x02\x03", minute_of(NOW + timedelta(days=3)))


def shown(*, at: datetime = NOW, claim: Claim = CLAIM, by: bytes = SECRETS[7]) -> LiveCode:
    """As a phone makes it."""
    minute = minute_of(at)
    public = PHONE.public_key().public_bytes_raw()
    offline = Offline(public, AUTHORITY.sign(certified(claim, public)), PHONE.sign(signed(claim, minute)))
    return LiveCode(claim, minute, mac_of(phone_key(by, claim), claim, minute), offline)


claims = st.builds(
    Claim,
    key_id=st.integers(0, 255),
    person=st.uuids(),
    device=st.binary(min_size=4, max_size=4),
    valid_until=st.integers(0, 2**32 - 1),
    place=st.integers(0, 2**32 - 1),
    hours=st.none() | st.tuples(st.integers(0, 1439), st.integers(0, 1439)),
)
codes = st.builds(
    LiveCode,
    claim=claims,
    minute=st.integers(0, 2**32 - 1),
    mac=st.binary(min_size=8, max_size=8),
    offline=st.none()
    | st.builds(
        Offline,
        public_key=st.binary(min_size=32, max_size=32),
        certificate=st.binary(min_size=64, max_size=64),
        signature=st.binary(min_size=64, max_size=64),
    ),
)


@given(codes)
def test_code_when_written_then_read_back_the_same(code):
    assert LiveCode.parse(str(code)) == code


@given(codes, st.data())
def test_code_when_cut_or_prolonged_then_is_none(code, data):
    text = str(code)
    cut = data.draw(st.integers(0, len(text) - 1))
    if len(text[:cut]) != len(str(replace(code, offline=None))):
        assert LiveCode.parse(text[:cut]) is None
    assert LiveCode.parse(text + "A") is None


@given(st.text(max_size=300))
def test_text_when_no_code_then_none_and_nothing_breaks(text):
    found = LiveCode.parse(text)
    assert found is None or str(found) == text


def test_code_when_its_spare_bits_are_set_then_is_none():
    """Of one code there is one text: a second one would be another key of the same scan."""
    text = str(replace(shown(), offline=None))
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    other = alphabet[alphabet.index(text[-1]) ^ 1]
    assert LiveCode.parse(text[:-1] + other) is None


def test_sizes_when_shown_then_small_enough_for_a_cheap_camera():
    """66 characters are a QR code of version 5, 279 of version 12, at level M."""
    assert (len(str(replace(shown(), offline=None))), len(str(shown()))) == (66, 279)


@pytest.mark.parametrize("check", [fault_online, fault_offline])
@pytest.mark.parametrize(
    ("age", "fault"),
    [
        (-2 * MINUTE, Fault.EARLY),
        (-MINUTE, None),
        (0 * MINUTE, None),
        (2 * MINUTE, None),
        (3 * MINUTE, Fault.OLD),
        (timedelta(days=2), Fault.OLD),
        (timedelta(days=3), Fault.EXPIRED),
    ],
)
def test_fault_when_shown_at_another_minute_then_a_screenshot_is_told(check, age, fault):
    keys = SECRETS if check is fault_online else PUBLIC
    assert check(shown(at=NOW), keys, NOW + age) is fault


@pytest.mark.parametrize(
    "change",
    [
        {"person": UUID(int=0x1235)},
        {"device": b"\x00\x01\x02\x04"},
        {"valid_until": CLAIM.valid_until + 1},
        {"place": 8},
        {"hours": (0, 1439)},
    ],
)
@pytest.mark.parametrize("check", [fault_online, fault_offline])
def test_fault_when_anything_of_the_claim_is_changed_then_forged(check, change):
    keys = SECRETS if check is fault_online else PUBLIC
    assert check(replace(shown(), claim=replace(CLAIM, **change)), keys, NOW) is Fault.FORGED


def test_fault_when_the_minute_is_moved_on_then_forged():
    moved = replace(shown(at=NOW - timedelta(hours=1)), minute=minute_of(NOW))
    assert fault_online(moved, SECRETS, NOW) is Fault.FORGED
    assert fault_offline(moved, PUBLIC, NOW) is Fault.FORGED


def test_fault_when_of_another_authority_then_unknown_or_forged():
    foreign = shown(by=b"\x09" * 32)
    assert fault_online(foreign, SECRETS, NOW) is Fault.FORGED
    assert fault_online(foreign, {}, NOW) is Fault.UNKNOWN_KEY
    assert fault_offline(foreign, {}, NOW) is Fault.UNKNOWN_KEY
    other = Ed25519PrivateKey.from_private_bytes(b"\x33" * 32).public_key().public_bytes_raw()
    assert fault_offline(foreign, {7: other}, NOW) is Fault.FORGED


def test_fault_when_another_phone_signs_with_a_borrowed_certificate_then_forged():
    thief = Ed25519PrivateKey.from_private_bytes(b"\x44" * 32)
    code = shown()
    assert code.offline is not None
    stolen = replace(code.offline, signature=thief.sign(signed(CLAIM, code.minute)))
    assert fault_offline(replace(code, offline=stolen), PUBLIC, NOW) is Fault.FORGED


def test_fault_offline_when_only_the_part_for_the_server_is_shown_then_malformed():
    assert fault_offline(replace(shown(), offline=None), PUBLIC, NOW) is Fault.MALFORMED


def test_minute_when_turned_back_then_its_beginning():
    assert moment_of(minute_of(NOW)) == NOW.replace(second=0)


def test_claim_when_read_back_then_with_place_and_hours():
    claim = replace(CLAIM, place=4_000_000_000, hours=(1320, 480))
    found = LiveCode.parse(str(shown(claim=claim)))
    assert found is not None
    assert found.claim == claim
    assert fault_online(found, SECRETS, NOW) is None
    assert fault_offline(found, PUBLIC, NOW) is None
