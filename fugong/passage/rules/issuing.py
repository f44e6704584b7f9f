"""What a phone may be given: how often, for how long, and how its person is named where others look on."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

PUBLIC_KEY_BYTES: Final = 32
DEVICE_BYTES: Final = 4
MOST_A_DAY: Final = 20
"""Codes for one phone in 24 hours: a page that asks for more does not keep what it gets."""
RENEW_BEFORE: Final = timedelta(days=1)
"""With a network a page asks for the next code so long before this one ends."""


def masked_name(name: str) -> str:
    """The first character and, of three or more, the last: enough for whoever stands there with the name.

    A remark in brackets behind it is none of the name and stays.
    """
    plain, bracket, remark = name.partition("（")
    if len(plain) < 2:
        return name
    hidden = "*" * (len(plain) - 2)
    masked = f"{plain[0]}{hidden}{plain[-1]}" if hidden else f"{plain[0]}*"
    return f"{masked}{bracket}{remark}"
