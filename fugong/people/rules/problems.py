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
    "unknown_region": _("There is no region called “%(value)s”; write province and city, or the code."),
    "region_not_clear": _("“%(value)s” may be %(options)s; write which."),
    **{f"document_{flaw}": sentence for flaw, sentence in documents.SENTENCES.items()},
}


class Problem(problems.Problem):
    __slots__ = ()

    sentences = SENTENCES
