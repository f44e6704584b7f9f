"""What a file is, from its content; and whether it may be taken for a purpose."""

from pathlib import Path

import filetype

from fugong.core.files import refusing
from fugong.core.files.archives import check_office, office_kind
from fugong.core.files.documents import OLE, check_pdf, check_xls, is_page, is_xls, text_of
from fugong.core.files.kinds import FileKind, kinds_named
from fugong.core.files.names import ending_of
from fugong.core.files.purposes import Purpose

_SIGNATURES = {b"\xff\xd8\xff": FileKind.JPEG, b"\x89PNG\r\n\x1a\n": FileKind.PNG, b"%PDF-": FileKind.PDF}
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")


def checked_kind(path: Path, name: str, purpose: Purpose) -> FileKind:
    """The content's kind. Raises FileRefused when it is not accepted, misnamed, damaged or dangerous.

    Pictures are only identified here; they are checked by being rewritten.
    """
    if path.stat().st_size == 0:
        raise refusing.empty()
    kind = detect(path, name)
    if kind is None or kind not in purpose.accepts:
        raise refusing.not_accepted(kind.label if kind else described(path), purpose.accepts)
    if kind not in kinds_named(ending_of(name)):
        raise refusing.wrong_name(ending_of(name), kind)
    _check(path, kind)
    return kind


def detect(path: Path, name: str) -> FileKind | None:
    """By content. Only CSV and plain text, which look alike, are told apart by the name."""
    with path.open("rb") as file:
        start = file.read(16)
    for signature, kind in _SIGNATURES.items():
        if start.startswith(signature):
            return kind
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return FileKind.WEBP
    if start.startswith(b"PK"):
        return office_kind(path)
    if start.startswith(OLE):
        return FileKind.XLS if is_xls(path) else None
    return None if start.startswith(_PROGRAMS) else _text_kind(path, name)


def described(path: Path) -> str:
    """A short technical name for what was found, for the refusal."""
    with path.open("rb") as file:
        start = file.read(8192)
    if start.startswith(_PROGRAMS):
        return "EXE"
    found = filetype.guess(start)
    return str(found.extension).upper() if found else "?"


def _text_kind(path: Path, name: str) -> FileKind | None:
    if filetype.guess(str(path)) is not None:
        return None
    text = text_of(path)
    if text is None:
        if {FileKind.CSV, FileKind.TEXT} & kinds_named(ending_of(name)):
            raise refusing.not_text()
        return None
    if is_page(text):
        return None
    return FileKind.CSV if ending_of(name) == ".csv" else FileKind.TEXT


def _check(path: Path, kind: FileKind) -> None:
    if kind in {FileKind.DOCX, FileKind.XLSX}:
        check_office(path, kind)
    elif kind is FileKind.PDF:
        check_pdf(path)
    elif kind is FileKind.XLS:
        check_xls(path)
