"""How lists of enterprises are taken in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from fugong.core.clock import local_date
from fugong.core.files import FileKind, Purpose
from fugong.core.importing.kinds import ListKind, Notice, ReadTable
from fugong.enterprises.choices import RowOutcome
from fugong.enterprises.models import ImportBatch, ImportRow
from fugong.enterprises.operations.importing.staging import judge, keep
from fugong.enterprises.operations.importing.taking import take
from fugong.enterprises.rules.importing.columns import COLUMNS

READ: Final = "enterprises.read_import"
TAKE_OVER: Final = "enterprises.take_over_import"
MEGABYTES: Final = 30


def _notices(table: ReadTable, now: datetime) -> Iterator[Notice]:
    if "entered_on" not in table.header.columns:
        yield "no_entry_day", {"day": local_date(now).isoformat()}


LISTS: Final = ListKind(
    batches=ImportBatch,
    rows=ImportRow,
    purpose=Purpose(
        key="enterprises.import",
        label=_("List of enterprises"),
        accepts=frozenset({FileKind.XLSX, FileKind.XLS, FileKind.CSV}),
        data_class="contact",
        max_bytes=MEGABYTES * 1024 * 1024,
    ),
    columns=lambda _batch: COLUMNS,
    notices=_notices,
    judge=judge,
    keep=keep,
    take=take,
    to_take=lambda batch: batch.new + batch.changed,
    counted=RowOutcome.values,
    sweep=lambda _batch: None,
    read_task=READ,
    take_over_task=TAKE_OVER,
)
