"""The printed form in each language; the sources' own wordings first."""

from decimal import Decimal

import opencc
import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from fugong.core.figures import Absence, Exactness, UnknownUnit, printed, register_units, wording
from tests.core.figures.making import figure

E = Exactness


@pytest.mark.parametrize(
    ("value", "unit", "exactness", "zh", "en"),
    [
        (9000, "vehicle", E.MORE, "9000多辆", "more than 9,000 vehicles"),
        (13000, "person", E.ODD, "1.3万余人", "over 13,000 people"),
        (20, "enterprise", E.ODD, "20余家", "over 20 enterprises"),
        (4000, "piece", E.NEARLY, "近4000个", "nearly 4,000 pieces"),
        (60, "percent", E.ABOUT, "约60%", "about 60%"),
        (275_000, "piece", E.ABOUT, "约27.5万个", "about 275,000 pieces"),
        (800, "person", E.AROUND, "800人左右", "around 800 people"),
        (1, "metre", E.OR_MORE, "1米以上", "1 metre or more"),
        (30_000_000, "yuan", E.BROKE_THROUGH, "突破3000万元", "exceeding 30,000,000 yuan"),
        (50, "person", E.AT_MOST, "不超过50人", "at most 50 people"),
        (10_000, "copy", E.MORE, "1万多份", "more than 10,000 copies"),
        (30, "entry", E.MORE, "30多条", "more than 30 entries"),
        (100, "jin", E.ODD, "100余斤", "over 100 jin"),
        (None, "person", E.MOST, "大部分", "most"),
        (91, "enterprise", E.EXACT, "91家", "91 enterprises"),
        (1, "enterprise", E.EXACT, "1家", "1 enterprise"),
        (13_021, "person", E.EXACT, "13021人", "13,021 people"),
        (30_000_000, "yuan", E.EXACT, "30000000元", "30,000,000 yuan"),
        (Decimal("85.8"), "percent", E.EXACT, "85.8%", "85.8%"),
        (Decimal("90.0"), "percent", E.EXACT, "90.0%", "90.0%"),
        (350_000_000, "yuan", E.NEARLY, "近3.5亿元", "nearly 350,000,000 yuan"),
        (12_345, "person", E.ODD, "12345余人", "over 12,345 people"),
    ],
)
def test_figure_prints_as_officials_write_it(value, unit, exactness, zh, en):
    stated = figure(value, unit, exactness=exactness)
    assert printed(stated, "zh-hans") == zh
    assert printed(stated, "en") == en


def test_figure_prints_in_the_active_language():
    stated = figure(20, "occasion", exactness=E.ODD)
    with translation.override("zh-hans"):
        assert printed(stated) == "20余次"
    with translation.override("en"):
        assert printed(stated) == "over 20 times"


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("zh", "zh-hans"),
        ("zh-CN", "zh-hans"),
        ("zh_Hans", "zh-hans"),
        ("zh-hant", "zh-hant"),
        ("zh-TW", "zh-hant"),
        ("zh-Hant-HK", "zh-hant"),
        ("en-gb", "en"),
        ("fr", "en"),
    ],
)
def test_language_tags_find_their_words(tag, expected):
    assert wording.language_of(tag) == expected


def test_traditional_words_are_those_of_a_conversion():
    convert = opencc.OpenCC("s2t").convert
    for unit in wording._units:
        for exactness in Exactness:
            stated = figure(None if exactness is E.MOST else 20_000, unit, exactness=exactness)
            assert printed(stated, "zh-hant") == convert(printed(stated, "zh-hans"))
    for absence in Absence:
        absent = figure(None, absence=absence)
        assert printed(absent, "zh-hant") == convert(printed(absent, "zh-hans"))


@pytest.mark.parametrize("absence", list(Absence))
@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_every_absence_has_words_in_every_language(absence, language):
    text = printed(figure(None, absence=absence), language)
    assert text.startswith("—")
    assert wording.why_absent(figure(None, absence=absence), language) in text
    assert len(text) > 4


def test_present_figure_has_no_reason_for_absence():
    assert wording.why_absent(figure(3), "en") == ""


def test_every_wording_differs_within_a_language():
    for language in ("zh-hans", "en"):
        texts = [printed(figure(20, "person", exactness=e), language) for e in Exactness if e is not E.MOST]
        assert len(set(texts)) == len(texts)


@given(st.integers(-(10**12), 10**12), st.sampled_from([e for e in Exactness if e is not E.MOST]))
def test_number_is_never_changed_by_its_printing(value, exactness):
    text = wording.number_text(value, exactness=exactness, language="zh-hans")
    scale = {"万": 10**4, "亿": 10**8}.get(text[-1])
    read = Decimal(text[:-1]) * scale if scale else Decimal(text)
    assert read == value
    assert Decimal(wording.number_text(value, exactness=exactness, language="en").replace(",", "")) == value


def test_unit_without_words_is_an_error_not_a_gap():
    with pytest.raises(UnknownUnit):
        printed(figure(3, "furlong"), "en")


def test_registered_unit_prints_and_cannot_be_redefined(monkeypatch):
    monkeypatch.setattr(wording, "_units", dict(wording._units))
    guitars = {
        "zh-hans": "{number}把",
        "zh-hant": "{number}把",
        "en": {"one": "{number} guitar", "other": "{number} guitars"},
    }
    register_units({"guitar": guitars})
    register_units({"guitar": guitars})
    assert printed(figure(3600, "guitar", exactness=E.MORE), "zh") == "3600多把"
    with pytest.raises(ValueError, match="words already"):
        register_units({"guitar": guitars | {"zh-hans": "{number}台"}})
    with pytest.raises(ValueError, match="no words in zh-hant"):
        register_units({"violin": {"zh-hans": "{number}把", "en": "{number} violins"}})
