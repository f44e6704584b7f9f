"""Why a file is not taken, each in one sentence that says what to do."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from fugong.core.files.kinds import FileKind
from fugong.core.refusals import Invalid


class FileRefused(Invalid):
    """Nothing of the file has been kept."""

    def __init__(self, code: str, message: str | Promise) -> None:
        super().__init__(message, code=code, fields={"file": message})


def too_large(limit: int) -> FileRefused:
    return FileRefused(
        "too_large",
        _filled(_("The file is larger than {limit} MB; hand in a smaller one."), limit=_megabytes(limit)),
    )


def empty() -> FileRefused:
    return FileRefused("empty", _("The file is empty."))


def not_accepted(found: str, accepted: Iterable[FileKind]) -> FileRefused:
    names = ", ".join(kind.label for kind in FileKind if kind in set(accepted))
    return FileRefused(
        "not_accepted",
        _filled(
            _("This is not a file that can be taken here ({found}); hand in one of: {names}."),
            found=found,
            names=names,
        ),
    )


def wrong_name(ending: str, kind: FileKind) -> FileRefused:
    return FileRefused(
        "wrong_name",
        _filled(
            _("The name ends in {ending}, but the content is {kind}; save it under its proper name."),
            ending=ending or "—",
            kind=kind.label,
        ),
    )


def damaged(kind: FileKind) -> FileRefused:
    return FileRefused(
        "damaged", _filled(_("The {kind} file is damaged or incomplete; save it again."), kind=kind.label)
    )


def too_many_pixels(millions: int) -> FileRefused:
    return FileRefused(
        "too_many_pixels",
        _filled(
            _("The picture has more than {millions} million pixels; make it smaller."), millions=millions
        ),
    )


def unpacks_too_large(limit: int) -> FileRefused:
    return FileRefused(
        "unpacks_too_large",
        _filled(_("The file unpacks to more than {limit} MB and was not opened."), limit=_megabytes(limit)),
    )


def too_many_parts(limit: int) -> FileRefused:
    return FileRefused(
        "too_many_parts", _filled(_("The file has more than {limit} parts and was not opened."), limit=limit)
    )


def holds_files() -> FileRefused:
    return FileRefused("holds_files", _("There is another file inside this file; hand it in by itself."))


def has_macros() -> FileRefused:
    return FileRefused("macros", _("The file contains macros; save it without them (.docx or .xlsx)."))


def locked() -> FileRefused:
    return FileRefused("locked", _("The file is protected by a password; hand it in without one."))


def hidden_data() -> FileRefused:
    return FileRefused("hidden_data", _("There is hidden data before or after the document; save it again."))


def active_content() -> FileRefused:
    return FileRefused(
        "active_content", _("The PDF contains programs or attached files; print it to a plain PDF.")
    )


def not_text() -> FileRefused:
    return FileRefused("not_text", _("The text cannot be read; save it as UTF-8 or GBK."))


def _filled(text: Promise, **values: object) -> Promise:
    return format_lazy("{}", text, **values)


def _megabytes(size: int) -> str:
    return f"{size / (1024 * 1024):g}"
