"""The tables of the coming days, made before anybody scans on them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import connection, transaction

from fugong.core.clock import local_date

AHEAD: Final = timedelta(days=7)
PATIENCE: Final = "3s"
"""Whoever cannot have the lock at once comes back: waiting, it would hold every scan up behind it."""


def make_days(*, now: datetime) -> int:
    """From today on; how many were made. What was scanned meanwhile on a day without a table moves into it.

    Raises OperationalError where the lock was not to be had; the next run does it.
    """
    today = local_date(now)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select set_config('lock_timeout', %s, true)", [PATIENCE])
        cursor.execute("select passage_make_days(%s, %s)", [today, today + AHEAD])
        return int(cursor.fetchone()[0])
