"""The unified social credit code of GB 32100-2015: 18 characters, the last a check character."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from stdnum.cn import uscc

LENGTH = 18
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""Digits and capital letters without I, O, S, V, Z, which are too easily mistaken (GB 32100, 5.1)."""

_SEPARATORS = re.compile(r"[\s\-\u00a0\u3000\u200b\ufeff]+")
_SCIENTIFIC = re.compile(r"\d(\.\d+)?E\+?\d+", re.IGNORECASE)


class Flaw(StrEnum):
    """What can be wrong with a code."""

    EMPTY = "empty"
    SCIENTIFIC = "scientific"
    LENGTH = "length"
    CHARACTER = "character"
    REGION = "region"
    CHECK = "check"


SENTENCES: dict[Flaw, Promise] = {
    Flaw.EMPTY: _("The unified social credit code is missing."),
    Flaw.SCIENTIFIC: _(
        "“%(code)s” is a number that the spreadsheet shortened; its digits are lost. "
        "Format the column as text and enter the code again."
    ),
    Flaw.LENGTH: _("A unified social credit code has 18 characters; this one has %(count)s."),
    Flaw.CHARACTER: _(
        "Character %(place)s is “%(character)s”, which no unified social credit code contains "
        "(the letters I, O, S, V and Z are not used)."
    ),
    Flaw.REGION: _(
        "Characters 3 to 8 of a unified social credit code are the region, in digits; "
        "character %(place)s is “%(character)s”."
    ),
    Flaw.CHECK: _(
        "The last character “%(character)s” does not fit the other 17: "
        "one of them is wrong, or two are exchanged."
    ),
}


class BadCreditCode(ValueError):
    """The code cannot be right. It says what is wrong with which character; nothing is guessed."""

    def __init__(self, flaw: Flaw, **details: str | int) -> None:
        super().__init__(flaw.value)
        self.flaw = flaw
        self.details = details

    @property
    def sentence(self) -> str:
        return str(SENTENCES[self.flaw]) % self.details


def normalised(text: str) -> str:
    """Capital letters, half-width characters, no separators: what people and spreadsheets add goes."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper()


def checked(text: str) -> str:
    """The normalised code; raises BadCreditCode.

    The first two characters are office and type and may be letters (N for rural collectives, Y for others);
    the next six are the region in digits. `stdnum` demands eight digits there, so only its check is used.
    """
    code = normalised(text)
    if not code:
        raise BadCreditCode(Flaw.EMPTY)
    if len(code) != LENGTH and _SCIENTIFIC.fullmatch(code):
        raise BadCreditCode(Flaw.SCIENTIFIC, code=text.strip())
    if len(code) != LENGTH:
        raise BadCreditCode(Flaw.LENGTH, count=len(code))
    _check_characters(code)
    if uscc.calc_check_digit(code[:-1]) != code[-1]:
        raise BadCreditCode(Flaw.CHECK, character=code[-1])
    return code


def _check_characters(code: str) -> None:
    for place, character in enumerate(code, start=1):
        if character not in ALPHABET:
            raise BadCreditCode(Flaw.CHARACTER, place=place, character=character)
        if 3 <= place <= 8 and not character.isdigit():
            raise BadCreditCode(Flaw.REGION, place=place, character=character)
