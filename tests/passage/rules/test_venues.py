"""A venue's code: read back to the bit, good once, here and now."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fugong.passage.choices import Reason
from fugong.passage.rules.venues import (
    Opening,
    Position,
    confirmation_of,
    fault_of,
    is_near,
    is_shown_now,
    metres_between,
    poster_secret,
    screen_key,
    turn_of,
)

KEY = b"\x05" * 32
NOW = datetime(2022, 4, 27, 2, 0, 10, tzinfo=UTC)
PHONE, OTHER = UUID(int=7), UUID(int=8)
OPENING = Opening(UUID(int=1), 12, PHONE, int(NOW.timestamp()), False, b"\x00" * 8)
GATE = (40.0766, 113.3001)

openings = st.builds(
    Opening,
    authority_id=st.uuids(),
    gate=st.integers(1, 2**31 - 1),
    phone=st.uuids(),
    opened=st.integers(0, 2**40),
    showed_turn=st.booleans(),
    salt=st.binary(min_size=8, max_size=8),
)


@given(openings)
def test_an_opening_is_read_back(opening: Opening) -> None:
    assert Opening.parse(opening.sealed(KEY), KEY) == opening


@given(openings, st.integers(0), st.integers(1, 255))
def test_an_opening_with_any_byte_changed_is_none(opening: Opening, place: int, change: int) -> None:
    from fugong.passage.rules.encoding import base64url, from_base64url

    raw = bytearray(from_base64url(opening.sealed(KEY)) or b"")
    raw[place % len(raw)] ^= change
    assert Opening.parse(base64url(bytes(raw)), KEY) is None


@pytest.mark.parametrize(
    "text", ["", "x", "é", "A" * 500, OPENING.sealed(b"\x06" * 32), OPENING.sealed(KEY)[:-1]]
)
def test_what_was_not_handed_out_is_none(text: str) -> None:
    assert Opening.parse(text, KEY) is None


@pytest.mark.parametrize(
    ("after", "changes", "fault"),
    [
        (timedelta(0), {}, None),
        (timedelta(minutes=3), {}, None),
        (timedelta(minutes=3, seconds=1), {}, Reason.OLD),
        (-timedelta(minutes=2), {}, Reason.EARLY),
        (timedelta(0), {"phone": OTHER}, Reason.USED_ELSEWHERE),
        (timedelta(0), {"gate": 13}, Reason.USED_ELSEWHERE),
    ],
)
def test_an_opening_is_good_for_minutes_one_phone_and_one_venue(after, changes, fault) -> None:
    asked = {"gate": 12, "phone": PHONE} | changes
    assert fault_of(OPENING, **asked, minutes=3, now=NOW + after) is fault


def test_each_opening_is_another_one() -> None:
    again = replace(OPENING, salt=b"\x01" * 8)
    assert again.hashed != OPENING.hashed


@given(st.integers(0, 3_000))
def test_a_turning_code_is_good_for_its_half_minute_and_the_next(seconds: int) -> None:
    shown, later = turn_of(KEY, NOW), NOW + timedelta(seconds=seconds)
    turns = int(later.timestamp()) // 30 - int(NOW.timestamp()) // 30
    assert is_shown_now(KEY, shown, later) == (turns <= 1)


@pytest.mark.parametrize("code", ["", "x", "é" * 8, "A" * 8])
def test_a_guessed_turning_code_is_wrong(code: str) -> None:
    assert not is_shown_now(KEY, code, NOW)


def test_another_poster_has_another_secret_and_its_screen_other_codes() -> None:
    first, second = (poster_secret(KEY, UUID(int=3), number) for number in (1, 2))
    assert len({first, second, poster_secret(KEY, UUID(int=4), 1)}) == 3
    assert turn_of(screen_key(KEY, first), NOW) != turn_of(screen_key(KEY, second), NOW)


@pytest.mark.parametrize(
    ("here", "is_there"),
    [
        (Position(40.0766, 113.3001, 10), True),
        (Position(40.0784, 113.3001, 5), False),  # 200 m north
        (Position(40.0783, 113.3001, 100), True),
        (Position(40.0766, 113.3001, 101), False),  # the phone knows nothing
        (Position(34.7466, 113.6253, 10), False),  # Zhengzhou
        (Position(400.0, 113.3, 10), False),
        (Position(40.0766, 113.3001, float("nan")), False),
        (Position(40.0766, 113.3001, -1), False),
        (None, False),
    ],
)
def test_near_is_within_the_metres_and_what_the_phone_is_unsure_of(here, is_there) -> None:
    assert is_near(GATE, here, 100) is is_there


def test_of_a_venue_without_a_position_nobody_is_near() -> None:
    assert not is_near(None, Position(40.0766, 113.3001, 1), 100)


def test_metres_between_two_towns() -> None:
    assert metres_between((34.7466, 113.6253), (31.2304, 121.4737)) == pytest.approx(826_000, rel=0.01)
    assert metres_between(GATE, GATE) == 0


@given(st.integers(-(2**63), 2**63 - 1))
def test_a_confirmation_has_a_nonce_of_its_own_that_leads_back(nonce: int) -> None:
    assert confirmation_of(nonce) != nonce
    assert confirmation_of(confirmation_of(nonce)) == nonce
    assert -(2**63) <= confirmation_of(nonce) < 2**63
