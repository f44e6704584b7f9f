"""The index of names: the pairs of characters by which they are found."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import connection

# One statement makes the pairs for one enterprise and for a hundred thousand; sorted, so that the index grows
# page after page instead of everywhere at once.
ADD = """
    insert into enterprises_namegram (authority_id, gram, enterprise_id)
    select distinct authority_id, substr(name_key, place, 2) collate "C", id
      from enterprises_enterprise, generate_series(1, char_length(name_key)) as place
     where authority_id = %(authority)s and id = any(%(ids)s)
     order by 1, 2, 3
    on conflict do nothing
"""
REMOVE = """
    delete from enterprises_namegram
     where authority_id = %(authority)s and enterprise_id = %(enterprise)s
       and gram in (select substr(%(key)s, place, 2) from generate_series(1, char_length(%(key)s)) as place)
"""
REMOVE_MANY = """
    delete from enterprises_namegram
     where authority_id = %(authority)s and (gram, enterprise_id) in (
           select substr(name_key, place, 2) collate "C", id
             from enterprises_enterprise, generate_series(1, char_length(name_key)) as place
            where authority_id = %(authority)s and id = any(%(ids)s))
"""


def add_grams(authority_id: UUID, enterprise_ids: Collection[UUID]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(ADD, {"authority": authority_id, "ids": list(enterprise_ids)})


def remove_many_grams(authority_id: UUID, enterprise_ids: Collection[UUID]) -> None:
    """Takes away the pairs of the names that these enterprises still have: call it before renaming them."""
    if enterprise_ids:
        with connection.cursor() as cursor:
            cursor.execute(REMOVE_MANY, {"authority": authority_id, "ids": list(enterprise_ids)})


def remove_grams(authority_id: UUID, enterprise_id: UUID, *, name_key: str) -> None:
    """Takes away the pairs of a name that is no longer the enterprise's."""
    with connection.cursor() as cursor:
        cursor.execute(REMOVE, {"authority": authority_id, "enterprise": enterprise_id, "key": name_key})
