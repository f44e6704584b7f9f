"""What can be wrong with what is said of a person, as a code with its details; the sentence comes last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fugong.people.rules import documents

SENTENCES: Final[Mapping[str, Promise]] = {
    "missing": _("This must be filled in."),
    "too_long": _("This is longer than the %(limit)s characters that fit."),
    "not_a_phone": _("This is not a telephone number."),
    "unknown_region": _("There is no region called “%(value)s”; write province and city, or the code."),
    "region_not_clear": _("“%(value)s” may be %(options)s; write which."),
    "date_in_future": _("%(value)s is in the future."),
    "stay_backwards": _("A stay cannot end before it began."),
    "date_too_early": _("%(value)s is too long ago."),
} | {f"document_{flaw}": sentence for flaw, sentence in documents.SENTENCES.items()}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one field."""

    code: str
    details: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        return str(SENTENCES[self.code]) % self.details
