"""The copy of everything that is kept of a person: to read, and for a machine."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

from fugong.people.queries import OwnFile, Worker
from fugong.people.web.own_sections import copies_for
from fugong.people.web.own_shown import ShownFile, shown_file


@dataclass(frozen=True, slots=True)
class Part:
    """What another context keeps, as text."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Copy:
    file: ShownFile
    parts: tuple[Part, ...]
    made_at: datetime


def copy_of(kept: OwnFile, worker: Worker, *, now: datetime) -> Copy:
    parts = tuple(
        Part(str(label), json.dumps(_plain(data), ensure_ascii=False, indent=1))
        for _key, label, data in copies_for(worker, now=now)
    )
    return Copy(shown_file(kept, in_full=True), parts, now)


def plain_copy_of(kept: OwnFile, worker: Worker, *, now: datetime) -> dict[str, Any]:
    """As JSON can hold it; the names of the parts stay the same in every language."""
    others = {key: _plain(data) for key, _label, data in copies_for(worker, now=now)}
    own = _plain(asdict(shown_file(kept, in_full=True)))
    return {"made_at": now.isoformat(), "person": str(worker.person_id), "file": own, **others}


def _plain(value: object) -> Any:
    if isinstance(value, dict):
        return {str(name): _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Promise | UUID):
        return str(value)
    return value
