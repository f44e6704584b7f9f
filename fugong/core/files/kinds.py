"""The kinds of file that can be told apart by their content."""

from django.db.models import TextChoices


class FileKind(TextChoices):
    """Stored value: the media type it is sent with. Labels are names that every language uses."""

    JPEG = "image/jpeg", "JPEG"
    PNG = "image/png", "PNG"
    WEBP = "image/webp", "WebP"
    PDF = "application/pdf", "PDF"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word (.docx)"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel (.xlsx)"
    XLS = "application/vnd.ms-excel", "Excel 97 (.xls)"
    CSV = "text/csv", "CSV"
    TEXT = "text/plain", "TXT"


IMAGES = frozenset({FileKind.JPEG, FileKind.PNG, FileKind.WEBP})
DOCUMENTS = frozenset({FileKind.PDF, FileKind.DOCX, FileKind.XLSX})

ENDINGS: dict[FileKind, tuple[str, ...]] = {
    FileKind.JPEG: (".jpg", ".jpeg", ".jpe"),
    FileKind.PNG: (".png",),
    FileKind.WEBP: (".webp",),
    FileKind.PDF: (".pdf",),
    FileKind.DOCX: (".docx",),
    FileKind.XLSX: (".xlsx",),
    FileKind.XLS: (".xls",),
    FileKind.CSV: (".csv",),
    FileKind.TEXT: (".txt", ".text", ".log"),
}


def kinds_named(ending: str) -> frozenset[FileKind]:
    """What a file so named may be. Phones often name a picture of one format like one of another."""
    named = {kind for kind, endings in ENDINGS.items() if ending in endings}
    return IMAGES if named & IMAGES else frozenset(named)
