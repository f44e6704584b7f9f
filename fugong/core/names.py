"""How names are compared, found and spelt: the key of a name, and its pinyin."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

import opencc
from pypinyin import Style, lazy_pinyin, load_phrases_dict
from pypinyin.seg.mmseg import seg

NAME_LIMIT = 200
SPELT_LIMIT = 1000
_SPACES = re.compile(r"\s+")
_LATIN = re.compile(r"[^a-z0-9]+")
_SPELLING = Path(__file__).with_name("spelling.toml")


def tidy(text: str) -> str:
    """A name as it is kept: one Unicode form, no doubled or outer spaces. Nothing else is changed."""
    composed = unicodedata.normalize("NFC", text)
    return composed if composed.isalnum() else _SPACES.sub(" ", composed).strip()


def name_key(text: str) -> str:
    """What names are compared and found by: simplified characters, half width, small letters, no spaces.

    So a name typed in traditional characters, or with full-width brackets, is the same name.
    """
    half_width = unicodedata.normalize("NFKC", text).casefold()
    if not half_width.isalnum():
        half_width = _SPACES.sub("", half_width)
    return str(_to_simplified().convert(half_width))


def spellings(name: str) -> tuple[str, str, str]:
    """The key of a name with its syllables and initials: all that it is found by."""
    key = name_key(name)
    return (key, *_pinyin(key))


def pinyin(name: str) -> tuple[str, str]:
    """The syllables parted by spaces, and their initials: ("huai nan le sen", "hnls").

    What is not Chinese stays as it is, each letter for itself.
    """
    return _pinyin(name_key(name))


def _pinyin(key: str) -> tuple[str, str]:
    _know_spellings()
    syllables = [spelt for phrase in seg.cut(key) for spelt in _phrase(phrase)]
    initials = "".join(part[0] if part.isalpha() else part for part in syllables)
    return " ".join(syllables)[:SPELT_LIMIT], initials[:NAME_LIMIT]


@lru_cache(maxsize=65_536)
def _phrase(phrase: str) -> tuple[str, ...]:
    """Names are made of the same phrases again and again; spelling each once halves an import's time."""
    parts = (_LATIN.sub("", part.casefold()) for part in lazy_pinyin(phrase, style=Style.NORMAL))
    return tuple(part for part in parts if part)


@cache
def _to_simplified() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@cache
def _know_spellings() -> None:
    """Place and trade words that names use otherwise than running text does; they are data."""
    phrases = tomllib.loads(_SPELLING.read_text(encoding="utf-8"))["phrases"]
    load_phrases_dict({word: [[syllable] for syllable in spelt.split()] for word, spelt in phrases.items()})
