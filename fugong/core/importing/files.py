"""Looking at a file before a byte of it is believed."""

from __future__ import annotations

import tempfile
from pathlib import Path

from fugong.core.files import Purpose, Upload
from fugong.core.files.checking import checked_kind
from fugong.core.files.names import clean_name
from fugong.core.files.refusing import too_large
from fugong.core.importing.kinds import ReadTable
from fugong.core.sheets.faults import UnreadableTable
from fugong.core.sheets.headings import Columns, data_rows, is_note
from fugong.core.sheets.reading import read_sheets


def received(upload: Upload, purpose: Purpose) -> tuple[str, bytes]:
    """The file's name and content. Raises FileRefused for what is no spreadsheet, a bomb, or too large.

    It is not kept: a list of people's telephone numbers has no business lying in a folder.
    """
    pieces, size = [], 0
    for piece in upload.chunks():
        size += len(piece)
        if size > purpose.limit:
            raise too_large(purpose.limit)
        pieces.append(piece)
    content, name = b"".join(pieces), clean_name(upload.name)
    with tempfile.TemporaryDirectory(prefix="fugong-import-") as folder:
        path = Path(folder) / "list"
        path.write_bytes(content)
        checked_kind(path, name, purpose)
    return name, content


def opened(content: bytes, columns: Columns) -> ReadTable:
    """The sheet that is read, its heading and its rows. Raises UnreadableTable, also for one without rows."""
    sheets = read_sheets(content)
    sheet, header = columns.choose_sheet(sheets)
    filled = list(data_rows(sheet, header))
    notes = [(number, row) for number, row in filled if is_note(row)]
    aside = {number for number, _row in notes}
    rows = [(number, row) for number, row in filled if number not in aside]
    if not rows:
        raise UnreadableTable("no_rows")
    return ReadTable(sheet, header, rows, notes, sheets)
