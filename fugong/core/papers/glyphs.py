"""Which characters the font can draw. A name is never printed with an empty box in it."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from itertools import chain
from pathlib import Path
from typing import Final

# 44,810 characters, in the shapes of each region.
FONT: Final = Path(str(files("noto_cjk_sans_jp_regular"))) / "NotoSansCJKjp-Regular.otf"
FAMILY: Final = "Noto Sans CJK JP"
_FULL_UNICODE: Final = 12  # the format of a `cmap` table that goes beyond the first 65,536


def drawable(text: str) -> str:
    """The text, with the code of a character in place of each that the font has not."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(each if ord(each) in _drawn() else _told(each) for each in text)


def _told(character: str) -> str:
    if character.isspace() or not character.isprintable():
        return " "
    return f"[U+{ord(character):04X}]"


@lru_cache(maxsize=1)
def _drawn() -> frozenset[int]:
    return frozenset(chain.from_iterable(_ranges(FONT.read_bytes())))


def _ranges(font: bytes) -> Iterator[range]:
    """Of code points, as the font's table `cmap` lists them (OpenType specification, cmap, format 12)."""
    table = _offset_of(font, b"cmap")
    (count,) = struct.unpack_from(">H", font, table + 2)
    for number in range(count):
        (at,) = struct.unpack_from(">I", font, table + 4 + 8 * number + 4)
        (form,) = struct.unpack_from(">H", font, table + at)
        if form == _FULL_UNICODE:
            (groups,) = struct.unpack_from(">I", font, table + at + 12)
            for first, last, _glyph in struct.iter_unpack(
                ">III", font[table + at + 16 : table + at + 16 + 12 * groups]
            ):
                yield range(first, last + 1)
            return


def _offset_of(font: bytes, name: bytes) -> int:
    (count,) = struct.unpack_from(">H", font, 4)
    for number in range(count):
        tag, _sum, offset, _length = struct.unpack_from(">4sIII", font, 12 + 16 * number)
        if tag == name:
            return int(offset)
    raise LookupError(name)
