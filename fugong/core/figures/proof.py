"""The proof of a figure: which rows it counted, small enough to freeze with a bulletin."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple, Self
from uuid import UUID

from fugong.core.canonical import Json, digest


class RowRef(NamedTuple):
    """One counted row: the model's label, its id, and a hash over what made it count."""

    model: str
    id: UUID
    hash: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is kept of the counted rows once the figure is frozen: how many, and one hash over all."""

    count: int
    digest: str

    def as_json(self) -> dict[str, Json]:
        return {"count": self.count, "digest": self.digest}

    @classmethod
    def from_json(cls, stored: Mapping[str, Json]) -> Self:
        count = stored["count"]
        if not isinstance(count, int):
            raise ValueError("a manifest's count is a whole number")
        return cls(count=count, digest=str(stored["digest"]))


def row_ref(model: str, row_id: UUID, counted: Mapping[str, object]) -> RowRef:
    """`counted` are the values that made the row count; a change in any changes the hash."""
    return RowRef(model, row_id, digest(counted).hex())


def manifest_of(rows: Iterable[RowRef]) -> Manifest:
    """The same rows in any order give the same manifest; a row twice is not the row once."""
    lines = sorted(f"{row.model} {row.id} {row.hash}" for row in rows)
    return Manifest(count=len(lines), digest=sha256("\n".join(lines).encode()).hexdigest())
