from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fugong.passage.rules.masking import masked_name


@pytest.mark.parametrize(("name", "masked"), [("王芳", "王*"), ("欧阳小明", "欧**"), ("王", "王"), ("", "")])
def test_a_name_is_masked_for_those_who_look_on(name: str, masked: str) -> None:
    assert masked_name(name) == masked


@given(st.text(min_size=1))
def test_a_masked_name_tells_one_character(name: str) -> None:
    assert set(masked_name(name)[1:]) <= {"*"}
