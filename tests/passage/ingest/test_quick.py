"""The quick reading of codes says what the plain one says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from fugong.passage.rules import codes, quick
from fugong.passage.rules.codes import Claim, LiveCode, Offline
from fugong.passage.rules.quick import Reader, carried_by, raw_of

NOW = datetime(2022, 4, 27, 2, 0, 30, tzinfo=UTC)
MINUTE = codes.minute_of(NOW)
SECRETS = {7: b"\x07" * 32, 8: b"\x08" * 32}
TOLD = Offline(b"\x01" * 32, b"\x02" * 64, b"\x03" * 64)

hours = st.none() | st.tuples(st.integers(0, 1439), st.integers(0, 1439))
claims = st.builds(
    Claim,
    key_id=st.sampled_from([7, 8, 9]),
    person=st.uuids(),
    device=st.binary(min_size=4, max_size=4),
    valid_until=st.integers(MINUTE - 5, MINUTE + 5000),
    place=st.integers(0, 2**32 - 1),
    hours=hours,
)


def shown(claim: Claim, minute: int, *, key: bytes, offline: Offline | None = None) -> LiveCode:
    return LiveCode(claim, minute, codes.mac_of(codes.phone_key(key, claim), claim, minute), offline)


@given(claims, st.integers(MINUTE - 5, MINUTE + 5), st.sampled_from([7, 8]), st.sampled_from([None, TOLD]))
def test_reading_when_quick_then_the_same_as_plain(claim, minute, key, offline):
    code = shown(claim, minute, key=SECRETS[key], offline=offline)
    fault, raw = Reader(SECRETS).read(str(code), MINUTE)
    assert fault == codes.fault_online(code, SECRETS, NOW)
    assert UUID(bytes=raw[quick.PERSON]) == claim.person
    assert raw[quick.SUBJECT] == claim.person.bytes + claim.device
    assert carried_by(raw) == (claim.place, claim.hours)


@given(st.text(max_size=300) | st.text("ABCabc019-_", min_size=62, max_size=62).map("FG1.".__add__))
def test_text_when_it_is_no_code_then_said_so_by_both(text):
    fault, _raw = Reader(SECRETS).read(text, MINUTE)
    parsed = LiveCode.parse(text)
    if parsed is None:
        # Spare bits at the end are looked at by the plain reading only; the MAC still has to be right.
        assert fault in (codes.Fault.MALFORMED, codes.Fault.UNKNOWN_KEY, codes.Fault.FORGED)
    else:
        assert fault == codes.fault_online(parsed, SECRETS, NOW)


@given(st.binary(min_size=48, max_size=48))
def test_code_when_any_of_its_bytes_is_another_then_forged_or_of_another_hour(noise):
    claim = Claim(7, UUID(int=1), b"abcd", MINUTE + 60)
    good = str(shown(claim, MINUTE, key=SECRETS[7]))
    changed = "".join(
        chr(ord(letter) ^ 1) if noise[place % 48] > 250 else letter for place, letter in enumerate(good)
    )
    fault, _raw = Reader(SECRETS).read(changed, MINUTE)
    assert (fault is None) == (raw_of(changed)[: quick.WHOLE] == raw_of(good)[: quick.WHOLE])


def test_minute_when_it_passes_then_a_picture_of_the_code_is_worth_nothing():
    claim = Claim(7, UUID(int=1), b"abcd", MINUTE + 60)
    code, reader = str(shown(claim, MINUTE, key=SECRETS[7])), Reader(SECRETS)
    told = [reader.read(code, MINUTE + late)[0] for late in range(-3, 5)]
    early, old = codes.Fault.EARLY, codes.Fault.OLD
    assert told == [early, early, None, None, None, None, old, old][: len(told)]
    assert timedelta(minutes=codes.MINUTES_LATE) <= timedelta(minutes=2)
