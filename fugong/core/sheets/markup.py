"""What the reader of spreadsheets does not tell: formulas without a value, errors, how far a sheet reaches.

It is looked for in the sheets' own XML by patterns, not by a parser: a hundred thousand rows pass in a second
and nothing in the file is expanded.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape

BROKEN_KEPT = 10_000
_SHEET = re.compile(rb'<sheet\b[^>]*?\bname="([^"]*)"[^>]*?\br:id="([^"]+)"')
_RELATION = re.compile(rb"<Relationship\b[^>]*>")
_ATTRIBUTE = re.compile(rb'\b(Id|Target)="([^"]*)"')
_FORMULA = re.compile(
    rb'<c r="([A-Z]+)(\d+)"[^>]*>\s*<f\b(?:[^>]*/>|.*?</f>)\s*(<v>[^<]|<v xml|<is>)?', re.DOTALL
)
_ERROR = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*\bt="e"[^>]*>.*?<v>([^<]*)</v>', re.DOTALL)
_FAR = re.compile(rb'<c r="((?:[A-Z]{3}|[C-Z][A-Z])\d+)"[^>]*>\s*<')
_ROW = re.compile(rb'<row\b[^>]*\br="(\d+)"')


@dataclass(frozen=True, slots=True)
class Markup:
    """Of one sheet. `broken`: places (row and column from 0) with code and value of what is wrong there."""

    broken: Mapping[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    formulas: int = 0
    last_row: int = 0
    far_cell: str = ""


def markup_of(content: bytes) -> dict[str, Markup]:
    """By the sheet's name; empty when the archive is not laid out as expected."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            paths = _paths(archive.read("xl/workbook.xml"), archive.read("xl/_rels/workbook.xml.rels"))
            return {name: _scanned(archive.read(path)) for name, path in paths.items()}
    except (KeyError, zipfile.BadZipFile, ValueError, OSError):
        return {}


def column_letters(column: int) -> str:
    """A spreadsheet's name of the column, counted from 0: A, B, … Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _paths(workbook: bytes, relations: bytes) -> dict[str, str]:
    targets = {}
    for tag in _RELATION.findall(relations):
        found = dict(_ATTRIBUTE.findall(tag))
        targets[found.get(b"Id")] = found.get(b"Target", b"").decode()
    return {
        unescape(name.decode()): _inside(targets[key])
        for name, key in _SHEET.findall(workbook)
        if key in targets
    }


def _inside(target: str) -> str:
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _scanned(xml: bytes) -> Markup:
    broken: dict[tuple[int, int], tuple[str, str]] = {}
    formulas = 0
    if b"<f" in xml:
        for match in _FORMULA.finditer(xml):
            formulas += 1
            if match[3] is None and len(broken) < BROKEN_KEPT:
                broken[_place(match)] = ("formula_without_value", "")
    if b't="e"' in xml:
        for match in _ERROR.finditer(xml):
            if len(broken) < BROKEN_KEPT:
                broken[_place(match)] = ("error_value", unescape(match[3].decode(errors="replace")))
    far = _FAR.search(xml)
    return Markup(broken, formulas, _last_row(xml), far[1].decode() if far else "")


def _place(match: re.Match[bytes]) -> tuple[int, int]:
    return int(match[2]) - 1, column_number(match[1].decode())


def _last_row(xml: bytes) -> int:
    """The last row with a value: spreadsheets keep a million empty ones that somebody once coloured."""
    value = max(xml.rfind(b"<v>"), xml.rfind(b"<is>"))
    start = xml.rfind(b"<row", 0, value) if value >= 0 else -1
    found = _ROW.match(xml, start) if start >= 0 else None
    return int(found[1]) if found else 0
