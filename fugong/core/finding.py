"""What a person means by a name typed into a search box, and what an index must hold to find it.

Row-level security lets only leakproof comparisons use an index, and `like` is none: names are found by pairs
of characters, with equality.
"""

from __future__ import annotations

import re
import sys
from typing import Final

CODE_POINTS: Final = "C"
"""The collation by code point: the same order everywhere, and prefixes that an index can find."""

GRAMS_ASKED: Final = 4
"""Pairs looked up in the index before the rows are compared: more would cost more than they save."""

WORDS_ASKED: Final = 6
FIRST_SURROGATE, LAST_SURROGATE = 0xD800, 0xDFFF
_WORDS = re.compile(r"[\s,;，；、]+")
_LETTERS = re.compile(r"[a-z][a-z']*")


def parted(text: str) -> list[str]:
    """The words of a question, at most six; none for an empty question."""
    return [part for part in _WORDS.split(text.strip()) if part][:WORDS_ASKED]


def letters_of(key: str) -> str:
    """The key where it may be spelling (letters only, apostrophes part syllables), else nothing."""
    return key if _LETTERS.fullmatch(key) else ""


def grams_of(key: str) -> tuple[str, ...]:
    """The pairs of neighbouring characters that a name containing `key` certainly has.

    At most four, spread over the word: enough to narrow, and the rows are compared with the word afterwards.
    """
    pairs = [key[place : place + 2] for place in range(len(key) - 1)]
    if len(pairs) <= GRAMS_ASKED:
        return tuple(pairs)
    step = (len(pairs) - 1) / (GRAMS_ASKED - 1)
    return tuple(pairs[round(place * step)] for place in range(GRAMS_ASKED))


def spelling_pattern(letters: str) -> str:
    """The regular expression that finds `letters` in spelt syllables, from the start of one of them.

    An apostrophe parts two syllables: xi'an is not xian.
    """
    parts = (" ?".join(part) for part in letters.split("'") if part)
    return "(^| )" + " ".join(parts)


def after(prefix: str) -> str:
    """The first text that sorts behind everything that starts with `prefix`, by code points.

    Half of a pair of surrogates is no character, and behind the last one there is none.
    """
    point = ord(prefix[-1]) + 1
    if point == FIRST_SURROGATE:
        point = LAST_SURROGATE + 1
    return prefix[:-1] + chr(min(point, sys.maxunicode))
