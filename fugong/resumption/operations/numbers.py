"""Numbers that people read out on the telephone: one series per authority and year."""

from __future__ import annotations

from django.db import connection

from fugong.core.clock import local_date
from fugong.core.ids import new_id
from fugong.core.operation import Operation

_NEXT = """
    insert into resumption_number_series as series (id, authority_id, series, year, last)
    values (%s, %s, %s, %s, 1)
    on conflict (authority_id, series, year) do update set last = series.last + 1
    returning last
"""


def next_number(series: str, op: Operation) -> str:
    """Such as ``A2022-0007``. Locks the series until the end of the transaction, so no number is lost or
    doubled.
    """
    year = local_date(op.now).year
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [new_id(), op.actor.authority_id, series, year])
        row = cursor.fetchone()
    assert row is not None
    return f"{series}{year}-{row[0]:04d}"
