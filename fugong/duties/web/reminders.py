"""What the page of one's own reminders shows, ready to be drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy as _p

from fugong.core.web.parts import Status, Tone
from fugong.duties.choices import Channel, duty_kinds, is_always_told, kind_label
from fugong.duties.models import Message
from fugong.duties.queries import OwnReminders

CONSOLE: Final = "console"
CAUSES: Final[Mapping[str, Promise]] = {
    "no_address": _lazy("Your account has no telephone number, and the channel asks for one."),
    "address_refused": _lazy("The address cannot be used."),
    "not_taken": _lazy("The channel did not take it."),
}


@dataclass(frozen=True, slots=True)
class MessageRow:
    title: str
    at: datetime
    through: str
    status: Status
    why: Promise | str
    is_waiting: bool


def settings_shown(own: OwnReminders) -> dict[str, object]:
    return {
        "own": own,
        "site": [_site_label(each) for each in own.site],
        "muted": sorted(str(kind_label(kind)) for kind in own.muted_kinds if not is_always_told(kind)),
    }


def mutable_kinds() -> list[tuple[str, str]]:
    return sorted(
        ((key, str(label)) for key, label in duty_kinds().items() if not is_always_told(key)),
        key=lambda each: each[1],
    )


def always_told_labels() -> list[str]:
    return sorted(str(label) for key, label in duty_kinds().items() if is_always_told(key))


def message_rows(messages: Sequence[Message]) -> list[MessageRow]:
    return [
        MessageRow(
            title=message.title,
            at=message.made_at,
            through=_through(message),
            status=_status(message),
            why=CAUSES.get(message.last_error, ""),
            is_waiting=message.sent_at is None and message.failed_at is None,
        )
        for message in messages
    ]


def _through(message: Message) -> str:
    """Known when it is tried: until then the receiver may choose another."""
    if not message.tries:
        return ""
    return str(Channel(message.channel).label) if message.channel else _("the way of this installation")


def _status(message: Message) -> Status:
    if message.sent_at is not None:
        return Status(_p("message", "Sent"), Tone.GOOD)
    if message.failed_at is not None:
        return Status(_p("message", "Given up"), Tone.BAD)
    if message.tries:
        return Status(_p("message", "Will be tried again"), Tone.WARNING)
    return Status(_p("message", "Waits"), Tone.WAITING)


def _site_label(name: str) -> str:
    if name in Channel.values:
        return str(Channel(name).label)
    return _("the server's log") if name == CONSOLE else name
