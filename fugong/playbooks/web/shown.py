"""A playbook as chapters, each value with its origin: nothing on the page is without one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from fugong.core.bilingual import in_language
from fugong.core.punctuation import listed
from fugong.core.web.parts import Status, Term, Tone
from fugong.playbooks.choices import FileFormat, Origin
from fugong.playbooks.facts import Playbook, Text
from fugong.playbooks.queries import PlaybookInForce
from fugong.playbooks.rules.errors import KeyPath
from fugong.playbooks.rules.provenance import Provenance
from fugong.playbooks.rules.schema import Policy
from fugong.playbooks.web.naming import at, document, key_named, name_at, named, quotation, word
from fugong.playbooks.web.words import CHAPTERS, KEYS

TONES = {
    Origin.SOURCE: (Tone.GOOD, "file-text"),
    Origin.NATIONAL_DEFAULT: (Tone.NEUTRAL, "scale"),
    Origin.LOCAL_CHOICE: (Tone.WAITING, "pencil"),
}
CODE = frozenset({"when", "who", "measure", "duty", "unit", "scope"})


@dataclass(frozen=True, slots=True)
class Quoted:
    """A reference to a source, with the words that stand there (empty for a whole document)."""

    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """One value. `is_code`: a condition or a name in the program, written as it is."""

    key: str
    value: str
    is_code: bool
    origin: Status | None
    refs: list[Quoted]
    why: str


@dataclass(slots=True)
class Entry:
    """One rule of a chapter, with the lines of what is inside it."""

    name: str
    lines: list[Line] = field(default_factory=list)

    @property
    def origins(self) -> list[Status]:
        """Each once: what of the rule is the source's own is seen without opening it."""
        return list(dict.fromkeys(line.origin for line in self.lines if line.origin))


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
            _add(chapter, playbook.policy, path, value, provenance)
    return [chapter for chapter in found.values() if chapter.entries]


def _add(
    chapter: Chapter, policy: Policy, path: KeyPath, value: object, provenance: Provenance | None
) -> None:
    depth = 3 if path[0] in ("organisation", "enterprise_plan", "clearance", "origins") else 2
    entry_key = ".".join(map(str, path[1:depth])) if len(path) > depth else str(path[0])
    entry = chapter.entries.setdefault(entry_key, Entry(str(chapter.label)))
    is_name = path[-1] == "name" and isinstance(value, Text)
    if is_name and len(path) == depth + 1:
        entry.name = worded(value)  # type: ignore[arg-type]
    elif not is_name or len(path) <= depth:
        entry.lines.append(_line(policy, path, depth, value, provenance))


def _line(policy: Policy, path: KeyPath, depth: int, value: object, provenance: Provenance | None) -> Line:
    key = " · ".join([*_inside(policy, path, depth), *_key(policy, path)])
    is_code = not CODE.isdisjoint(path[-2:])
    shown = _plain(policy, path, value)
    if provenance is None:
        return Line(key, shown, is_code, None, [], "")
    tone, icon = TONES[provenance.origin]
    return Line(
        key=key,
        value=shown,
        is_code=is_code,
        origin=Status(provenance.origin.label, tone, icon),
        refs=[Quoted(document(policy, ref), quotation(policy, ref)) for ref in provenance.ref],
        why=worded(provenance.why) if provenance.why else "",
    )


def _inside(policy: Policy, path: KeyPath, depth: int) -> list[str]:
    """What the value belongs to inside its rule: the name of a step, or else the word for the table."""
    found = []
    for end in range(depth, len(path) - 1):
        if isinstance(path[end], int):
            continue
        holder = at(policy, path[: end + 1])
        if isinstance(holder, Mapping):
            continue  # the entry that follows has a name of its own
        found.append(name_at(policy, path[: end + 1]) or _called(path[end]))
    return found


def _key(policy: Policy, path: KeyPath) -> list[str]:
    """The word for the key; of a table that maps words to values, the word for the table before it."""
    if isinstance(at(policy, path[:-1]), Mapping):
        return [_called(path[-2]), key_named(policy, path)]
    return [_called(path[-1])]


def _called(key: object) -> str:
    return str(KEYS.get(str(key), key))


def _plain(policy: Policy, path: KeyPath, value: object) -> str:
    if isinstance(value, Text):
        return worded(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, FileFormat):
        return value.value.upper()
    if isinstance(value, Enum):
        return word(value)
    if isinstance(value, tuple | list):
        return listed(_plain(policy, path, each) for each in value)
    return named(policy, path, value) if isinstance(value, str) else str(value)


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
