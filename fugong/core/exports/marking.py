"""The mark inside the data: which of several harmless spellings a value gets, for one export. Pure.

Nothing false is written and nothing is hidden: a masked number has more or fewer asterisks, a telephone given
in full is grouped in one of four usual ways, a text of a column for prose ends with a space or not. What is
chosen follows from the value itself and the export's key, so each row that is left of a file speaks for
itself, in any order and any column. What the mark does not survive is said in docs/adr/0013-marked-lists.md.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from math import log
from typing import Final

MASKED: Final = re.compile(r"(?<![0-9A-Za-z*])([0-9A-Za-z]{0,6})(\*{3,20})([0-9A-Za-z]{1,4})(?![0-9A-Za-z*])")
PHONE: Final = re.compile(r"(?<![0-9])(1[3-9](?:[ -]?[0-9]){9})(?![0-9])")
SHORTEST: Final = 4  # asterisks
GROUPS: Final[tuple[tuple[str, tuple[int, ...]], ...]] = (
    ("", (11,)),
    (" ", (3, 4, 4)),
    ("-", (3, 4, 4)),
    (" ", (4, 4, 3)),
)
WRONG: Final = 0.03
"""How often a value is expected to have been changed on the way, by hand or by a program."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One value that can carry a mark: what its choice follows from, and the choice it shows of `choices`."""

    value: str
    shown: int
    choices: int


def marked(text: str, key: bytes, *, is_prose: bool = False) -> str:
    """The spelling that the export with this key gives the text."""
    text = MASKED.sub(lambda found: _masked_again(found, key), text)
    text = PHONE.sub(lambda found: _grouped(found[1], key), text)
    if is_prose and text.strip():
        text = text.rstrip()
        return text + " " * _choice(_prose(text), key, 2)
    return text


def signs_in(columns: Iterable[Sequence[str]]) -> set[Sign]:
    """All that a file shows, column by column. Only a column in which some texts end with a space counts as
    prose: in one where none does, the spaces were taken off or never set, and nothing can be read from it.
    """
    found: set[Sign] = set()
    for cells in columns:
        for cell in cells:
            found |= _numbers(cell)
        if any(cell.rstrip() and cell.endswith(" ") for cell in cells):
            found |= {
                Sign(_prose(cell.rstrip()), int(cell.endswith(" ")), 2) for cell in cells if cell.strip()
            }
    return _clear(found)


def evidence(signs: Iterable[Sign], key: bytes) -> float:
    """How much rather this export than chance: the logarithm of the odds, each differing value against it."""
    return sum(_odds(sign, _choice(sign.value, key, sign.choices) == sign.shown) for sign in signs)


def decided(weights: Mapping[int, float], *, certainty: float = 1e-6) -> list[int]:
    """Those that stand out so far that chance would do it less than once in a million tries of this size."""
    bar = log(max(len(weights), 1) / certainty)
    return sorted((number for number, weight in weights.items() if weight >= bar), key=lambda n: -weights[n])


def _masked_again(found: re.Match[str], key: bytes) -> str:
    stars = SHORTEST + _choice(_mask(found[1], found[3]), key, 4)
    return f"{found[1]}{'*' * stars}{found[3]}"


def _grouped(number: str, key: bytes) -> str:
    digits = _digits(number)
    sign, sizes = GROUPS[_choice(_phone(digits), key, len(GROUPS))]
    return sign.join(_cut(digits, sizes))


def _cut(digits: str, sizes: Iterable[int]) -> list[str]:
    pieces, start = [], 0
    for size in sizes:
        pieces.append(digits[start : start + size])
        start += size
    return pieces


def _numbers(text: str) -> set[Sign]:
    found = {
        Sign(_mask(one[1], one[3]), len(one[2]) - SHORTEST, 4)
        for one in MASKED.finditer(text)
        if 0 <= len(one[2]) - SHORTEST < 4
    }
    for one in PHONE.finditer(text):
        shown = [
            place
            for place, form in enumerate(GROUPS)
            if form[0].join(_cut(_digits(one[1]), form[1])) == one[1]
        ]
        found |= {Sign(_phone(_digits(one[1])), place, len(GROUPS)) for place in shown}
    return found


def _clear(signs: set[Sign]) -> set[Sign]:
    """A value that is spelt in two ways says nothing."""
    seen: dict[str, set[int]] = {}
    for sign in signs:
        seen.setdefault(sign.value, set()).add(sign.shown)
    return {sign for sign in signs if len(seen[sign.value]) == 1}


def _odds(sign: Sign, is_same: bool) -> float:
    chance = 1 / sign.choices
    return log((1 - WRONG) / chance) if is_same else log(WRONG / (1 - chance))


def _choice(value: str, key: bytes, choices: int) -> int:
    return int.from_bytes(hmac.digest(key, value.encode(), sha256)[:4]) % choices


def _digits(number: str) -> str:
    return re.sub(r"[^0-9]", "", number)


def _mask(before: str, after: str) -> str:
    return f"mask {before}|{after}"


def _phone(digits: str) -> str:
    return f"phone {digits}"


def _prose(text: str) -> str:
    return f"prose {text}"
