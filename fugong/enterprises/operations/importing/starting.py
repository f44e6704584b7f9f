"""Handing a list in."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from fugong.core.actor import Actor
from fugong.core.clock import local_date
from fugong.core.files import Upload
from fugong.core.operation import operation
from fugong.core.punctuation import listed
from fugong.core.refusals import Invalid
from fugong.core.sheets.faults import SENTENCES
from fugong.core.sheets.headings import Header, data_rows, is_note
from fugong.core.sheets.reading import Sheet
from fugong.enterprises import permissions
from fugong.enterprises.choices import BatchState
from fugong.enterprises.models import ImportBatch
from fugong.enterprises.operations.importing import later
from fugong.enterprises.operations.importing.ending import forget_expired
from fugong.enterprises.operations.importing.files import opened, received
from fugong.enterprises.operations.importing.staging import stage

KEPT_FOR: Final = timedelta(days=3)


def start_import(upload: Upload, *, actor: Actor, now: datetime) -> ImportBatch:
    """Reads the file and judges its rows; a long one is left to the worker. Nothing touches the register.

    Raises FileRefused for what is no spreadsheet, Invalid for one without rows, heading or needed columns.
    """
    with operation("enterprises.import_read", actor=actor, now=now) as op:
        permissions.check_may_import(actor)
        forget_expired(actor.authority_id, now=now)
        name, content = received(upload)
        sheet, header, sheets = opened(content)
        numbered = [number for number, row in data_rows(sheet, header) if not is_note(row)]
        if not numbered:
            raise Invalid(SENTENCES["no_rows"], code="no_rows", fields={"file": SENTENCES["no_rows"]})
        batch = ImportBatch(
            authority_id=actor.authority_id,
            file_name=name,
            sha256=sha256(content).hexdigest(),
            headings=list(header.headings),
            notices=_notices(sheet, header, sheets, now=now),
            total=len(numbered),
            read_at=now,
            read_by=actor.user_id,
            read_by_name=actor.name,
            expires_at=now + KEPT_FOR,
        )
        if len(numbered) > later.AT_ONCE:
            batch.content = b64encode(content).decode()
            batch.save(force_insert=True)
            later.defer(later.READ, batch, actor=actor)
        else:
            batch.save(force_insert=True)
            stage(batch, sheet, header, actor=actor, now=now)
            batch.state = BatchState.READ
            batch.save()
        op.audit(batch, {"file": name, "sha256": batch.sha256, "rows": batch.total})
    return batch


def _notices(
    sheet: Sheet, header: Header, sheets: Sequence[Sheet], *, now: datetime
) -> list[tuple[str, dict[str, str | int]]]:
    """What was passed over or understood in some way, for the person to agree with."""
    found: list[tuple[str, dict[str, str | int]]] = []
    if sheet.encoding and sheet.encoding != "UTF-8":
        found.append(("encoding", {"encoding": sheet.encoding}))
    if len(sheets) > 1:
        found.append(("sheet_read", {"sheet": sheet.name}))
    if header.ignored:
        found.append(("ignored_columns", {"columns": listed(header.ignored)}))
    if sheet.formulas:
        found.append(("formulas", {"count": sheet.formulas}))
    notes = [str(number + 1) for number, row in data_rows(sheet, header) if is_note(row)]
    if notes:
        found.append(("note_rows", {"rows": listed(notes[:20])}))
    if "entered_on" not in header.columns:
        found.append(("no_entry_day", {"day": local_date(now).isoformat()}))
    return found
