"""A playbook as a list of values, each with its origin: what an auditor reads."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from fugong.playbooks.rules.errors import written_path
from fugong.playbooks.rules.playbook import Playbook
from fugong.playbooks.rules.text import Text


@dataclass(frozen=True, slots=True)
class Line:
    path: str
    value: str
    origin: str
    ref: tuple[str, ...]
    why: Text | None


def outline(playbook: Playbook, language: str) -> Iterator[Line]:
    """Every value of every rule as it is written, in the order of the file's tables."""
    for path, value, provenance in playbook.origins.all_values():
        yield Line(
            path=written_path(path),
            value=shown(value, language),
            origin=provenance.origin.value if provenance else "",
            ref=provenance.ref if provenance else (),
            why=provenance.why if provenance else None,
        )


def shown(value: object, language: str) -> str:
    """A value as a reader sees it; wordings in the language asked for."""
    match value:
        case Text():
            return value.in_language(language)
        case bool():
            return "true" if value else "false"
        case tuple():
            return ", ".join(shown(item, language) for item in value)
        case date() | datetime() | time():
            return value.isoformat()
        case _:
            return str(value)
