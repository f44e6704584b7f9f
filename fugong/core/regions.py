"""Regions of GB/T 2260: from what people write to a code, and from a code to its name.

The codes with the years in which each was in use come with python-stdnum. Codes are retired and given anew,
so a name is looked up among those in use now, and a code's name is the newest it had.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from stdnum import numdb

from fugong.core.names import name_key, tidy
from fugong.core.problems import Problem
from fugong.core.punctuation import listed

CODE_LENGTH: Final = 6
OPTIONS_TOLD: Final = 4
_PERIOD = re.compile(r"\[(\d{4})?-(\d{4})?\](.+)")
_WORDS: Final = tomllib.loads(Path(__file__).with_name("regions.toml").read_text(encoding="utf-8"))
_KIND = re.compile(f"({'|'.join(_WORDS['kinds'])})$")
_NO_NAME: Final = frozenset(_WORDS["no_names"])


class UnknownRegion(ValueError):
    """`options` are the names that may be meant, when there are several; empty when there is none."""

    def __init__(self, options: tuple[str, ...] = ()) -> None:
        super().__init__(options)
        self.options = options


@dataclass(frozen=True, slots=True)
class Region:
    """A code of six digits: a province ends in four noughts, a prefecture in two."""

    code: str
    name: str
    is_current: bool


@lru_cache(maxsize=4096)
def find_region(text: str) -> str:
    """The code of a region written as a code (2, 4 or 6 digits) or as a name, alone or after what it lies in.

    Raises UnknownRegion, with the names that may be meant where a short name is carried by several.
    """
    key = name_key(text)
    if key.isdigit():
        return _by_code(key)
    found = _by_name().get(key, ())
    if len(found) != 1:
        raise UnknownRegion(tuple(region_name(code) for code in found))
    return found[0]


def region_name(code: str) -> str:
    """Province, prefecture and county in one. The code itself where it is not known."""
    names = []
    for part in dict.fromkeys((f"{code[:2]}0000", f"{code[:4]}00", code)):
        region = _regions().get(part)
        if region is not None and region.name not in _NO_NAME:
            names.append(region.name)
    return "".join(dict.fromkeys(names)) or code


def tidied_region(text: str) -> str:
    """The code; what names no region stays as it was written, and `region_problem` says why."""
    try:
        return find_region(text) if text.strip() else ""
    except UnknownRegion:
        return tidy(text)


def region_problem(text: str) -> Problem | None:
    try:
        find_region(text)
    except UnknownRegion as unknown:
        if not unknown.options:
            return Problem("unknown_region", {"value": text})
        options = listed(unknown.options[:OPTIONS_TOLD])
        return Problem("region_not_clear", {"value": text, "options": options})
    return None


def around(region: str) -> frozenset[str]:
    """A region's own code, its city's and its province's; nothing for no region."""
    if not region:
        return frozenset()
    return frozenset({region, f"{region[:4]}00", f"{region[:2]}0000"})


def is_within(code: str, region: str) -> bool:
    """Whether a code lies in a province, prefecture or county given as a code of six digits."""
    return code.startswith(re.sub(r"(00){1,2}$", "", region))


def _by_code(digits: str) -> str:
    code = digits.ljust(CODE_LENGTH, "0")
    if len(digits) not in (2, 4, 6) or code not in _regions():
        raise UnknownRegion()
    return code


@cache
def _regions() -> Mapping[str, Region]:
    return {region.code: region for region in _read()}


def _read() -> Iterator[Region]:
    for _length, province, _high, _said, children in numdb.get("cn/loc").prefixes:
        for _rest, place, _to, said, _none in children:
            for written in said["county"].split(",")[-1:]:
                period = _PERIOD.fullmatch(written)
                name = period[3] if period else written
                yield Region(province + place, name, is_current=period is None or not period[2])


@cache
def _by_name() -> Mapping[str, tuple[str, ...]]:
    """Every way to write a region in use now: its name alone, or after the names of what it lies in."""
    found: dict[str, set[str]] = defaultdict(set)
    for region in _regions().values():
        if region.is_current and region.name not in _NO_NAME:
            for way in _ways(region):
                found[way].add(region.code)
    return {way: tuple(sorted(codes)) for way, codes in found.items()}


def _ways(region: Region) -> set[str]:
    """With and without its kind, alone and after what it lies in, with and without their kinds."""
    above = [
        _regions()[code].name
        for code in (f"{region.code[:2]}0000", f"{region.code[:4]}00")
        if code != region.code and code in _regions() and _regions()[code].name not in _NO_NAME
    ]
    above = [name for name in dict.fromkeys(above) if name != region.name]
    heads = {"", *above, "".join(above), "".join(_KIND.sub("", name) for name in above)}
    heads |= {_KIND.sub("", name) for name in above}
    tails = {region.name, _short(region.name)}
    return {_key(head) + _key(tail) for head in heads for tail in tails}


@cache
def _key(name: str) -> str:
    """Of one name of the table: put together, they are written forty thousand times."""
    return name_key(name)


def _short(name: str) -> str:
    """Without its kind; a name of two characters keeps it, for one character names nothing."""
    short = _KIND.sub("", name)
    return short if len(short) > 1 else name
