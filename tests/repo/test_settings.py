"""Every FUGONG_* variable is in docs/reference/settings.md with its default, and nothing else is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "reference" / "settings.md"
VARIABLE = re.compile(r"FUGONG_[A-Z][A-Z0-9_]*")
ROW = re.compile(r"^\| `(FUGONG_[A-Z0-9_]+)` \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)


def _trees() -> Iterator[ast.Module]:
    for folder in ("fugong", "tools"):
        for path in (ROOT / folder).rglob("*.py"):
            yield ast.parse(path.read_text(encoding="utf-8"))


def _read_by_code() -> set[str]:
    """Names of environment variables are strings that are nothing but a name; Django's settings are not."""
    return {
        node.value
        for tree in _trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and VARIABLE.fullmatch(node.value)
    }


def _defaults() -> dict[str, str]:
    """Of `read.number("NAME", 5)` and `read.flag("NAME", True)`, the only ones written as plain values."""
    found = {}
    for tree in _trees():
        for call in ast.walk(tree):
            match call:
                case ast.Call(
                    func=ast.Attribute(attr="number" | "flag"),
                    args=[ast.Constant(value=str(name)), ast.Constant(value=int(default))],
                ):
                    found[name] = str(int(default))
                case _:
                    pass
    return found


def _rows() -> dict[str, str]:
    return {name: default.strip() for name, default, *_ in ROW.findall(PAGE.read_text(encoding="utf-8"))}


def test_every_variable_is_on_the_page_and_the_page_has_no_other():
    assert sorted(_rows()) == sorted(_read_by_code())


@pytest.mark.parametrize(("name", "default"), sorted(_defaults().items()))
def test_the_page_gives_the_default_of_the_code(name, default):
    stated = _rows()[name]
    if name == "FUGONG_CLOCK_ANCHOR":  # 0 stands for the start of the process
        assert stated == "the start of each process"
    else:
        assert stated.startswith(f"`{default}`")


def test_each_row_says_it_in_both_languages():
    for _, _, english, chinese in ROW.findall(PAGE.read_text(encoding="utf-8")):
        assert re.search(r"[a-z]{3}", english)
        assert re.search(r"[\u4e00-\u9fff]", chinese)
