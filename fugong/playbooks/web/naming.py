"""From a playbook's ids and closed lists to the names a reader knows them by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any

from django.utils.translation import get_language
from pydantic import BaseModel

from fugong.playbooks.rules.known_evidence import evidence_label
from fugong.playbooks.rules.provenance import source_of
from fugong.playbooks.rules.schema import Policy
from fugong.playbooks.rules.schema.parts import RefTo
from fugong.playbooks.rules.text import Text
from fugong.playbooks.web.words import VALUES

Path = Sequence[str | int]


def at(policy: Policy, path: Path) -> Any:
    """What stands under this path."""
    found: Any = policy
    for key in path:
        found = getattr(found, str(key)) if isinstance(found, BaseModel) else found[key]
    return found


def name_at(policy: Policy, path: Path) -> str | None:
    """The name of the entry under this path, if it has one."""
    name = getattr(at(policy, path), "name", None)
    return _read(name) if isinstance(name, Text) else None


def named(policy: Policy, path: Path, id_: str) -> str:
    """What an id stands for, by the field it is written in; the id itself where it is just a word."""
    if path[0] == "clearance" and path[-1] == "evidence":
        return str(evidence_label(id_))
    for table in _tables(policy, path):
        entry = table.get(id_)
        if entry is not None:
            return _read(entry.name)
    return id_


def key_named(policy: Policy, path: Path) -> str:
    """What a key of a table that maps words to values stands for: a level by its name, others as written."""
    table = policy.clearance.levels if path[0] == "gates" and policy.clearance else {}
    level = table.get(str(path[-1]))
    return _read(level.name) if level else str(path[-1])


def word(value: Enum) -> str:
    """A value of a closed list in the reader's language."""
    label = getattr(value, "label", None) or VALUES.get((type(value), value.value), value.value)
    return str(label)


def document(policy: Policy, reference: str) -> str:
    """A clause by its own id; a document named as a whole by its name."""
    source = policy.sources.get(reference)
    return _read(source.name) if source else reference


def quotation(policy: Policy, reference: str) -> str:
    """The words of a clause; empty for a document named as a whole."""
    source = source_of(policy, reference)
    return source.clauses.get(reference, "") if source else ""


def _tables(policy: Policy, path: Path) -> list[Mapping[str, Any]]:
    part, key = at(policy, path[:-1]), str(path[-1])
    if key == "next":  # steps of the same route
        return [at(policy, path[: path.index("steps") + 1])]
    if not isinstance(part, BaseModel):
        return []
    marks = [mark for mark in type(part).model_fields[key].metadata if isinstance(mark, RefTo)]
    return [at(policy, table.split(".")) for mark in marks for table in mark.tables]


def _read(text: Text) -> str:
    return text.in_language(get_language() or "")
