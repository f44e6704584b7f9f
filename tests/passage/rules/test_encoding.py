from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fugong.passage.rules.encoding import base64url, from_base64url


@given(st.binary())
def test_bytes_are_read_back_from_the_one_text_that_spells_them(raw: bytes) -> None:
    text = base64url(raw)
    assert from_base64url(text) == raw
    assert from_base64url(text + "=") is None
    assert from_base64url(text + "é") is None
