"""Two playbooks side by side: what one says and the other does not, in the words of the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fugong.core.punctuation import listed
from fugong.playbooks.facts import Playbook
from fugong.playbooks.web.shown import Line, chapters


@dataclass(frozen=True, slots=True)
class Difference:
    """One value. Empty before: it is new; empty after: it is gone."""

    chapter: str
    entry: str
    key: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class _Place:
    chapter: str
    entry: str
    key: str


@dataclass(frozen=True, slots=True)
class _Said:
    """What a page shows at a place: the values that stand there, in their order, with their origins."""

    chapter: str
    entry: str
    values: tuple[tuple[str, str, str], ...]

    def __str__(self) -> str:
        return listed(f"{value} ({origin})" if origin else value for value, origin, _why in self.values)


def differences(before: Playbook | None, after: Playbook) -> list[Difference]:
    """In the order of the new one; what is gone comes last. Everything is new where nothing was before.

    Values that share a place, such as those of several steps of one name, are compared together: a step
    put in at the head is one difference, not one for each step behind it.
    """
    old = dict(_said(before)) if before else {}
    new = dict(_said(after))
    places = [*new, *(place for place in old if place not in new)]
    return [_between(place, old.get(place), new.get(place)) for place in places if _differ(place, old, new)]


def _differ(place: _Place, old: dict[_Place, _Said], new: dict[_Place, _Said]) -> bool:
    one, other = old.get(place), new.get(place)
    return one is None or other is None or one.values != other.values


def _between(place: _Place, before: _Said | None, after: _Said | None) -> Difference:
    shown = after or before
    assert shown is not None
    return Difference(
        chapter=shown.chapter,
        entry=shown.entry,
        key=place.key,
        before=str(before) if before else "",
        after=str(after) if after else "",
    )


def _said(playbook: Playbook) -> Iterator[tuple[_Place, _Said]]:
    for chapter in chapters(playbook):
        for name, entry in chapter.entries.items():
            lines: dict[str, list[Line]] = {}
            for line in entry.lines:
                lines.setdefault(line.key, []).append(line)
            for key, found in lines.items():
                values = tuple(
                    (line.value, str(line.origin.label if line.origin else ""), line.why) for line in found
                )
                yield _Place(chapter.key, name, key), _Said(str(chapter.label), entry.name, values)
