"""Pictures of the documentation: none missing, none left over, none heavy, each taken by a browser test."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "pictures"
HEAVIEST = 200_000  # bytes
SHOWN = re.compile(r"!\[[^\]]+\]\(([^)\s]+)\)|<img [^>]*src=\"([^\"]+)\"[^>]*alt=\"[^\"]+\"")
TAKEN = re.compile(r"\btake\(\s*\w+,\s*\"([\w-]+)\"")


def _pages() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / line for line in listed.stdout.splitlines()]


def _shown() -> set[Path]:
    found = set()
    for page in _pages():
        for match in SHOWN.finditer(page.read_text(encoding="utf-8")):
            address = match[1] or match[2]
            if "://" not in address:
                found.add((page.parent / address).resolve())
    return found


def test_every_picture_that_a_page_shows_is_there():
    assert sorted(str(path.relative_to(ROOT)) for path in _shown() if not path.exists()) == []


def test_every_picture_is_shown_by_a_page():
    assert sorted(path.name for path in FOLDER.iterdir() if path not in _shown()) == []


def test_every_picture_is_taken_by_a_browser_test():
    tests = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests/browser").glob("*.py"))
    taken = set(TAKEN.findall(tests))
    assert {path.name.split(".")[0] for path in FOLDER.iterdir()} == taken


def test_no_picture_is_heavy():
    assert {
        path.name: path.stat().st_size for path in FOLDER.iterdir() if path.stat().st_size >= HEAVIEST
    } == {}
