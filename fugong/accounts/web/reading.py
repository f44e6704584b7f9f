"""The rows of a list that somebody hands in, checked like every file."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from fugong.accounts.rules import Rows
from fugong.core.files import refusing
from fugong.core.files.checking import checked_kind
from fugong.core.files.documents import text_of
from fugong.core.files.kinds import FileKind
from fugong.core.files.names import clean_name
from fugong.core.files.purposes import Purpose

LIST = Purpose(
    key="accounts.users",
    label=_("list of users"),
    accepts=frozenset({FileKind.XLSX, FileKind.CSV}),
    data_class="contact",
    max_bytes=5 * 1024 * 1024,
)
ROWS, COLUMNS = 2_100, 30
"""Beyond these nothing is read: one cell far away would otherwise make a table of billions."""


def rows_of(upload: UploadedFile[Any]) -> Rows:
    """Every row as texts. Raises FileRefused; nothing of the file is kept."""
    with NamedTemporaryFile() as file:
        for piece in upload.chunks():
            file.write(piece)
        file.flush()
        path = Path(file.name)
        kind = checked_kind(path, clean_name(upload.name), LIST)
        return _from_workbook(path) if kind is FileKind.XLSX else _from_text(path)


def _from_workbook(path: Path) -> Rows:
    """The first sheet; formulas count by the values last computed."""
    try:
        with path.open("rb") as file:
            sheet = load_workbook(file, read_only=True, data_only=True).worksheets[0]
            cells = sheet.iter_rows(max_row=ROWS, max_col=COLUMNS, values_only=True)
            return [[_text(cell) for cell in row] for row in cells]
    except (InvalidFileException, LookupError, OSError, ValueError, SyntaxError, TypeError, AttributeError):
        # An archive whose parts are no spreadsheet: the reader stumbles wherever it misses one.
        raise refusing.damaged(FileKind.XLSX) from None


def _text(cell: object) -> str:
    """As it reads on the screen: a telephone number that stands as a number has no point."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def _from_text(path: Path) -> Rows:
    text = text_of(path) or ""
    delimiter = max((",", "\t", ";"), key=text[:2_000].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return [row[:COLUMNS] for _number, row in zip(range(ROWS), reader, strict=False)]
