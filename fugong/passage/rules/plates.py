"""Plates of vehicles as GA 36 builds them: what kind one is, and what is wrong with what is none."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.utils.translation import gettext_lazy as _

from fugong.core.refusals import Sentence
from fugong.passage.choices import PlateKind

_TOLD: Final = tomllib.loads((Path(__file__).parent.parent / "plates.toml").read_text(encoding="utf-8"))
_SPACERS: Final = str.maketrans("", "", _TOLD["spacers"])
_PROVINCE: Final = f"[{_TOLD['provinces']}]"
_OFFICE: Final = f"{_PROVINCE}[A-HJ-Z]"
_SERIAL: Final = "[A-HJ-NP-Z0-9]"
"""Never I and O, which are taken for 1 and 0."""
_SPECIAL: Final = "|".join(_TOLD["special_ends"])
_KINDS: Final = (
    (PlateKind.CROSS_BORDER, f"{_TOLD['border_prefix']}{_SERIAL}{{4}}[{_TOLD['border_ends']}]"),
    (PlateKind.TRAILER, f"{_OFFICE}{_SERIAL}{{4}}{_TOLD['trailer']}"),
    # Small vehicles say it first, large ones last; A to E drive by a battery alone, F to K also otherwise.
    (PlateKind.NEW_ENERGY, rf"{_OFFICE}(?:[A-HJK]{_SERIAL}\d{{4}}|\d{{5}}[A-HJK])"),
    (PlateKind.OTHER, f"{_OFFICE}{_SERIAL}{{4,5}}(?:{_SPECIAL})"),
    (PlateKind.OTHER, rf"{_TOLD['embassy']}\d{{6}}|\d{{6}}{_TOLD['embassy']}"),
    # Of the armed police, of the army, of tractors.
    (PlateKind.OTHER, rf"WJ{_PROVINCE}?\d{{4}}[0-9A-Z]|[A-HJ-NP-Z]{{2}}\d{{5}}|{_PROVINCE}\d{{7}}"),
    (PlateKind.ORDINARY, f"{_OFFICE}{_SERIAL}{{5}}"),
)
_PATTERNS: Final = tuple((kind, re.compile(pattern)) for kind, pattern in _KINDS)
LENGTH_MOST: Final = 12
SIGNS: Final = (*_TOLD["provinces"], _TOLD["trailer"], *_TOLD["border_ends"], _TOLD["embassy"])
"""What no keyboard of letters has: offered beside it."""


@dataclass(frozen=True, slots=True)
class Plate:
    """As it is written on the vehicle, without dots and spaces."""

    text: str
    kind: PlateKind


def tidied(text: str) -> str:
    """Half width, upper case, without what only parts it."""
    return unicodedata.normalize("NFKC", text).translate(_SPACERS).upper()


def read_plate(text: str) -> Plate | None:
    """None for what is no plate."""
    text = tidied(text)
    for kind, pattern in _PATTERNS:
        if pattern.fullmatch(text):
            return Plate(text, kind)
    return None


def plate_problem(text: str) -> Sentence | None:
    """What is wrong with it, in the order in which one reads; None for a plate."""
    if read_plate(text) is not None:
        return None
    text = tidied(text)
    if not text:
        return _("Write the plate.")
    if not re.match(_PROVINCE, text):
        return _("A plate begins with the short name of a province.")
    if not re.match(_OFFICE, text):
        return _("The second character is a letter, and never I.")
    if re.search("[IO]", text[2:]):
        return _("After the first letter there is no I and no O: is it a 1 or a 0?")
    if not 7 <= len(text) <= 8:
        return _("A plate has 7 characters, of a new-energy vehicle 8. This one has %(count)s.") % {
            "count": len(text)
        }
    if len(text) == 8:
        return _("With 8 characters it is a new-energy vehicle's: a letter from A to K comes third or last.")
    return _("This is no plate: look at each character once more.")
