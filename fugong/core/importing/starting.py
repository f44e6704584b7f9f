"""Handing a list in."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from fugong.core.files import Upload
from fugong.core.importing import later
from fugong.core.importing.choices import BatchState
from fugong.core.importing.ending import forget_expired
from fugong.core.importing.files import opened, received
from fugong.core.importing.kinds import ListKind, Notice, ReadTable
from fugong.core.importing.models import KEPT_FOR
from fugong.core.importing.staging import stage
from fugong.core.operation import Operation
from fugong.core.punctuation import listed
from fugong.core.refusals import Invalid
from fugong.core.sheets.faults import UnreadableTable


def start(
    kind: ListKind,
    upload: Upload,
    *,
    said: Mapping[str, Any] | None = None,
    waits: bool = True,
    op: Operation,
) -> Any:
    """Reads the file and judges its rows; a long one is left to the worker. Nothing else is touched.

    `said` are columns of the batch that the kind has of its own. Without `waits` a long list is read by the
    caller, not by the worker. Raises FileRefused for what is no spreadsheet, Invalid for one without rows,
    heading or needed columns; of a large file that is found by the worker.
    """
    forget_expired(kind, op.actor.authority_id, now=op.now)
    name, content = received(upload, kind.purpose)
    batch = kind.batches(
        authority_id=op.actor.authority_id,
        file_name=name,
        sha256=sha256(content).hexdigest(),
        read_at=op.now,
        read_by=op.actor.user_id,
        read_by_name=op.actor.name,
        expires_at=op.now + KEPT_FOR,
        **(said or {}),
    )
    _begin(kind, batch, content, waits=waits, op=op)
    op.audit(batch, {"file": name, "sha256": batch.sha256, "rows": batch.total})
    return batch


def _begin(kind: ListKind, batch: Any, content: bytes, *, waits: bool, op: Operation) -> None:
    table = None if len(content) > later.LARGE else _opened(kind, batch, content)
    if table is not None:
        describe(kind, batch, table, now=op.now)
    if table is None or batch.total > later.AT_ONCE:
        batch.content = b64encode(content).decode()
        batch.save(force_insert=True)
        if waits:
            later.defer(kind.read_task, batch, actor=op.actor)
    else:
        batch.save(force_insert=True)
        stage(kind, batch, table, actor=op.actor, now=op.now)
        batch.state = BatchState.READ
        batch.save()


def describe(kind: ListKind, batch: Any, table: ReadTable, *, now: datetime) -> None:
    batch.headings, batch.total = list(table.header.headings), len(table.rows)
    batch.notices = [*_notices(table), *kind.notices(table, now)]


def _opened(kind: ListKind, batch: Any, content: bytes) -> ReadTable:
    try:
        return opened(content, kind.columns(batch))
    except UnreadableTable as fault:
        raise Invalid(fault.sentence, code=fault.code, fields={"file": fault.sentence}) from None


def _notices(table: ReadTable) -> Iterator[Notice]:
    """What was passed over or understood in some way, for the person to agree with."""
    sheet, header = table.sheet, table.header
    if sheet.encoding and sheet.encoding != "UTF-8":
        yield "encoding", {"encoding": sheet.encoding}
    if len(table.sheets) > 1:
        yield "sheet_read", {"sheet": sheet.name}
    if header.ignored:
        yield "ignored_columns", {"columns": listed(header.ignored)}
    if sheet.formulas:
        yield "formulas", {"count": sheet.formulas}
    if table.notes:
        yield "note_rows", {"rows": listed(str(number + 1) for number, _row in table.notes[:20])}
