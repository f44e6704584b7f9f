"""A trail to read, to seal and to damage."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connections

from fugong.areas.models import Authority
from fugong.core.audit.models import AuditEntry
from fugong.core.audit.recording import record
from fugong.core.audit.sealing import seal_all
from fugong.core.tenancy import current_authority
from tests.core.making import NOW, actor_of


def write(authority: Authority, *, count: int = 1, **changes: Any) -> list[AuditEntry]:
    given: dict[str, Any] = {
        "actor": actor_of(authority.id),
        "action": "resumption.approve",
        "subject": authority,
        "changes": {"state": ["submitted", "approved"]},
        "note": "",
        "at": NOW,
    }
    rows = ({**given, "note": f"row {number}", **changes} for number in range(count))
    return [record(authority_id=authority.id, **row) for row in rows]


@contextmanager
def as_owner() -> Iterator[Any]:
    """The tables' owner with every guard taken off: the attacker that only the chain can find."""
    tables = ("core_auditentry", "core_auditlink", "core_auditseal")
    with connections["owner"].cursor() as cursor:
        cursor.execute("select set_config('fugong.authority', %s, false)", [str(current_authority())])
        for table in tables:
            cursor.execute(f"alter table {table} disable trigger user")
        cursor.execute(
            "select conname from pg_constraint where conrelid = 'core_auditlink'::regclass and contype = 'f'"
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f'alter table core_auditlink drop constraint "{name}"')
        yield cursor
        for table in tables:
            cursor.execute(f"alter table {table} enable trigger user")
    connections["owner"].close()


@pytest.fixture
def chain(committed_authority: Authority) -> Authority:
    """Twelve entries in three seals of four."""
    for _ in range(3):
        write(committed_authority, count=4)
        assert seal_all(committed_authority.id, now=NOW) == 4
    return committed_authority
