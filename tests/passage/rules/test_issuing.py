from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fugong.passage.rules.encoding import base64url, from_base64url
from fugong.passage.rules.issuing import masked_name


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("王芳", "王*"),
        ("王小芳", "王*芳"),
        ("欧阳小明", "欧**明"),
        ("王", "王"),
        ("", ""),
        ("赵某洋（合成）", "赵*洋（合成）"),
    ],
)
def test_a_name_is_masked_for_those_who_look_on(name: str, masked: str) -> None:
    assert masked_name(name) == masked


@given(st.text(min_size=2).filter(lambda name: "（" not in name))
def test_a_masked_name_never_tells_more_than_two_characters(name: str) -> None:
    masked = masked_name(name)
    assert len(masked) == len(name)
    assert sum(one != "*" for one in masked[1:-1]) == 0


@given(st.binary())
def test_bytes_are_read_back_from_the_one_text_that_spells_them(raw: bytes) -> None:
    text = base64url(raw)
    assert from_base64url(text) == raw
    assert from_base64url(text + "=") is None
    assert from_base64url(text + "é") is None
