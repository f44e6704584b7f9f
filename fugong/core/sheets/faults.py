"""Why a file as a whole cannot be read as a list, as a code with details; and what its reader should know."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Promise] = {
    "not_readable": _("The file cannot be read as a table. Save it as .xlsx, .xls or .csv and try again."),
    "not_text": _("The text of the file cannot be read. Save it as UTF-8 or GBK."),
    "no_rows": _("The file holds no rows."),
    "no_header": _(
        "No row of the file names the columns. The first row should read, for example: %(example)s."
    ),
    "missing_columns": _("These columns are missing: %(columns)s. The file has: %(found)s."),
    "column_twice": _("The column %(column)s is there twice: “%(first)s” and “%(second)s”."),
    "too_many_rows": _("The file has more than %(limit)s rows. Hand it in in parts."),
    "too_wide": _("The file has cells far outside a list (%(cell)s). Remove them and save it again."),
    "merged_header": _("The heading cells %(range)s are merged; each column needs its own heading."),
}
NOTICES: dict[str, Promise] = {
    "sheet_read": _("Read from the sheet “%(sheet)s”; the other sheets were not read."),
    "ignored_columns": _("These columns are not kept and were passed over: %(columns)s."),
    "formulas": _("%(count)s cells hold formulas; the values last computed were taken."),
    "encoding": _("Read as %(encoding)s."),
    "note_rows": _("Rows with a single filled cell were taken for notes and passed over: %(rows)s."),
}


class UnreadableTable(ValueError):
    """The file is refused as a whole, in one sentence; nothing of it is kept."""

    def __init__(self, code: str, /, **details: str | int | Promise) -> None:
        super().__init__(code)
        self.code = code
        self.details: Mapping[str, str | int | Promise] = details

    @property
    def sentence(self) -> str:
        return str(SENTENCES[self.code]) % {name: str(value) for name, value in self.details.items()}
