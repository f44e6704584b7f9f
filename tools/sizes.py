"""Fails where a file or a function has outgrown the house, or a file has a name that says nothing.

Aim: functions of about 10 lines, files of 100 to 200. Told at 40 and 400, failed at 80 and 600.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILE_LIMIT, FUNCTION_LIMIT = 600, 80
BANNED = {"utils", "helpers", "common", "misc", "base", "services", "manager"}
ALLOWED = {"fugong/settings/base.py"}  # Django's own name for the one settings file


def main() -> int:
    faults = [fault for path in _python_files() for fault in _faults(path)]
    print("\n".join(faults))
    return 1 if faults else 0


def _python_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = [ROOT / line for line in listed.stdout.splitlines() if "/migrations/" not in line]
    return [path for path in paths if path.exists()]


def _faults(path: Path) -> Iterator[str]:
    name = path.relative_to(ROOT).as_posix()
    if name not in ALLOWED and (path.stem in BANNED or path.parent.name in BANNED):
        yield f"{name}: a name that says nothing ({path.stem})"
    text = path.read_text(encoding="utf-8")
    lines = text.count("\n")
    if lines > FILE_LIMIT:
        yield f"{name}: {lines} lines; the limit is {FILE_LIMIT}: make it a package by noun"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_LIMIT:
                yield f"{name}:{node.lineno}: {node.name} has {length} lines; the limit is {FUNCTION_LIMIT}"


if __name__ == "__main__":
    sys.exit(main())
