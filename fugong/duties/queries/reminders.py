"""How reminders reach somebody: for the page on which that person chooses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings

from fugong.core.actor import Actor
from fugong.duties.choices import Channel
from fugong.duties.models import Message, OwnChannel, ReminderChoice
from fugong.duties.rules.channels import SCHEMES, is_still_allowed, read_allowed

LATEST: Final = 5


@dataclass(frozen=True, slots=True)
class OwnReminders:
    """`site` are the kinds of the installation's channels, never with an address. `out_of_use`: the own
    channel is no longer allowed, so that the installation's way is used.
    """

    site: Sequence[str]
    allowed: Sequence[Channel]
    mail_hosts: Sequence[str]
    channel: Channel | None = None
    shown: str = ""
    out_of_use: bool = False
    muted_kinds: Sequence[str] = ()
    muted_until: datetime | None = None

    @property
    def are_sent(self) -> bool:
        return bool(self.site)


def own_reminders(actor: Actor, *, now: datetime) -> OwnReminders:
    """A silence that is over is none."""
    allowed = read_allowed(settings.FUGONG_OWN_CHANNELS)
    own = OwnChannel.objects.filter(user=actor.user_id).exclude(channel="").first()
    chosen = ReminderChoice.objects.filter(user=actor.user_id).first()
    until = chosen.muted_until if chosen else None
    channel = Channel(own.channel) if own else None
    return OwnReminders(
        site=_site_channels(),
        allowed=allowed.channels,
        mail_hosts=sorted(allowed.mail_hosts),
        channel=channel,
        shown=own.shown if own else "",
        out_of_use=bool(own and channel and not is_still_allowed(channel, own.address, allowed)),
        muted_kinds=chosen.muted_kinds if chosen else (),
        muted_until=until if until and until > now else None,
    )


def latest_messages(actor: Actor) -> Sequence[Message]:
    """What was last sent, or tried, to this user."""
    return list(Message.objects.filter(user=actor.user_id).order_by("-made_at")[:LATEST])


def _site_channels() -> list[str]:
    """Each once: `mail`, a robot's service, `console`, or the scheme of whatever else apprise knows."""
    names = {scheme: channel.value for channel, scheme in SCHEMES.items()}
    names |= {"mailto": Channel.MAIL.value, "mailtos": Channel.MAIL.value}
    schemes = (address.partition("://")[0].lower() for address in settings.FUGONG_REMINDERS)
    return list(dict.fromkeys(names.get(scheme, scheme) for scheme in schemes))
