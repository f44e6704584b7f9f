"""Names that can be typed, scopes that fit."""

from __future__ import annotations

import re

from fugong.accounts.choices import Sight

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,58}[a-z0-9]")


def plain_username(entered: str) -> str:
    """User names are compared in lower case, so that Li.Wei and li.wei are one person."""
    return entered.strip().lower()


def is_username(username: str) -> bool:
    """Three to sixty ASCII letters, digits, dots, hyphens or underscores: typed on any keyboard."""
    return USERNAME.fullmatch(username) is not None


def scope_fits(sight: Sight, *, area: bool, subject: bool) -> bool:
    """Whether a membership names exactly what its role's sight asks for."""
    return {
        Sight.EVERYTHING: not area and not subject,
        Sight.CARE: not area and not subject,
        Sight.AREA: area and not subject,
        Sight.SUBJECT: subject and not area,
    }[sight]
