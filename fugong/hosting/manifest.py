"""What a backup says about itself: enough to check every byte of it, and what was made of it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final, Self

from fugong.hosting.faults import HostingFault

FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the backup."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Table:
    """`guarded`: row-level security binds even its owner. `granted`: what the application may do with it."""

    rows: int
    owner: str
    guarded: bool
    granted: str


@dataclass(frozen=True, slots=True)
class Contents:
    """The database at one moment. `heads` are the ends of the audit chains by authority (POSITION:HASH),
    `masters` the fingerprints of the master keys it needs, `files` the names of stored files.
    """

    postgres: int
    migrations: tuple[str, ...]
    tables: dict[str, Table]
    heads: dict[str, str]
    masters: tuple[str, ...]
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """`tool` is the major version of the pg_dump that wrote it. `damaged` files were so when it was made."""

    version: str
    made_at: datetime
    tool: int
    contents: Contents
    parts: dict[str, Part]
    damaged: tuple[str, ...]

    def text(self) -> str:
        return json.dumps(
            {"format": FORMAT, **asdict(self)}, default=str, ensure_ascii=False, indent=1, sort_keys=True
        )

    @classmethod
    def parse(cls, text: str | bytes) -> Self:
        """Raises HostingFault when it is not what `text` gives."""
        try:
            values: dict[str, Any] = json.loads(text)
            if values["format"] != FORMAT:
                raise HostingFault(
                    "A newer Fugong made this backup, in a form unknown here; use that version."
                )
            return cls(
                version=values["version"],
                made_at=datetime.fromisoformat(values["made_at"]),
                tool=values["tool"],
                contents=_contents(values["contents"]),
                parts={name: Part(**part) for name, part in values["parts"].items()},
                damaged=tuple(values["damaged"]),
            )
        except (ValueError, KeyError, TypeError):
            raise HostingFault("The backup is damaged: its list of contents cannot be read.") from None


def _contents(values: dict[str, Any]) -> Contents:
    tables = {name: Table(**table) for name, table in values["tables"].items()}
    lists = {name: tuple(values[name]) for name in ("migrations", "masters", "files")}
    return Contents(postgres=values["postgres"], tables=tables, heads=values["heads"], **lists)
