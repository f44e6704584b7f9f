"""Figures in words. The words are data (`wording.toml`); the grammar of both languages is here."""

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

from fugong.core.figures.choices import Exactness
from fugong.core.figures.values import Figure

LANGUAGES = ("zh-hans", "zh-hant", "en")
_SIZES = {100_000_000: "hundred_million", 10_000: "ten_thousand"}

_wording: dict[str, Any] = tomllib.loads(Path(__file__).with_name("wording.toml").read_text(encoding="utf-8"))
_units: dict[str, Mapping[str, Any]] = dict(_wording["units"])


class UnknownUnit(LookupError):
    """A figure carries a unit nobody has given words for."""


def register_units(units: Mapping[str, Mapping[str, Any]]) -> None:
    """Adds counted things, in the shape of `wording.toml`'s `units`.

    Raises ValueError when a unit has other words already, or none in one of the languages.
    """
    for code, words in units.items():
        if _units.get(code, words) != words:
            raise ValueError(f"the unit {code!r} has words already")
        if missing := [language for language in LANGUAGES if language not in words]:
            raise ValueError(f"the unit {code!r} has no words in {', '.join(missing)}")
    _units.update(units)


def has_words(unit: str) -> bool:
    return unit in _units


def printed(figure: Figure, language: str | None = None) -> str:
    """The figure as a reader sees it: number, unit and wording. Default: the active language."""
    language = language_of(language)
    if figure.absence is not None:
        reason = why_absent(figure, language)
        return str(_wording["numerals"][language]["absent"]).format(reason=reason)
    wrap = _wording["exactness"][figure.exactness.value].get(language, {})
    quantity = "" if figure.value is None else _quantity(figure, language, wrap)
    return str(wrap.get("quantity", "{quantity}")).format(quantity=quantity)


def why_absent(figure: Figure, language: str | None = None) -> str:
    """The reason for a dash, or an empty text."""
    if figure.absence is None:
        return ""
    return str(_wording["absence"][figure.absence.value][language_of(language)])


def language_of(language: str | None) -> str:
    """The wording language for a language tag: zh, zh-cn, zh-Hant-TW, en-gb ..."""
    tag = (language or get_language() or "en").lower().replace("_", "-")
    if not tag.startswith("zh"):
        return "en"
    traditional = {"hant", "tw", "hk", "mo"} & set(tag.split("-"))
    return "zh-hant" if traditional else "zh-hans"


def _quantity(figure: Figure, language: str, wrap: Mapping[str, str]) -> str:
    assert figure.value is not None
    number = number_text(figure.value, exactness=figure.exactness, language=language)
    number = wrap.get("number", "{number}").format(number=number)
    if figure.unit not in _units:
        raise UnknownUnit(figure.unit)
    words = _units[figure.unit][language]
    if not isinstance(words, str):
        words = words["one" if figure.value == 1 else "other"]
    return str(words).format(number=number)


def number_text(value: int | Decimal, *, exactness: Exactness, language: str) -> str:
    """Digits as the language writes them.

    English groups thousands. Chinese does not, and states an inexact number of ten thousand or more
    in ten-thousands where two decimals suffice; an exact one keeps every digit.
    """
    if language == "en":
        return format(value, ",") if isinstance(value, int) else format(value, ",f")
    if exactness is not Exactness.EXACT:
        exact = Decimal(value)
        for size, name in _SIZES.items():
            if abs(exact) >= size and exact % (size // 100) == 0:
                return _shortest(exact / size) + str(_wording["numerals"][language][name])
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _shortest(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
