"""Reads FUGONG_* environment variables, typed; a bad value stops the start with one sentence."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

ROBOTS: Final = ("dingtalk", "wecom", "feishu")
MAIL_HOST: Final = re.compile(r"@[a-z0-9-]+(\.[a-z0-9-]+)+")


class BadSetting(SystemExit):
    """A setting that cannot be used. Ends the program with the sentence and exit code 2."""

    def __init__(self, name: str, value: str, expected: str) -> None:
        super().__init__(f"fugong: {name}={value!r} cannot be used: {expected}.")
        self.name = name


@dataclass(frozen=True, slots=True)
class Reader:
    environ: Mapping[str, str]

    def text(self, name: str, default: str) -> str:
        return self.environ.get(name) or default

    def flag(self, name: str, default: bool) -> bool:
        value = self.environ.get(name)
        if not value:
            return default
        if value.lower() not in {"1", "0", "true", "false", "yes", "no"}:
            raise BadSetting(name, value, "say 1 or 0")
        return value.lower() in {"1", "true", "yes"}

    def number(self, name: str, default: int, *, least: int = 0) -> int:
        value = self.environ.get(name)
        if not value:
            return default
        if not value.isascii() or not value.isdigit() or int(value) < least:
            raise BadSetting(name, value, f"give a whole number of at least {least}")
        return int(value)

    def words(self, name: str, default: tuple[str, ...]) -> list[str]:
        value = self.environ.get(name)
        return [word.strip() for word in value.split(",") if word.strip()] if value else list(default)

    def addresses(self, name: str) -> list[str]:
        """Addresses of channels, apart by spaces, with {username} and {phone} where the receiver belongs."""
        found = self.environ.get(name, "").split()
        for address in found:
            try:
                address.format(username="", phone="")
            except (LookupError, ValueError):
                raise BadSetting(name, "…", "only {username} and {phone} may stand in braces") from None
            if "://" not in address:
                raise BadSetting(name, "…", "write each address as kind://…, apart by spaces")
        return found

    def channels(self, name: str) -> list[str]:
        """What receivers may name as an own channel: services with robots, and hosts of mailboxes."""
        found = self.words(name, ())
        for word in found:
            if word not in ROBOTS and not MAIL_HOST.fullmatch(word):
                expected = f"name {', '.join(ROBOTS)} or hosts of mailboxes such as @zone.example"
                raise BadSetting(name, word, expected)
        return found

    def mail_server(self, name: str, *, needed: bool) -> str:
        """An address of apprise with {mail} where the receiver's mailbox belongs. Never shown: it holds a
        password.
        """
        found = self.environ.get(name, "").strip()
        if not found and not needed:
            return ""
        try:
            found.format(mail="")
        except (LookupError, ValueError):
            raise BadSetting(name, "…", "only {mail} may stand in braces") from None
        if not found.startswith(("mailto://", "mailtos://")) or "{mail}" not in found:
            raise BadSetting(name, "…", "write mailtos://… with {mail} where the receiver belongs")
        return found

    def folder(self, name: str, default: Path) -> Path:
        return Path(self.environ.get(name) or default).expanduser().absolute()

    def moment(self, name: str) -> datetime | None:
        """A point in time with its offset, such as 2022-04-27T18:30+08:00; None when not set."""
        value = self.environ.get(name)
        if not value:
            return None
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            raise BadSetting(name, value, "give a time such as 2022-04-27T18:30+08:00") from None
        if moment.tzinfo is None:
            raise BadSetting(name, value, "add the offset from UTC, such as +08:00")
        return moment


def environment() -> Reader:
    return Reader(os.environ)
