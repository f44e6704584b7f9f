"""A list of names and telephone numbers as an enterprise hands it in: one person a line."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from fugong.core.names import tidy
from fugong.core.refusals import Sentence

MOST: Final = 2000
NAME_LENGTH: Final = 60
_PARTS: Final = re.compile(r"[\t,;|]|\s{1,}(?=\+?\d)")
_PHONE: Final = re.compile(r"\+?[0-9][0-9 \-]{5,18}[0-9]")


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody with a number and no file yet."""

    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What cannot be right, and in which line."""

    line: int
    sentence: Sentence


def read_names(text: str) -> tuple[list[Entry], list[Fault]]:
    """Every line is read, the same number once; faults name their lines. Empty lines do not count."""
    entries: dict[str, Entry] = {}
    faults: list[Fault] = []
    for number, line in enumerate(unicodedata.normalize("NFKC", text).splitlines(), start=1):
        if not line.strip():
            continue
        found = _read(line)
        if isinstance(found, Entry):
            entries.setdefault(re.sub(r"\D", "", found.phone), found)
        else:
            faults.append(Fault(number, found))
    if len(entries) > MOST:
        faults.append(Fault(0, _("At most %(limit)s people at a time.") % {"limit": MOST}))
    return list(entries.values()), faults


def _read(line: str) -> Entry | Sentence:
    parts = [part.strip() for part in _PARTS.split(line, maxsplit=1)]
    if len(parts) != 2 or not parts[0] or not parts[1]:
        return _("Write the name, a comma, and the telephone number.")
    name, phone = tidy(parts[0]), parts[1].strip(" ,;|")
    if len(name) > NAME_LENGTH:
        return _("The name is longer than %(limit)s characters.") % {"limit": NAME_LENGTH}
    if not _PHONE.fullmatch(phone):
        return _("“%(value)s” is not a telephone number.") % {"value": phone[:30]}
    return Entry(name, phone)
