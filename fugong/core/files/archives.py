"""Word and Excel files are zip archives: looked into without unpacking to disk or trusting a header."""

import zipfile
import zlib
from pathlib import Path

import filetype

from fugong.core.files import refusing
from fugong.core.files.kinds import FileKind

MAX_UNPACKED = 100 * 1024 * 1024
MAX_PARTS = 5_000
_MAIN_PARTS = {"word/document.xml": FileKind.DOCX, "xl/workbook.xml": FileKind.XLSX}
_PIECE = 64 * 1024
_END_RECORD = b"PK\x05\x06"
_END_RECORD_BYTES = 22
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = 0x1
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


def office_kind(path: Path) -> FileKind | None:
    """DOCX or XLSX; None for any other zip archive."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return None
    if "[Content_Types].xml" not in names:
        return None
    return next((kind for part, kind in _MAIN_PARTS.items() if part in names), None)


def check_office(path: Path, kind: FileKind) -> None:
    """Raises FileRefused for bombs, macros, files inside, passwords, hidden data and damage."""
    _check_edges(path)
    try:
        with zipfile.ZipFile(path) as archive:
            _check_parts(archive)
            _read_all(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError):
        raise refusing.damaged(kind) from None


def _check_edges(path: Path) -> None:
    """An archive begins with a part and ends with its directory; anything beyond was put there to hide."""
    size = path.stat().st_size
    with path.open("rb") as file:
        starts = file.read(4) == b"PK\x03\x04"
        file.seek(max(0, size - _END_RECORD_BYTES))
        ends = file.read(4) == _END_RECORD
    if not (starts and ends):
        raise refusing.hidden_data()


def _check_parts(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if len(parts) > MAX_PARTS:
        raise refusing.too_many_parts(MAX_PARTS)
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise refusing.unpacks_too_large(MAX_UNPACKED)
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise refusing.locked()
    if any(part.compress_type not in _METHODS for part in parts):
        raise ValueError("a compression that no office program writes")
    if any("vbaproject" in part.filename.lower() for part in parts):
        raise refusing.has_macros()


def _read_all(archive: zipfile.ZipFile) -> None:
    """Counts what really comes out: a declared size may lie, and parts may overlap."""
    room = MAX_UNPACKED
    for part in archive.infolist():
        with archive.open(part) as stream:
            first = stream.read(_PIECE)
            _check_start(part.filename, first)
            room -= len(first)
            while piece := stream.read(_PIECE):
                room -= len(piece)
                if room < 0:
                    raise refusing.unpacks_too_large(MAX_UNPACKED)
        if room < 0:
            raise refusing.unpacks_too_large(MAX_UNPACKED)


def _check_start(name: str, first: bytes) -> None:
    if name == "[Content_Types].xml" and b"macroenabled" in first.lower():
        raise refusing.has_macros()
    found = filetype.guess(first[:8192]) if first else None
    inside = found is not None and found.mime.split("/")[0] == "application" and "font" not in found.mime
    if inside or first.startswith((_OLE, b"MZ")):
        raise refusing.holds_files()
