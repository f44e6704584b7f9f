"""What gates have to know of the files: many at once, by few statements."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from fugong.core.sealed import NORMALISERS
from fugong.core.sealed.keys import has_search_key, search_hasher
from fugong.people.choices import DATA_CLASS
from fugong.people.models import Employment, Person

AT_A_TIME: Final = 5_000


@dataclass(frozen=True, slots=True)
class Passing:
    """`stands_for` is the file in use: another one where two were merged."""

    id: UUID
    name: str
    number: bytes
    """The search hash of the document."""
    stands_for: UUID
    enterprise: UUID | None = None
    shift: str = ""


def passing(authority_id: UUID, *, ids: Collection[UUID] | None = None) -> Iterator[list[Passing]]:
    """All files of the acting authority, or those of `ids` and what was merged into them; in lots."""
    last = UUID(int=0)
    columns = ("id", "name", "document_hash", "merged_into_id", "enterprise_id")
    while True:
        files = Person.objects.filter(authority_id=authority_id, id__gt=last).order_by("id")
        if ids is not None:
            files = files.filter(id__in=ids)
        rows = list(files.values_list(*columns)[:AT_A_TIME])
        if not rows:
            return
        shifts = _shifts(authority_id, [row[3] or row[0] for row in rows])
        places = _places(authority_id, [row[3] for row in rows if row[3]])
        yield [
            Passing(
                id=id_,
                name=name,
                number=bytes(number),
                stands_for=merged or id_,
                enterprise=places.get(merged) if merged else enterprise,
                shift=shifts.get(merged or id_, ""),
            )
            for id_, name, number, merged, enterprise in rows
        ]
        last = rows[-1][0]


def number_hasher(authority_id: UUID) -> Callable[[str], bytes] | None:
    """What finds `Passing.number` by a number as it was typed. None where no file was ever opened."""
    if not has_search_key(authority_id=authority_id, data_class=DATA_CLASS):
        return None
    return search_hasher(authority_id=authority_id, data_class=DATA_CLASS, normalise=NORMALISERS["code"])


def _shifts(authority_id: UUID, ids: list[UUID]) -> dict[UUID, str]:
    rows = Employment.objects.filter(authority_id=authority_id, person_id__in=ids, ends_on=None)
    return dict(rows.values_list("person_id", "shift"))


def _places(authority_id: UUID, ids: list[UUID]) -> dict[UUID, UUID | None]:
    if not ids:
        return {}
    return dict(
        Person.objects.filter(authority_id=authority_id, id__in=ids).values_list("id", "enterprise_id")
    )
