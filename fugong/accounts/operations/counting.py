"""How often a public page may be used, counted as tries at the door are."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import ngettext

from fugong.accounts.choices import CountOf
from fugong.accounts.operations.sign_in import TooManyTries, key_of, step
from fugong.accounts.rules import Limit


def count_use(counted: Mapping[str, tuple[int, timedelta]], *, door: str, now: datetime) -> None:
    """Counts one use of `door` at each of `counted`: what it is (an address, a code), and how many within
    which time are let through. Raises TooManyTries when one of them is more; it waits that time.

    Must run outside a transaction that may be rolled back, or the count is lost with it.
    """
    with transaction.atomic():
        after = [
            step(CountOf.DOOR, key_of(f"{door}:{value}"), Limit(*limit), now)[1]
            # In one order, so that two who share some of them do not wait for each other.
            for value, limit in sorted(counted.items())
        ]
    shut = [each.locked_until for each in after if each.locked_until and each.is_locked(now)]
    if shut:
        minutes = math.ceil((max(shut) - now) / timedelta(minutes=1))
        raise TooManyTries(_wait(minutes), code="too_many")


def _wait(minutes: int) -> str:
    return ngettext(
        "Too many were sent from here. Try again in %(minutes)s minute.",
        "Too many were sent from here. Try again in %(minutes)s minutes.",
        minutes,
    ) % {"minutes": minutes}
