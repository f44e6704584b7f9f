"""Looking at a file before a byte of it is believed."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from django.utils.translation import gettext_lazy as _

from fugong.core.files import FileKind, Purpose, Upload
from fugong.core.files.checking import checked_kind
from fugong.core.files.names import clean_name
from fugong.core.files.refusing import too_large
from fugong.core.refusals import Invalid
from fugong.core.sheets.faults import UnreadableTable
from fugong.core.sheets.headings import Header
from fugong.core.sheets.reading import Sheet, read_sheets
from fugong.enterprises.rules.importing.columns import COLUMNS

MEGABYTES: Final = 30
LISTS: Final = Purpose(
    key="enterprises.import",
    label=_("List of enterprises"),
    accepts=frozenset({FileKind.XLSX, FileKind.XLS, FileKind.CSV}),
    data_class="contact",
    max_bytes=MEGABYTES * 1024 * 1024,
)


def received(upload: Upload) -> tuple[str, bytes]:
    """The file's name and content. Raises FileRefused for what is no spreadsheet, a bomb, or too large.

    It is not kept: a list of people's telephone numbers has no business lying in a folder.
    """
    pieces, size = [], 0
    for piece in upload.chunks():
        size += len(piece)
        if size > LISTS.limit:
            raise too_large(LISTS.limit)
        pieces.append(piece)
    content, name = b"".join(pieces), clean_name(upload.name)
    with tempfile.TemporaryDirectory(prefix="fugong-import-") as folder:
        path = Path(folder) / "list"
        path.write_bytes(content)
        checked_kind(path, name, LISTS)
    return name, content


def opened(content: bytes) -> tuple[Sheet, Header, Sequence[Sheet]]:
    """The sheet that is read, its heading, and all sheets. Raises Invalid with one sentence."""
    try:
        sheets = read_sheets(content)
        sheet, header = COLUMNS.choose_sheet(sheets)
    except UnreadableTable as fault:
        raise Invalid(fault.sentence, code=fault.code, fields={"file": fault.sentence}) from None
    return sheet, header, sheets
