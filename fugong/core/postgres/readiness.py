"""Files of the write-ahead log that are there before a rush needs them.

PostgreSQL fills a file of the log with zeros before it writes into it, and all commits wait meanwhile: tens
of milliseconds for each 16 MB, by the second where gates are at their busiest. What was written once is used
again, as many as `min_wal_size` says; but somebody has to have made them.
"""

from __future__ import annotations

from typing import Any, Final, LiteralString

import psycopg

from fugong.core.postgres.urls import ConnectionInfo

WANTED: Final = """
    select (pg_size_bytes(current_setting('min_wal_size'))
            / pg_size_bytes(current_setting('wal_segment_size')))::int
"""
THERE: Final = "select count(*)::int from pg_ls_waldir() where name ~ '^[0-9A-F]{24}$'"
# A file that nothing was written into is not left behind.
NEXT: Final = "select pg_logical_emit_message(false, 'fugong', ''), pg_switch_wal()"


def lay_ready(superuser: ConnectionInfo) -> int:
    """Makes what is missing; returns how many files that were. Each takes a tenth of a second or less.

    Again: nothing. Raises psycopg.Error, for a full disk too; what was made until then serves.
    """
    with psycopg.connect(superuser.conninfo(), autocommit=True) as connection:
        wanted, before = _number(connection, WANTED), _number(connection, THERE)
        there = before
        # Those that are ahead already are gone through first.
        for _file in range(2 * wanted):
            if there >= wanted:
                break
            connection.execute(NEXT)
            there = _number(connection, THERE)
        if there > before:
            # From now on those behind are those ahead.
            connection.execute("checkpoint")
        return there - before


def _number(connection: psycopg.Connection[Any], query: LiteralString) -> int:
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0
