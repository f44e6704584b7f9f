"""PDF, the old Excel format, and text."""

import re
import unicodedata
from pathlib import Path

from fugong.core.files import refusing
from fugong.core.files.kinds import FileKind

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Names long enough not to occur by chance in compressed data. A name spelled with escapes gets by; the file
# is sent as a download, never shown by our own pages.
_ACTIVE = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia)\b")
_TAIL = 66_000
_END_MARGIN = 1024
_PAGES = re.compile(r"\s*(?:<!doctype|<html|<svg|<script|<\?xml|<\?php|#!)", re.IGNORECASE)
_MAY_CONTROL = {"\t", "\n", "\r", "\f"}


def check_pdf(path: Path) -> None:
    """Raises FileRefused for one that is cut off, is another kind too, or does things by itself."""
    content = path.read_bytes()
    end = content.rfind(b"%%EOF")
    if end < 0 or b"startxref" not in content:
        raise refusing.damaged(FileKind.PDF)
    after = content[end + 5 :].strip(b"\r\n\t \0")
    if b"PK\x05\x06" in content[-_TAIL:] or len(after) > _END_MARGIN:
        raise refusing.hidden_data()
    if _ACTIVE.search(content):
        raise refusing.active_content()


def is_xls(path: Path) -> bool:
    content = path.read_bytes()
    return content.startswith(OLE) and any(_stream(name) in content for name in ("Workbook", "Book"))


def check_xls(path: Path) -> None:
    """Raises FileRefused for one with macros or a password."""
    content = path.read_bytes()
    if any(_stream(name) in content for name in ("_VBA_PROJECT", "VBA", "Macros")):
        raise refusing.has_macros()
    if _stream("EncryptedPackage") in content:
        raise refusing.locked()


def text_of(path: Path) -> str | None:
    """UTF-8 or GBK (GB 18030); None when it is no text."""
    content = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if _has_controls(text) else text
    return None


def is_page(text: str) -> bool:
    """Whether a browser or a shell might run it, whatever it is called."""
    return bool(_PAGES.match(text))


def _has_controls(text: str) -> bool:
    return any(sign not in _MAY_CONTROL and unicodedata.category(sign) in {"Cc", "Cs"} for sign in set(text))


def _stream(name: str) -> bytes:
    """A stream's name as an OLE directory spells it."""
    return name.encode("utf-16-le") + b"\0\0"
