"""What can be wrong with what was said, as a code with its details; the sentence comes last.

Kept as codes, so that an import that is looked at later speaks the reader's language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: Final[Mapping[str, Promise]] = {
    "missing": _("This must be filled in."),
    "too_long": _("This is longer than the %(limit)s characters that fit."),
    "unknown_choice": _("“%(value)s” is none of the known values; the template lists them."),
    "not_a_number": _("“%(value)s” is not a whole number."),
    "not_a_date": _("“%(value)s” is not a date such as 2022-04-27."),
    "date_in_future": _("%(value)s is in the future."),
    "date_too_early": _("%(value)s is too long ago."),
    "unknown_region": _("There is no region called “%(value)s”; write province and city, or the code."),
    "region_not_clear": _("“%(value)s” may be %(options)s; write which."),
    "merged_cells": _("This cell is merged with others (%(range)s); each row needs its own value."),
    "formula_without_value": _(
        "The formula in this cell has no stored value. "
        "Save the file in a spreadsheet program first, or paste values."
    ),
    "error_value": _("The spreadsheet shows the error %(value)s here."),
}
"""What can be wrong whatever a list or a form is about."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one field. Each context has a class of its own, with its `sentences`."""

    code: str
    details: Mapping[str, str | int] = field(default_factory=dict)

    sentences: ClassVar[Mapping[str, Promise]] = SENTENCES

    @property
    def sentence(self) -> str:
        return str(self.sentences[self.code]) % self.details
