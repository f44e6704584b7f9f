"""A small scenario cut out of Datong's files: one enterprise from its application to a bulletin."""

from __future__ import annotations

from pathlib import Path

from fugong.scenarios.reading import FOLDER

KEPT = {
    "enterprises.csv": ("E004",),
    "users.csv": ("commander", "headquarters", "dept", "park1", "guide02", "firm004"),
    "assignments.csv": (",E004,",),
    "story.csv": (",E004,",),
    "reports.csv": ("2022-04-09,2022-04-09T14:15,E004",),
    "difficulties.csv": (),
    "staff.csv": (),
}


def small_scenario(folder: Path) -> Path:
    """The folder that holds it, under the name `small`."""
    place = folder / "small"
    place.mkdir()
    for name, words in KEPT.items():
        heading, *lines = (FOLDER / "datong" / name).read_text(encoding="utf-8").splitlines()
        kept = [line for line in lines if any(word in line for word in words)]
        if name != "story.csv":
            kept = [line for line in kept if any(line.startswith(word) or "," in word for word in words)]
        if name == "assignments.csv":
            kept = [line for line in kept if "guide02" in line]
        (place / name).write_text("\n".join([heading, *kept, ""]), encoding="utf-8")
    head = (FOLDER / "datong" / "scenario.toml").read_text(encoding="utf-8")
    (place / "scenario.toml").write_text(head.replace('id = "datong"', 'id = "small"'), encoding="utf-8")
    return folder


def line_of(folder: Path, name: str, word: str) -> int:
    """The number of the first line that holds the word."""
    lines = (folder / "small" / name).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if word in line)


def change(folder: Path, name: str, before: str, after: str) -> None:
    path = folder / "small" / name
    text = path.read_text(encoding="utf-8")
    assert before in text, f"{before!r} is not in {name}"
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
