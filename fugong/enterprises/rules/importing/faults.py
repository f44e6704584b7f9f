"""What the reader of a list of enterprises should know, beside what is true of every list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fugong.core.sheets import faults

NOTICES: Final[Mapping[str, Promise]] = faults.NOTICES | {
    "no_entry_day": _("No day of entry is given; new enterprises count from %(day)s."),
}


def notice(code: str, details: Mapping[str, str | int]) -> str:
    """In the reader's language."""
    return str(NOTICES[code]) % details
