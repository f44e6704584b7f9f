"""The playbooks that come with Fugong, and any other folder of them."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations
from pathlib import Path

from fugong.playbooks.rules.checks.periods import overlap
from fugong.playbooks.rules.errors import PlaybookError, PlaybookInvalid
from fugong.playbooks.rules.facts_schema import FactSchema
from fugong.playbooks.rules.loading import load_playbook
from fugong.playbooks.rules.playbook import Playbook
from fugong.playbooks.rules.positions import positions

LIBRARY = Path(__file__).resolve().parents[1] / "library"


def library(folder: Path = LIBRARY, *, facts: FactSchema | None = None) -> list[Playbook]:
    """All playbooks of a folder, by id and first day in force.

    Raises PlaybookInvalid with the errors of all files, overlapping versions among them.
    """
    loaded, errors = load_all(sorted(folder.glob("*.toml")), facts=facts)
    if errors:
        raise PlaybookInvalid(errors)
    return loaded


def find_in_library(id: str, on: date, folder: Path = LIBRARY) -> Playbook | None:
    """The version of the playbook in force on that day."""
    return next((each for each in library(folder) if each.id == id and each.is_in_force(on)), None)


def load_all(
    files: Iterable[Path], *, facts: FactSchema | None = None
) -> tuple[list[Playbook], list[PlaybookError]]:
    """What could be loaded, and everything that is wrong with the rest or between them."""
    loaded: list[Playbook] = []
    errors: list[PlaybookError] = []
    for file in files:
        try:
            loaded.append(load_playbook(file, facts=facts))
        except PlaybookInvalid as invalid:
            errors += invalid.errors
    loaded.sort(key=lambda playbook: (playbook.id, playbook.effective_from, playbook.version))
    return loaded, [*errors, *overlapping_versions(loaded)]


def overlapping_versions(playbooks: Iterable[Playbook]) -> Iterator[PlaybookError]:
    """On any day one version of a playbook is in force, or none: never two."""
    for first, second in combinations(playbooks, 2):
        if first.id != second.id:
            continue
        if first.version == second.version:
            yield _between(second, "version", f"version {second.version} is already in {first.file}")
        elif overlap(_days(first), _days(second)):
            yield _between(second, "effective_from", f"overlaps version {first.version} in {first.file}")


def _days(playbook: Playbook) -> tuple[date, date | None]:
    return playbook.effective_from, playbook.effective_to


def _between(playbook: Playbook, key: str, message: str) -> PlaybookError:
    line = positions(playbook.text).line_of(("playbook", key))
    remedy = "end the earlier version the day before the later begins, and give each its own number"
    return PlaybookError(playbook.file, line, f"playbook.{key}", message, remedy)
