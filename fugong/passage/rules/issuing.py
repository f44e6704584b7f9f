"""What a phone may be given: how often, and for how long."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

PUBLIC_KEY_BYTES: Final = 32
DEVICE_BYTES: Final = 4
MOST_A_DAY: Final = 20
"""Codes for one phone in 24 hours: a page that asks for more does not keep what it gets."""
RENEW_BEFORE: Final = timedelta(days=1)
"""With a network a page asks for the next code so long before this one ends."""
