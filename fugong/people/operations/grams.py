"""The index of names: pairs of characters, and pairs of initials behind a mark."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final
from uuid import UUID

from django.db import connection

PAIRS: Final = """
           lateral (
               select substr(name_key, place, 2) as gram
                 from generate_series(1, char_length(name_key)) as place
               union all
               select '~' || substr(name_initials, place, 2)
                 from generate_series(1, char_length(name_initials)) as place
           ) as pairs
"""
ADD = f"""
    insert into people_persongram (authority_id, gram, person_id)
    select distinct authority_id, gram collate "C", id
      from people_person, {PAIRS}
     where authority_id = %(authority)s and id = any(%(ids)s)
     order by 1, 2, 3
    on conflict do nothing
"""  # noqa: S608 - a piece of our own
REMOVE = "delete from people_persongram where authority_id = %(authority)s and person_id = any(%(ids)s)"


def index_names(authority_id: UUID, person_ids: Collection[UUID]) -> None:
    """After names were written for the first time."""
    _run(ADD, authority_id, person_ids)


def index_names_anew(authority_id: UUID, person_ids: Collection[UUID]) -> None:
    """After names were changed."""
    _run(REMOVE, authority_id, person_ids)
    _run(ADD, authority_id, person_ids)


def _run(statement: str, authority_id: UUID, person_ids: Collection[UUID]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"authority": authority_id, "ids": list(person_ids)})
