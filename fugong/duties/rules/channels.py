"""What a receiver may name as an own channel, and nothing else: an allow-list, read letter by letter.

The server calls what stands here, so an address is never taken as it was typed. Only the key of a robot is
taken from it; the host is that of the service, written down in apprise, and nobody's text reaches it. A
mailbox is reached through the installation's own mail server.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from fugong.core.refusals import Invalid, Sentence
from fugong.duties.choices import Channel

ROBOTS: Final = (Channel.DINGTALK, Channel.WECOM, Channel.FEISHU)
SCHEMES: Final = {Channel.DINGTALK: "dingtalk", Channel.WECOM: "wecombot", Channel.FEISHU: "feishu"}
PASTED: Final = {
    Channel.DINGTALK: "https://oapi.dingtalk.com/robot/send?access_token=",
    Channel.WECOM: "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=",
    Channel.FEISHU: "https://open.feishu.cn/open-apis/bot/v2/hook/",
}
"""How each service shows the address of a robot to whoever copies it."""
KEYS: Final = {
    Channel.DINGTALK: re.compile(r"[A-Za-z0-9]{16,128}"),
    Channel.WECOM: re.compile(r"[A-Za-z0-9_-]{16,128}"),
    Channel.FEISHU: re.compile(r"[A-Za-z0-9_-]{16,128}"),
}
SECRET: Final = re.compile(r"[A-Za-z0-9]{8,128}")
MAILBOX: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,62}@([a-z0-9-]+(?:\.[a-z0-9-]+)+)")


@dataclass(frozen=True, slots=True)
class Allowed:
    """What the installation allows: robots of these services, mailboxes at these hosts."""

    robots: frozenset[Channel] = frozenset()
    mail_hosts: frozenset[str] = frozenset()

    @property
    def channels(self) -> list[Channel]:
        return [each for each in Channel if each in self.robots or (each is Channel.MAIL and self.mail_hosts)]


def read_allowed(words: Iterable[str]) -> Allowed:
    """From the setting: names of services, and hosts of mailboxes as `@host`."""
    named = list(words)
    return Allowed(
        robots=frozenset(each for each in ROBOTS if each.value in named),
        mail_hosts=frozenset(word[1:].lower() for word in named if word.startswith("@")),
    )


def read_address(channel: Channel, text: str, allowed: Allowed, *, secret: str = "") -> str:
    """The address as it is kept. Raises Invalid for a channel or a host that is not allowed, and for whatever
    does not look like an address of this channel.
    """
    if channel not in allowed.channels:
        raise _refusal("channel", _("This installation does not allow this channel."), "not_allowed")
    typed, secret = text.strip(), secret.strip()
    return _mailbox(typed, allowed) if channel is Channel.MAIL else _robot(channel, typed, secret)


def is_still_allowed(channel: Channel, address: str, allowed: Allowed) -> bool:
    """Of an address as it is kept: the installation may have changed its mind."""
    try:
        return read_address(channel, address, allowed) == address
    except Invalid:
        return False


def shown(channel: Channel, address: str) -> str:
    """Enough to know the address by, too little to use it."""
    if channel is Channel.MAIL:
        name, _at, host = address.partition("@")
        return f"{name[0]}···@{host}"
    return f"···{address.rstrip('/')[-4:]}"


def _mailbox(typed: str, allowed: Allowed) -> str:
    name, _at, host = typed.rpartition("@")
    address = f"{name}@{host.lower()}"
    found = MAILBOX.fullmatch(address)
    if found is None:
        raise _refusal("address", _("This is not a mail address."), "no_mailbox")
    if found[1] not in allowed.mail_hosts:
        hosts = ", ".join(sorted(allowed.mail_hosts))
        sentence = _("Only mailboxes at these hosts are allowed: %(hosts)s.") % {"hosts": hosts}
        raise _refusal("address", sentence, "host_not_allowed")
    return address


def _robot(channel: Channel, typed: str, secret: str) -> str:
    key, signing = typed.removeprefix(PASTED[channel]), secret
    scheme = f"{SCHEMES[channel]}://"
    if typed.startswith(scheme):
        key = typed.removeprefix(scheme).rstrip("/")
        if channel is Channel.DINGTALK and "@" in key:
            signing, _at, key = key.partition("@")
    if key == typed or KEYS[channel].fullmatch(key) is None:
        sentence = _("Paste the whole address of the robot as %(channel)s shows it.")
        raise _refusal("address", sentence % {"channel": channel.label}, "no_robot")
    if signing and (channel is not Channel.DINGTALK or SECRET.fullmatch(signing) is None):
        raise _refusal("secret", _("Only a robot of DingTalk has a secret: letters and digits."), "no_secret")
    return f"{scheme}{signing}@{key}/" if signing else f"{scheme}{key}/"


def _refusal(field: str, sentence: Sentence, code: str) -> Invalid:
    return Invalid(sentence, code=code, fields={field: sentence})
