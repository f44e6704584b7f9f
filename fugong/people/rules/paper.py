"""A row of a paper sheet as it is typed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Final, Self
from uuid import UUID

from fugong.people.choices import DocumentKind
from fugong.people.rules.data import EmploymentData, PersonData

ROWS: Final = 20
"""On one sheet of A4, landscape."""
MOST_ROWS: Final = 200
LONGEST: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedRow:
    """Texts as they were typed: nothing is known of them yet."""

    name: str = ""
    document_kind: str = DocumentKind.RESIDENT_ID.value
    document: str = ""
    phone: str = ""
    home_region: str = ""
    lodging: str = ""
    post: str = ""
    shift: str = ""
    crew: str = ""

    @classmethod
    def of(cls, typed: Mapping[str, str]) -> Self:
        """What is no field is left out, what is longer than any field cut; both are no typing."""
        names = cls.__dataclass_fields__
        return cls(**{name: typed[name][:LONGEST] for name in names if name in typed})

    @classmethod
    def read(cls, text: str) -> Self:
        return cls.of(json.loads(text)) if text else cls()

    def written(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))

    @property
    def is_empty(self) -> bool:
        return not any(value.strip() for name, value in asdict(self).items() if name != "document_kind")

    def person(self) -> PersonData:
        known = self.document_kind in DocumentKind.values
        kind = DocumentKind(self.document_kind) if known else DocumentKind.OTHER
        said = {
            name: getattr(self, name) for name in PersonData.__dataclass_fields__ if name != "document_kind"
        }
        return PersonData(document_kind=kind, **said)

    def employment(self, enterprise_id: UUID, *, starts_on: date) -> EmploymentData:
        work = {"post": self.post, "shift": self.shift, "crew": self.crew}
        return EmploymentData(enterprise_id=enterprise_id, starts_on=starts_on, **work)
