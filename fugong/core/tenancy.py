"""The tenant line: PostgreSQL itself separates the authorities, by row-level security.

Every policy reads the connection's setting `fugong.authority`. Unset, it matches nothing, so a forgotten
filter or a forgotten tenant shows no row instead of somebody else's.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from django.db import connection, migrations, models
from psycopg.pq import TransactionStatus

from fugong.core.ids import new_id

_current: ContextVar[UUID | None] = ContextVar("fugong_authority", default=None)


class TenantModel(models.Model):
    """A row of one authority. Its table gets `enable_rls` in the migration that makes it (a test watches)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    authority = models.ForeignKey("areas.Authority", on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


def indexed_otherwise() -> models.ForeignKey[Any, Any]:
    """The authority of a table that many write at once, and whose own indexes all begin with it.

    One index more would only slow imports down. A foreign key would make every inserted row lock the same one
    row of the authority, and row-level security refuses any authority but the one acted for as it is.
    """
    return models.ForeignKey(
        "areas.Authority", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )


def current_authority() -> UUID | None:
    return _current.get()


def _tell_database(authority_id: UUID | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select set_config('fugong.authority', %s, false)", [str(authority_id or "")])


@contextmanager
def acting_for(authority_id: UUID | None) -> Iterator[None]:
    """All queries inside see this authority's rows and no others; None sees none.

    Nesting restores the outer authority. It costs one statement at each edge, none inside the same authority.
    """
    before = _current.get()
    if before == authority_id and before is not None:
        yield
        return
    _tell_database(authority_id)
    token = _current.set(authority_id)
    try:
        yield
    finally:
        _current.reset(token)
        if can_be_told():
            _tell_database(before)


def can_be_told() -> bool:
    """Not one that is gone, nor one whose transaction has failed: the rollback restores the setting."""
    if connection.connection is None or connection.needs_rollback:
        return False
    status = connection.connection.info.transaction_status
    return status in (TransactionStatus.IDLE, TransactionStatus.INTRANS)


def forget() -> None:
    """Clears the tenant of this connection: called at the start of every request."""
    _current.set(None)
    if connection.connection is not None:
        _tell_database(None)


def enable_rls(table: str, *, column: str = "authority_id", once: bool = False) -> migrations.RunSQL:
    """For the migration that makes `table`: only rows of the connection's authority exist for it.

    `once` asks whose it is once for a statement, not for each row: where thousands are written in one.
    """
    ours = "nullif(current_setting('fugong.authority', true), '')::uuid"
    rule = f"{column} = {f'(select {ours})' if once else ours}"
    return migrations.RunSQL(
        sql=[
            f"alter table {table} enable row level security",
            f"alter table {table} force row level security",
            f"create policy tenant on {table} using ({rule}) with check ({rule})",
        ],
        reverse_sql=[
            f"drop policy tenant on {table}",
            f"alter table {table} no force row level security",
            f"alter table {table} disable row level security",
        ],
    )


def append_only(table: str) -> migrations.RunSQL:
    """For the migration that makes `table`: the application may add and read rows, no more."""
    return migrations.RunSQL(
        sql=f"revoke update, delete, truncate on {table} from fugong_app",
        reverse_sql=f"grant update, delete on {table} to fugong_app",
    )


def never_removed(table: str) -> migrations.RunSQL:
    """For the migration that makes `table`: the application may add, read and change rows, no more."""
    return migrations.RunSQL(
        sql=f"revoke delete, truncate on {table} from fugong_app",
        reverse_sql=f"grant delete on {table} to fugong_app",
    )


def change_only(table: str, columns: str) -> migrations.RunSQL:
    """For the migration that makes `table`: the application may change these columns of a row, no others."""
    return migrations.RunSQL(
        sql=[
            f"revoke update on {table} from fugong_app",
            f"grant update ({columns}) on {table} to fugong_app",
        ],
        reverse_sql=[
            f"revoke update ({columns}) on {table} from fugong_app",
            f"grant update on {table} to fugong_app",
        ],
    )
