"""What a person agrees to before registering from a phone: versions of a text, kept as they were shown."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from fugong.core.bilingual import in_language

_TEXTS = Path(__file__).parents[1] / "consent.toml"


@dataclass(frozen=True, slots=True)
class Point:
    """One question a person has, with its answer."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Notice:
    """One version of the notice in the language of a reader."""

    version: str
    points: tuple[Point, ...]


class UnknownNotice(LookupError):
    """No version of the notice has this name."""


def current_version() -> str:
    return str(_versions()[-1]["id"])


def notice(version: str = "") -> Notice:
    """In the reader's language: the current one, or the version that was shown once. Raises UnknownNotice."""
    wanted = version or current_version()
    found = next((each for each in _versions() if each["id"] == wanted), None)
    if found is None:
        raise UnknownNotice(wanted)
    return Notice(wanted, tuple(_point(each) for each in found["point"]))


def _point(kept: Mapping[str, Mapping[str, str]]) -> Point:
    return Point(in_language(**kept["title"]), in_language(**kept["text"]))


@cache
def _versions() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads(_TEXTS.read_text(encoding="utf-8"))["version"]
    return found
