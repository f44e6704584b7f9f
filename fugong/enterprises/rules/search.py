"""What a person means by what is typed into the search box."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from fugong.core.finding import grams_of, letters_of, parted
from fugong.core.names import name_key
from fugong.enterprises.rules import credit_code
from fugong.enterprises.rules.data import TELEPHONE

DIGITS_ASKED = 7
"""Of a telephone number: the shortest that is nobody's extension."""

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
    return tuple(_word(part) for part in parted(text) if name_key(part))


def telephone_in(text: str) -> str:
    """The question when it is a telephone number as a whole; numbers are found whole or not at all."""
    number = unicodedata.normalize("NFKC", text).strip()
    digits = sum(character.isdigit() for character in number)
    return number if digits >= DIGITS_ASKED and TELEPHONE.fullmatch(number) else ""


def _word(text: str) -> Word:
    key = name_key(text)
    code = credit_code.normalised(text)
    letters = letters_of(key)
    is_code = bool(_CODE_PART.fullmatch(code)) and any(character.isdigit() for character in code)
    return Word(key=key, grams=grams_of(key), code_part=code if is_code else "", letters=letters)
