"""The bytes of a sealed value: nothing of them can be changed, and nothing of them carried elsewhere."""

import os
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fugong.core.sealed import ciphers
from fugong.core.sealed.ciphers import Key, Tampered

KEY = Key(UUID(int=1), UUID(int=2), "contact", bytes(range(32)))
MASTER = bytes(32)


@given(st.binary())
def test_sealed_bytes_open_again(plain):
    assert ciphers.unseal(ciphers.seal(plain, KEY), KEY) == plain


def test_layout_is_version_key_nonce_and_tagged_ciphertext():
    sealed = ciphers.seal(b"13800138000", KEY)
    assert sealed[0] == 1
    assert sealed[1:17] == KEY.id.bytes
    assert len(sealed) == 1 + 16 + 12 + 11 + 16
    assert ciphers.key_id_of(sealed) == KEY.id
    assert b"13800138000" not in sealed


def test_equal_values_are_sealed_differently():
    assert len({ciphers.seal(b"13800138000", KEY) for _ in range(50)}) == 50


@given(st.integers(0, 1 + 16 + 12 + 11 + 16 - 1), st.integers(1, 255))
def test_any_changed_byte_is_found(place, change):
    sealed = bytearray(ciphers.seal(b"13800138000", KEY))
    sealed[place] ^= change
    with pytest.raises(Tampered):
        ciphers.unseal(bytes(sealed), KEY)


@pytest.mark.parametrize(
    "other",
    [
        replace(KEY, authority_id=UUID(int=3)),
        replace(KEY, data_class="identity"),
        replace(KEY, secret=os.urandom(32)),
        replace(KEY, id=UUID(int=9)),
    ],
    ids=["authority", "class", "secret", "key"],
)
def test_value_does_not_open_as_anything_else(other):
    with pytest.raises(Tampered):
        ciphers.unseal(ciphers.seal(b"x", KEY), other)


@pytest.mark.parametrize(
    "junk", [b"", b"\x01", b"\x02" + bytes(60), b"plain text that is long enough to be a value"]
)
def test_junk_is_not_a_sealed_value(junk):
    with pytest.raises(Tampered):
        ciphers.key_id_of(junk)


def test_wrapped_key_opens_with_its_master_only():
    wrapped = ciphers.wrap(KEY, MASTER)
    unopened = replace(KEY, secret=b"")
    assert ciphers.unwrap(wrapped, unopened, MASTER).secret == KEY.secret
    for wrong in (replace(unopened, authority_id=UUID(int=8)), replace(unopened, data_class="other")):
        with pytest.raises(Tampered):
            ciphers.unwrap(wrapped, wrong, MASTER)
    with pytest.raises(Tampered):
        ciphers.unwrap(wrapped, unopened, b"\x01" * 32)


def test_keyed_hash_depends_on_value_and_key():
    assert ciphers.keyed_hash("a", KEY) == ciphers.keyed_hash("a", KEY)
    assert len(ciphers.keyed_hash("a", KEY)) == 32
    assert ciphers.keyed_hash("a", KEY) != ciphers.keyed_hash("b", KEY)
    assert ciphers.keyed_hash("a", KEY) != ciphers.keyed_hash("a", replace(KEY, secret=bytes(32)))


def test_key_shows_nothing_of_itself():
    assert KEY.secret.hex() not in repr(KEY)
    assert str(KEY.secret) not in repr(KEY)
