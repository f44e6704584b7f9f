"""What a message says: one line for each kind and period, numbers of people, never their names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from fugong.duties.choices import names_a_person
from fugong.duties.models import Duty
from fugong.duties.rules import is_missed

LINES: Final = 12
"""A message on a phone is read so far; the rest is on the page it leads to."""


def wording_of(duties: Sequence[Duty], *, now: datetime) -> tuple[str, str]:
    """Title and body, in the language of the site. Nobody's name goes to a channel that others may read."""
    with override(settings.LANGUAGE_CODE):
        groups: dict[tuple[str, str, datetime], list[Duty]] = defaultdict(list)
        for duty in duties:
            groups[duty.kind, duty.period, duty.due_at].append(duty)
        lines = [_line(groups[key], now) for key in sorted(groups, key=lambda key: (key[2], key))]
        shown = lines[:LINES]
        if len(lines) > LINES:
            left = len(lines) - LINES
            shown.append(ngettext("%(number)s more", "%(number)s more", left) % {"number": left})
        title = ngettext("%(number)s duty waits for you", "%(number)s duties wait for you", len(duties))
        return title % {"number": len(duties)}, "\n".join([*shown, f"{settings.FUGONG_PUBLIC_URL}/"])


def _line(duties: Sequence[Duty], now: datetime) -> str:
    """Of duties of one kind, period and deadline."""
    first = duties[0]
    said = {
        "what": f"{first.label} {first.period}".strip(),
        "whose": _whose(duties),
        "when": _when(first, now),
    }
    line = _("%(what)s, %(whose)s: %(when)s") % said
    missing = sum(duty.expected - duty.done for duty in duties if duty.is_roll and duty.done < duty.expected)
    if not missing:
        return line
    people = ngettext("%(number)s person missing", "%(number)s people missing", missing) % {"number": missing}
    return f"{line} · {people}"


def _whose(duties: Sequence[Duty]) -> str:
    first = duties[0]
    if len(duties) > 1 or names_a_person(first.kind):
        return _count(duties)
    return first.subject_label


def _count(duties: Sequence[Duty]) -> str:
    return ngettext("%(number)s in all", "%(number)s in all", len(duties)) % {"number": len(duties)}


def _when(duty: Duty, now: datetime) -> str:
    sentence = _("was due %(at)s") if is_missed(duty.due_at, now=now) else _("due %(at)s")
    return sentence % {"at": f"{localtime(duty.due_at):%m-%d %H:%M}"}
