"""Why a file is not taken, each in one sentence that says what to do."""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise, keep_lazy
from django.utils.translation import gettext_lazy as _

from fugong.core.files.kinds import FileKind
from fugong.core.punctuation import listed
from fugong.core.refusals import Invalid


class FileRefused(Invalid):
    """Nothing of the file has been kept."""

    def __init__(self, code: str, message: str | Promise) -> None:
        super().__init__(message, code=code, fields={"file": message})


def too_large(limit: int) -> FileRefused:
    text = _("The file is larger than %(limit)s MB; hand in a smaller one.")
    return FileRefused("too_large", _filled(text, {"limit": _megabytes(limit)}))


def empty() -> FileRefused:
    return FileRefused("empty", _("The file is empty."))


def not_accepted(found: str, accepted: Iterable[FileKind]) -> FileRefused:
    names = listed(kind.label for kind in FileKind if kind in set(accepted))
    text = _("This is not a file that can be taken here (%(found)s); hand in one of: %(names)s.")
    return FileRefused("not_accepted", _filled(text, {"found": found, "names": names}))


def wrong_name(ending: str, kind: FileKind) -> FileRefused:
    if not ending:
        text = _("The file's name has no ending, but the content is %(kind)s; save it under its proper name.")
    else:
        text = _("The name ends in %(ending)s, but the content is %(kind)s; save it under its proper name.")
    return FileRefused("wrong_name", _filled(text, {"ending": ending, "kind": kind.label}))


def damaged(kind: FileKind) -> FileRefused:
    text = _("The %(kind)s file is damaged or incomplete; save it again.")
    return FileRefused("damaged", _filled(text, {"kind": kind.label}))


def too_many_pixels(millions: int) -> FileRefused:
    text = _("The picture has more than %(millions)s million pixels; make it smaller.")
    return FileRefused("too_many_pixels", _filled(text, {"millions": millions}))


def unpacks_too_large(limit: int) -> FileRefused:
    text = _("The file unpacks to more than %(limit)s MB and was not opened.")
    return FileRefused("unpacks_too_large", _filled(text, {"limit": _megabytes(limit)}))


def too_many_parts(limit: int) -> FileRefused:
    text = _("The file has more than %(limit)s parts and was not opened.")
    return FileRefused("too_many_parts", _filled(text, {"limit": limit}))


def holds_files() -> FileRefused:
    return FileRefused("holds_files", _("There is another file inside this file; hand it in by itself."))


def has_macros() -> FileRefused:
    return FileRefused("macros", _("The file contains macros; save it without them (.docx or .xlsx)."))


def locked() -> FileRefused:
    return FileRefused("locked", _("The file is protected by a password; hand it in without one."))


def hidden_data() -> FileRefused:
    return FileRefused("hidden_data", _("There is hidden data before or after the document; save it again."))


def active_content() -> FileRefused:
    text = _("The PDF contains programs or attached files; print it to a plain PDF.")
    return FileRefused("active_content", text)


def not_text() -> FileRefused:
    return FileRefused("not_text", _("The text cannot be read; save it as UTF-8 or GBK."))


@keep_lazy(str)
def _filled(text: str | Promise, values: Mapping[str, object]) -> str:
    """Still lazy: a refusal may be read in another language than it was raised in."""
    return str(text) % values


def _megabytes(size: int) -> str:
    return f"{size / (1024 * 1024):g}"
