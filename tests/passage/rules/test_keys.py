from __future__ import annotations

from datetime import UTC, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from fugong.passage.rules.keys import LONGEST, MOST, free_number, secret_of

NOW = datetime(2022, 4, 27, 2, tzinfo=UTC)


def test_secret_of_a_known_key_is_always_the_same():
    key = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    assert secret_of(key).hex() == "d7ed6f9063f57b26a133847590a57dd4860450a236206a75a7238295403c4e05"
    assert secret_of(Ed25519PrivateKey.generate()) != secret_of(key)


def test_free_number_of_no_keys_is_one():
    assert free_number({}, now=NOW) == 1


def test_free_number_when_one_was_never_given_is_the_lowest_of_those():
    assert free_number({1: None, 3: NOW - 2 * LONGEST}, now=NOW) == 2


def test_free_number_when_all_were_given_is_the_one_out_of_codes_for_longest():
    over = {number: NOW - LONGEST - timedelta(days=number % 100) for number in range(1, MOST)}
    retired = {**over, MOST: None}
    assert free_number(retired, now=NOW) == 99


def test_free_number_when_all_may_stand_in_codes_is_none():
    just = NOW - LONGEST + timedelta(seconds=1)
    assert free_number(dict.fromkeys(range(1, MOST + 1), just), now=NOW) is None
    assert free_number(dict.fromkeys(range(1, MOST + 1), NOW - LONGEST), now=NOW) == 1
