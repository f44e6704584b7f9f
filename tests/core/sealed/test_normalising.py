import pytest
from hypothesis import given
from hypothesis import strategies as st

from fugong.core.sealed import NORMALISERS


@pytest.mark.parametrize(
    ("name", "given_form", "expected"),
    [
        ("phone", "138 0013 8000", "13800138000"),
        ("phone", "+86-138-0013-8000", "13800138000"),
        ("phone", "0086 13800138000", "13800138000"),
        ("phone", "8613800138000", "13800138000"),
        ("phone", "（0554）251-1234", "05542511234"),
        ("phone", "8612345", "8612345"),
        ("code", " 34040219900101001x ", "34040219900101001X"),
        ("code", "９１３４０４００ＭＡ２Ｍ", "91340400MA2M"),
        ("plain", "  Wang   Weiming ", "wang weiming"),
        ("plain", "王　伟明", "王 伟明"),
    ],
)
def test_spellings_of_one_value_become_one(name, given_form, expected):
    assert NORMALISERS[name](given_form) == expected


@given(st.text(), st.sampled_from(sorted(NORMALISERS)))
def test_normalising_needs_at_most_two_rounds(text, name):
    # NFKC of upper- or case-folded text may move once more; after that it stands still.
    normalise = NORMALISERS[name]
    twice = normalise(normalise(normalise(text)))
    assert normalise(twice) == twice
