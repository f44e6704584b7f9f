"""File names as people see them; never used as a path."""

import unicodedata
from pathlib import PurePosixPath

from fugong.core.files.kinds import ENDINGS, FileKind

_LONGEST = 200


def clean_name(given: str | None) -> str:
    """Without folders, control and direction characters (which make "gpj.exe" read as "exe.jpg")."""
    last = (given or "").replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C")
    return " ".join(unicodedata.normalize("NFC", shown).split()).lstrip(".")


def ending_of(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def proper_name(name: str, kind: FileKind) -> str:
    """The name with an ending that fits the content, and short enough to be kept."""
    ending = ending_of(name)
    if ending not in ENDINGS[kind]:
        name, ending = name[: len(name) - len(ending)] if ending else name, ENDINGS[kind][0]
        return (name[: _LONGEST - len(ending)] or "file") + ending
    stem = name[: len(name) - len(ending)]
    return (stem[: _LONGEST - len(ending)] or "file") + ending
