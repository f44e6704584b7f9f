"""What can be wrong with what is said of a person, in sentences by code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fugong.core import problems
from fugong.people.rules import documents

SENTENCES: Final[Mapping[str, Promise]] = {
    **problems.SENTENCES,
    "not_a_phone": _("This is not a telephone number."),
    "twice_in_file": _("Row %(row)s has the same number."),
    "twice_other_name": _("Row %(row)s has the same number under another name: %(name)s."),
    "employed_elsewhere": _(
        "This person is still employed at another enterprise. Ask the park to move the file."
    ),
    "number_of_merged": _(
        "The number is that of a file which was merged into another. Write the number of the file in use."
    ),
    "known_by_other_name": _("The number has a file under another name. Compare it with the document."),
    "number_of_other": _(
        "This is the number in the file of %(name)s. Compare it with the document; "
        "if it is the same person, correct the name in that file."
    ),
    "starts_before": _("The day lies before %(day)s, when the employment before it began or ended."),
    "starts_before_other": _("The day lies before an earlier employment began or ended."),
    "unknown_enterprise": _("“%(value)s” is none of the enterprises for which you keep files."),
    "enterprise_not_clear": _("Several enterprises are called “%(value)s”; write the credit code."),
    "enterprise_left": _("%(name)s left on %(day)s."),
    "enterprise_shut": _("The enterprise has left, or is no longer one for which you keep files."),
    "enterprise_differs": _("This list is for %(name)s; “%(value)s” is another enterprise."),
    "no_enterprise": _("The enterprise must be filled in."),
    "changed_meanwhile": _("The file was changed after the list was read. Hand the row in again."),
    "stay_backwards": _("A stay cannot end before it began."),
    **{f"document_{flaw}": sentence for flaw, sentence in documents.SENTENCES.items()},
}


class Problem(problems.Problem):
    __slots__ = ()

    sentences = SENTENCES
