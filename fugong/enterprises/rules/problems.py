"""What can be wrong with what is said of an enterprise, in sentences by code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fugong.core import problems
from fugong.enterprises.rules import credit_code

SENTENCES: Final[Mapping[str, Promise]] = {
    **problems.SENTENCES,
    "unknown_area": _("There is no park or area called “%(value)s”."),
    "area_not_yours": _("“%(value)s” is outside the areas you look after."),
    "number_out_of_range": _("%(value)s is not between 0 and %(limit)s."),
    "not_a_phone": _("“%(value)s” is not a telephone number."),
    "twice_in_file": _("The same credit code stands in row %(row)s too."),
    "code_elsewhere": _("%(name)s has this credit code and is in an area you do not look after."),
    "entered_on_differs": _(
        "The register says %(known)s, the file %(value)s. Correct the day of entry on the enterprise's page."
    ),
    "left_before": _("%(name)s left on %(date)s; take it back on its own page."),
    **{f"code_{flaw}": sentence for flaw, sentence in credit_code.SENTENCES.items()},
}


class Problem(problems.Problem):
    __slots__ = ()

    sentences = SENTENCES
