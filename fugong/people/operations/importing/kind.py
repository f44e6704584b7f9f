"""How lists of staff are taken in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from django.db import connection
from django.utils.translation import gettext_lazy as _

from fugong.core.clock import local_date
from fugong.core.files import FileKind, Purpose
from fugong.core.importing.kinds import ListKind, Notice, ReadTable
from fugong.people.choices import DATA_CLASS, StaffOutcome
from fugong.people.models import ImportBatch, ImportRow
from fugong.people.operations.importing.bulk import SWEEP
from fugong.people.operations.importing.staging import judge_all, keep
from fugong.people.operations.importing.taking import take
from fugong.people.rules.importing.columns import MANY_ENTERPRISES, ONE_ENTERPRISE

READ: Final = "people.read_import"
TAKE_OVER: Final = "people.take_over_import"
MEGABYTES: Final = 30


def _notices(table: ReadTable, now: datetime) -> Iterator[Notice]:
    if "starts_on" not in table.header.columns:
        yield "no_start", {"day": local_date(now).isoformat()}


def _sweep(batch: ImportBatch) -> None:
    with connection.cursor() as cursor:
        cursor.execute(SWEEP, {"batch": batch.id})


STAFF: Final = ListKind(
    batches=ImportBatch,
    rows=ImportRow,
    purpose=Purpose(
        key="people.import",
        label=_("List of staff"),
        accepts=frozenset({FileKind.XLSX, FileKind.XLS, FileKind.CSV}),
        data_class=DATA_CLASS,
        max_bytes=MEGABYTES * 1024 * 1024,
    ),
    columns=lambda batch: ONE_ENTERPRISE if batch.enterprise_id else MANY_ENTERPRISES,
    notices=_notices,
    judge=judge_all,
    keep=keep,
    take=take,
    to_take=lambda batch: batch.new + batch.changed + batch.moved + batch.chosen,
    counted=StaffOutcome.values,
    sweep=_sweep,
    read_task=READ,
    take_over_task=TAKE_OVER,
)
