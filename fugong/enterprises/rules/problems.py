"""What can be wrong with what is said of an enterprise, as a code with its details; the sentence comes last.

Kept as codes, so that an import that is looked at later speaks the reader's language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fugong.enterprises.rules import credit_code

SENTENCES: dict[str, Promise] = {
    "missing": _("This must be filled in."),
    "too_long": _("This is longer than the %(limit)s characters that fit."),
    "unknown_choice": _("“%(value)s” is none of the known values; the template lists them."),
    "unknown_area": _("There is no park or area called “%(value)s”."),
    "area_not_yours": _("“%(value)s” is outside the areas you look after."),
    "not_a_number": _("“%(value)s” is not a whole number."),
    "number_out_of_range": _("%(value)s is not between 0 and %(limit)s."),
    "not_a_date": _("“%(value)s” is not a date such as 2022-04-27."),
    "date_in_future": _("%(value)s is in the future."),
    "date_too_early": _("%(value)s is too long ago."),
    "not_a_phone": _("“%(value)s” is not a telephone number."),
    "twice_in_file": _("The same credit code stands in row %(row)s too."),
    "merged_cells": _("This cell is merged with others (%(range)s); each row needs its own value."),
    "formula_without_value": _(
        "The formula in this cell has no stored value. "
        "Save the file in a spreadsheet program first, or paste values."
    ),
    "error_value": _("The spreadsheet shows the error %(value)s here."),
    "code_elsewhere": _("%(name)s has this credit code and is in an area you do not look after."),
    "entered_on_differs": _(
        "The register says %(known)s, the file %(value)s. Correct the day of entry on the enterprise's page."
    ),
    "left_before": _("%(name)s left on %(date)s; take it back on its own page."),
}
SENTENCES |= {f"code_{flaw}": sentence for flaw, sentence in credit_code.SENTENCES.items()}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one field."""

    code: str
    details: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        return str(SENTENCES[self.code]) % self.details
