"""What a person means by what is typed into the search box."""

from __future__ import annotations

import re
<<<<<<< HEAD
import sys
import unicodedata
=======
>>>>>>> 4a348d2 (core: Move the understanding of a typed name down.)
from dataclasses import dataclass

from fugong.core.finding import grams_of, letters_of, parted
from fugong.core.names import name_key
from fugong.enterprises.rules import credit_code
from fugong.enterprises.rules.data import TELEPHONE

<<<<<<< HEAD
GRAMS_ASKED = 4
"""Pairs looked up in the index before the rows are compared: more would cost more than they save."""

WORDS_ASKED = 6
DIGITS_ASKED = 7
"""Of a telephone number: the shortest that is nobody's extension."""

FIRST_SURROGATE, LAST_SURROGATE = 0xD800, 0xDFFF
_WORDS = re.compile(r"[\s,;，；、]+")
=======
>>>>>>> 4a348d2 (core: Move the understanding of a typed name down.)
_CODE_PART = re.compile(rf"[{credit_code.ALPHABET}]{{3,18}}")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a question: every word must be found, each in any of the ways it can be meant."""

    key: str
    grams: tuple[str, ...]
    code_part: str = ""
    letters: str = ""


def understood(text: str) -> tuple[Word, ...]:
    """The words of the question, at most six; empty for an empty question."""
<<<<<<< HEAD
    parts = [part for part in _WORDS.split(text.strip()) if part]
    return tuple(_word(part) for part in parts[:WORDS_ASKED] if name_key(part))


def telephone_in(text: str) -> str:
    """The question when it is a telephone number as a whole; numbers are found whole or not at all."""
    number = unicodedata.normalize("NFKC", text).strip()
    digits = sum(character.isdigit() for character in number)
    return number if digits >= DIGITS_ASKED and TELEPHONE.fullmatch(number) else ""


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
=======
    return tuple(_word(part) for part in parted(text) if name_key(part))
>>>>>>> 4a348d2 (core: Move the understanding of a typed name down.)


def _word(text: str) -> Word:
    key = name_key(text)
    code = credit_code.normalised(text)
    letters = letters_of(key)
    is_code = bool(_CODE_PART.fullmatch(code)) and any(character.isdigit() for character in code)
    return Word(key=key, grams=grams_of(key), code_part=code if is_code else "", letters=letters)
