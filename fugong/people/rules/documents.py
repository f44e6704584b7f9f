"""Numbers of identity documents: the resident ID by its check digit and its date, others by their form.

Nothing is guessed: a number that cannot be right is refused with what is wrong about it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from stdnum.cn import ric

from fugong.people.choices import DocumentKind, Sex

SENTENCES: Final[Mapping[str, Promise]] = {
    "empty": _("The number of the document must be filled in."),
    "length": _("A resident ID has 18 characters (15 on old cards); this one has %(length)s."),
    "characters": _("A resident ID has digits only, and at most an X at its end."),
    "region": _("A resident ID does not begin with %(region)s: no province has this number."),
    "birth": _("%(birth)s in this resident ID is no day on which somebody can have been born."),
    "check": _("The last character does not fit the others: one of them is mistyped."),
    "form": _("A number of this kind of document does not look like this."),
    "scientific": _("The spreadsheet turned this number into %(shown)s and lost its end; type it as text."),
}
RESIDENT_LENGTH: Final = 18
OLD_LENGTH: Final = 15
PROVINCES: Final = frozenset(
    str(number)
    for first, last in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83))
    for number in range(first, last + 1)
)
"""GB/T 2260, and 83 for residents of Taiwan with a residence permit of the mainland (since 2018)."""

FORMS: Final[Mapping[DocumentKind, re.Pattern[str]]] = {
    DocumentKind.PASSPORT: re.compile(r"[A-Z0-9]{5,20}"),
    DocumentKind.HK_MACAO_PERMIT: re.compile(r"[HM][0-9]{8}([0-9]{2})?"),
    DocumentKind.TAIWAN_PERMIT: re.compile(r"[0-9]{8}([0-9]{2})?"),
    DocumentKind.FOREIGN_RESIDENT: re.compile(r"[A-Z]{3}[0-9]{12}|9[0-9]{16}[0-9X]"),
    DocumentKind.OTHER: re.compile(r"[A-Z0-9/()-]{3,40}"),
}
_EARLIEST = date(1880, 1, 1)
_DROPPED = re.compile(r"[\s\u200b-\u200f\ufeff'`\u2018\u2019]+")


class BadDocument(ValueError):
    """`flaw` is a key of SENTENCES; `details` fill it. Neither repeats the whole number."""

    def __init__(self, flaw: str, **details: str | int) -> None:
        super().__init__(flaw)
        self.flaw, self.details = flaw, details

    @property
    def sentence(self) -> str:
        return str(SENTENCES[self.flaw]) % self.details


def normalised(text: str) -> str:
    """One spelling: half width, capitals, without spaces and the apostrophe that keeps spreadsheets off."""
    if text.isascii() and text.isalnum():
        return text.upper()
    return _DROPPED.sub("", unicodedata.normalize("NFKC", text)).upper()


def checked(kind: DocumentKind, text: str, *, today: date) -> str:
    """The number as it is kept; a resident ID of 15 digits in its form of 18. Raises BadDocument."""
    number = normalised(text)
    if not number:
        raise BadDocument("empty")
    if kind is DocumentKind.RESIDENT_ID:
        return _checked_resident(number, today=today)
    if not FORMS[kind].fullmatch(number):
        raise BadDocument("form")
    return number


def checker(today: date) -> Callable[[DocumentKind, str], str]:
    """As `checked`, for many numbers that are `normalised` already."""

    def check(kind: DocumentKind, number: str) -> str:
        if kind is DocumentKind.RESIDENT_ID and number:
            return _checked_resident(number, today=today)
        return checked(kind, number, today=today)

    return check


def born_on(resident_id: str) -> date:
    """Of a checked number of 18 characters (GB 11643-1999)."""
    return date(int(resident_id[6:10]), int(resident_id[10:12]), int(resident_id[12:14]))


def sex_of(resident_id: str) -> Sex:
    """The seventeenth digit is odd for men (GB 11643-1999)."""
    return Sex.MALE if int(resident_id[16]) % 2 else Sex.FEMALE


def masked(number: str) -> str:
    """Enough to recognise a number one knows, not enough to learn it: 340***********1234."""
    if len(number) < OLD_LENGTH:
        return number[:1] + "*" * max(len(number) - 3, 1) + number[-2:] if len(number) > 3 else "***"
    return number[:3] + "*" * (len(number) - 7) + number[-4:]


def masked_phone(number: str) -> str:
    """138****5678; of a short number only its end."""
    return number[:3] + "****" + number[-4:] if len(number) >= 11 else "****" + number[-2:] if number else ""


def _checked_resident(number: str, *, today: date) -> str:
    if len(number) not in (RESIDENT_LENGTH, OLD_LENGTH):
        raise BadDocument("length", length=len(number))
    if not re.fullmatch(r"[0-9]{17}[0-9X]|[0-9]{15}", number):
        raise BadDocument("characters")
    full = number if len(number) == RESIDENT_LENGTH else extended(number)
    if full[:2] not in PROVINCES:
        raise BadDocument("region", region=full[:2])
    _check_birth(full, today=today)
    if full[-1] != ric.calc_check_digit(full):
        raise BadDocument("check")
    return full


def extended(old: str) -> str:
    """Cards of 15 digits were given until 1999: their year lacks its century, which is the twentieth.

    Order numbers 996 to 999 mark people of a hundred years or more, born in the nineteenth (GB 11643-1989).
    """
    century = "18" if int(old[12:]) >= 996 else "19"
    body = f"{old[:6]}{century}{old[6:]}"
    return body + ric.calc_check_digit(f"{body}0")


def _check_birth(full: str, *, today: date) -> None:
    shown = f"{full[6:10]}-{full[10:12]}-{full[12:14]}"
    try:
        day = born_on(full)
    except ValueError:
        raise BadDocument("birth", birth=shown) from None
    if not _EARLIEST <= day <= today:
        raise BadDocument("birth", birth=shown)
