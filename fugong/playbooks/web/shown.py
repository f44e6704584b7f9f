"""A playbook as chapters, each value with its origin: nothing on the page is without one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from fugong.core.bilingual import in_language
from fugong.core.web.parts import Status, Term, Tone
from fugong.playbooks.choices import Origin
from fugong.playbooks.facts import Playbook, Text
from fugong.playbooks.queries import PlaybookInForce
from fugong.playbooks.rules.provenance import Provenance
from fugong.playbooks.web.words import CHAPTERS, KEYS

TONES = {
    Origin.SOURCE: (Tone.GOOD, "file-text"),
    Origin.NATIONAL_DEFAULT: (Tone.NEUTRAL, "scale"),
    Origin.LOCAL_CHOICE: (Tone.WAITING, "pencil"),
}


@dataclass(frozen=True, slots=True)
class Line:
    key: str | Promise
    value: str
    origin: Status | None
    ref: str
    why: str


@dataclass(slots=True)
class Entry:
    """One rule of a chapter, with the lines of what is inside it."""

    name: str
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Chapter:
    key: str
    label: str | Promise
    entries: dict[str, Entry] = field(default_factory=dict)


def worded(text: Text) -> str:
    return in_language(text.zh, text.en)


def chapters(playbook: Playbook) -> list[Chapter]:
    """In the order of CHAPTERS; a chapter the playbook does not have is left out."""
    found = {key: Chapter(key, label) for key, label in CHAPTERS.items()}
    for path, value, provenance in playbook.origins.all_values():
        chapter = found.get(str(path[0]))
        if chapter is not None:
            _add(chapter, path, value, provenance)
    return [chapter for chapter in found.values() if chapter.entries]


def _add(chapter: Chapter, path: tuple[str | int, ...], value: object, provenance: Provenance | None) -> None:
    depth = 3 if path[0] in ("organisation", "enterprise_plan") else 2
    entry_key = ".".join(map(str, path[1:depth])) if len(path) > depth else str(path[0])
    entry = chapter.entries.setdefault(entry_key, Entry(str(chapter.label)))
    if path[-1] == "name" and len(path) == depth + 1 and isinstance(value, Text):
        entry.name = worded(value)
        return
    inner = [str(part) for part in path[depth:-1] if not isinstance(part, int)]
    label = _called(path[-1])
    key = " · ".join([*map(_called, inner), label])
    entry.lines.append(_line(key, value, provenance))


def _called(key: object) -> str:
    return str(KEYS.get(str(key), key))


def _line(key: str | Promise, value: object, provenance: Provenance | None) -> Line:
    if provenance is None:
        return Line(key, _plain(value), None, "", "")
    tone, icon = TONES[provenance.origin]
    return Line(
        key=key,
        value=_plain(value),
        origin=Status(provenance.origin.label, tone, icon),
        ref=", ".join(provenance.ref),
        why=worded(provenance.why) if provenance.why else "",
    )


def _plain(value: object) -> str:
    if isinstance(value, Text):
        return worded(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return _listed(value)
    return str(getattr(value, "label", value))


def _listed(values: Iterable[object]) -> str:
    return _(", ").join(_plain(each) for each in values)


def head_terms(found: PlaybookInForce) -> list[Term]:
    head = found.playbook.policy.playbook
    terms = [
        Term(_("Authority"), worded(head.authority)),
        Term(_("Version"), head.version),
        Term(_("In force from"), found.starts_on.isoformat()),
        Term(_("Until"), found.ends_on.isoformat() if found.ends_on else _("open")),
        Term(_("Seal"), found.playbook.sha256),
    ]
    if head.year_reading:
        terms.append(Term(_("About the year"), worded(head.year_reading.note)))
    return terms


@dataclass(frozen=True, slots=True)
class SourceShown:
    name: str
    issuer: str
    note: str
    clauses: list[tuple[str, str]]


def sources(playbook: Playbook) -> list[SourceShown]:
    return [
        SourceShown(
            name=worded(source.name),
            issuer=worded(source.issuer),
            note=worded(source.note) if source.note else "",
            clauses=list(source.clauses.items()),
        )
        for source in playbook.policy.sources.values()
    ]
