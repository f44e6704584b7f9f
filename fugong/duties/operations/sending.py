"""Messages leave through the channels of the site, and are tried again until they are out."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime
from typing import Final
from urllib.parse import quote
from uuid import UUID

from apprise import Apprise
from django.conf import settings
from django.db import transaction

from fugong.core.punctuation import labelled
from fugong.core.tenancy import acting_for
from fugong.duties.choices import Channel
from fugong.duties.models import Message, OwnChannel
from fugong.duties.models.reminders import UNSENT
from fugong.duties.rules import MOST_TRIES, next_try, uses_own
from fugong.duties.rules.channels import is_still_allowed, read_allowed

log = logging.getLogger(__name__)
CONSOLE: Final = "console://"
A_RUN: Final = 500
"""So many messages a run: a channel that hangs must not keep one run going for hours."""
NO_ADDRESS, REFUSED, NOT_TAKEN = "no_address", "address_refused", "not_taken"


def send_due(authority_id: UUID, *, now: datetime) -> int:
    """Tries each message whose time has come; returns how many went out.

    The next try is set, and kept, before a channel is asked: another run leaves the message alone, and where
    the process dies in between it is sent later rather than never. Only then may it come twice.
    """
    sent = 0
    with acting_for(authority_id):
        for _try in range(A_RUN):
            message = _claimed(now)
            if message is None:
                break
            error = _failure(message)
            _settle(message, error, now)
            sent += not error
    return sent


def _claimed(now: datetime) -> Message | None:
    with transaction.atomic():
        rows = Message.objects.filter(UNSENT, next_try_at__lte=now).order_by("next_try_at", "id")
        message = rows.select_related("user").select_for_update(of=("self",), skip_locked=True).first()
        if message is not None:
            message.tries += 1
            message.next_try_at = next_try(message.tries, now=now)
            message.save(update_fields=["tries", "next_try_at"])
        return message


def _settle(message: Message, error: str, now: datetime) -> None:
    """Given up where no address is known, or after many tries; the row says so for whoever looks."""
    message.last_error = error
    if not error:
        message.sent_at = now
    elif error == NO_ADDRESS or message.tries >= MOST_TRIES:
        message.failed_at = now
        log.error("Message %s was given up: %s", message.id, error)
    message.save(update_fields=["last_error", "sent_at", "failed_at", "channel"])


def _failure(message: Message) -> str:
    """Empty when every channel took it. Notes on the message whose channel it was."""
    own = _own_address(message)
    addresses = [own] if own else list(_addresses(message))
    if not addresses:
        return NO_ADDRESS
    channels, title = Apprise(), labelled(message.user.name, message.title)
    for address in addresses:
        if address == CONSOLE:
            log.warning("Reminder for %s: %s", message.user_id, message.title)
        elif not channels.add(address):
            return REFUSED
    if len(channels) and not channels.notify(title=title, body=message.body):
        return NOT_TAKEN
    return ""


def _own_address(message: Message) -> str:
    """The receiver's own channel, where there is one that the installation allows today; after some tries in
    vain the installation's own way takes over.
    """
    own = OwnChannel.objects.filter(user=message.user_id).exclude(channel="").first()
    message.channel = ""
    if own is None or not own.address or not uses_own(message.tries):
        return ""
    channel = Channel(own.channel)
    if not is_still_allowed(channel, own.address, read_allowed(settings.FUGONG_OWN_CHANNELS)):
        return ""
    message.channel = channel
    if channel is Channel.MAIL:
        return str(settings.FUGONG_OWN_MAIL).format(mail=quote(own.address, safe=""))
    return f"{own.address}?redirect=no"


def _addresses(message: Message) -> Iterator[str]:
    """The site's addresses for this receiver, without those that ask for a telephone nobody knows."""
    known = {"username": quote(message.user.username, safe=""), "phone": quote(message.user.phone, safe="")}
    for template in settings.FUGONG_REMINDERS:
        if "{phone}" in template and not message.user.phone:
            continue
        yield template.format(**known)
