"""In which formats a paper may be handed in."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from fugong.core.punctuation import listed
from fugong.core.refusals import Invalid
from fugong.playbooks.choices import FileFormat

_TYPES = {
    FileFormat.PDF: "application/pdf",
    FileFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileFormat.JPG: "image/jpeg",
    FileFormat.PNG: "image/png",
}
_MEGABYTE = 1024 * 1024


def check_format(kind: str, size: int, *, formats: Collection[FileFormat], max_megabytes: int) -> None:
    """`kind` is the media type found in the file's content, `size` in bytes. No formats listed: all are
    taken.
    """
    if formats and kind not in {_TYPES[wanted] for wanted in formats}:
        names = listed(wanted.value.upper() for wanted in formats)
        raise Invalid(_("This paper is taken as %(formats)s only.") % {"formats": names}, code="format")
    if size > max_megabytes * _MEGABYTE:
        raise Invalid(
            _("This paper may be at most %(size)s MB.") % {"size": max_megabytes}, code="paper_too_large"
        )
