"""Refuses a commit whose first line is not `context: Imperative sentence.` (72 characters at most)."""

from __future__ import annotations

import re
import sys
from pathlib import Path

SHAPE = re.compile(r"[a-z][a-z0-9 -]*: [A-Z].*\.")
LONGEST = 72


def fault(first_line: str) -> str | None:
    if not SHAPE.fullmatch(first_line):
        return "say `context: Imperative sentence.`, for example `audit: Name the first broken row.`"
    if len(first_line) > LONGEST:
        return f"{len(first_line)} characters; {LONGEST} at most. The why belongs in the body."
    return None


def main() -> int:
    lines = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    problem = fault(lines[0] if lines else "")
    if problem:
        print(f"commit message: {problem}", file=sys.stderr)
    return 1 if problem else 0


if __name__ == "__main__":
    sys.exit(main())
