"""Keeping what the figures of staff stand on: called by whatever changes an employment or a home region."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final
from uuid import UUID

from django.db import connection

from fugong.core.ids import new_id
from fugong.core.operation import Operation
from fugong.people.models import Employment

# `coalesce` would read better, but PostgreSQL takes it for a function that may leak what row-level security
# hides, and so would not look the person up by its key: the cost grew with the square of the list.
NOTE: Final = """
    insert into people_workevent
           (id, authority_id, employment_id, person_id, enterprise_id, area_id, home_region, starts_on,
            ends_on, recorded_at)
    select noted.id, work.authority_id, work.id, person.id, work.enterprise_id,
           (select area_id from enterprises_enterprise place where place.id = work.enterprise_id),
           person.home_region, work.starts_on, work.ends_on, %(now)s
      from unnest(%(ids)s::uuid[], %(employments)s::uuid[]) as noted (id, employment)
      join people_employment work on work.id = noted.employment
      join people_person file on file.id = work.person_id
      join people_person person
        on person.id = case when file.merged_into_id is null then file.id else file.merged_into_id end
     where work.authority_id = %(authority)s
"""


def note_work(employment_ids: Collection[UUID], *, op: Operation) -> None:
    """Notes how these employments stand now, one statement however many; to be called after the write."""
    said: dict[str, Any] = {
        "authority": op.actor.authority_id,
        "ids": [new_id() for _each in employment_ids],
        "employments": list(employment_ids),
        "now": op.now,
    }
    with connection.cursor() as cursor:
        cursor.execute(NOTE, said)


def note_person(person_id: UUID, *, op: Operation) -> None:
    """All employments of a person whose home region has changed, or whose file was merged or taken apart: a
    person with two files is one person back.
    """
    rows = Employment.objects.filter(authority_id=op.actor.authority_id, person_id=person_id)
    note_work(list(rows.values_list("id", flat=True)), op=op)
