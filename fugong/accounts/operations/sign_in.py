"""Counting tries at the door, locking, unlocking, and recording who came in."""

from __future__ import annotations

import hashlib
import hmac
import logging
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import ngettext

from fugong.accounts import permissions, rules
from fugong.accounts.choices import CountOf
from fugong.accounts.models import TryCount, User
from fugong.accounts.operations.users import locked
from fugong.accounts.queries.door import find_by_username
from fugong.accounts.rules import Guesses, Limit
from fugong.core.actor import Actor, system_actor
from fugong.core.operation import operation
from fugong.core.refusals import Refused

KEPT = timedelta(days=1)
"""Counts that nobody has added to for so long are swept away by whoever signs in next."""

log = logging.getLogger(__name__)


class TooManyTries(Refused):
    """The door is shut for this user name or this address; the same sentence whether the name exists or
    not."""

    status = 429


@dataclass(frozen=True, slots=True)
class Knock:
    """Somebody at the door: the name as entered and the network address."""

    username: str
    address: str

    def keys(self) -> dict[CountOf, str]:
        return {
            CountOf.USER: key_of(rules.plain_username(self.username)),
            CountOf.ADDRESS: key_of(self.address),
        }


def key_of(value: str) -> str:
    """A keyed hash: the table of counts tells nobody what was counted."""
    secret = settings.SECRET_KEY.encode()
    return hmac.new(secret, b"fugong.tries:" + value.encode(), hashlib.sha256).hexdigest()


def limits() -> Mapping[CountOf, Limit]:
    window = timedelta(minutes=settings.FUGONG_LOCK_MINUTES)
    return {
        CountOf.USER: Limit(settings.FUGONG_SIGN_IN_TRIES, window),
        CountOf.ADDRESS: Limit(settings.FUGONG_SIGN_IN_TRIES_PER_ADDRESS, window),
    }


def count_try(knock: Knock, *, now: datetime) -> None:
    """Counts one try before it is looked at. Raises TooManyTries, and writes the audit row of a new lock.

    Must run outside a transaction that may be rolled back, or the count is lost with it.
    """
    allowed = limits()
    with transaction.atomic():
        states = {of: step(of, key, allowed[of], now) for of, key in knock.keys().items()}
    for of, (before, after) in states.items():
        if after.is_locked(now) and not before.is_locked(now):
            _record_lock(knock, of, after, now)
    shut = [
        after.locked_until
        for _before, after in states.values()
        if after.locked_until and after.is_locked(now)
    ]
    if shut:
        minutes = math.ceil((max(shut) - now) / timedelta(minutes=1))
        raise TooManyTries(
            ngettext(
                "Too many tries. Wait %(minutes)s minute, or ask the security administrator to unlock you.",
                "Too many tries. Wait %(minutes)s minutes, or ask the security administrator to unlock you.",
                minutes,
            )
            % {"minutes": minutes},
            code="too_many_tries",
        )


def step(of: CountOf, key: str, limit: Limit, now: datetime) -> tuple[Guesses, Guesses]:
    """Counts one more; returns the count before and after. In the caller's transaction."""
    row, _new = TryCount.objects.select_for_update().get_or_create(count_of=of, key=key)
    before = row.guesses()
    after = rules.after_try(before, limit=limit, now=now)
    _store(row, after)
    return before, after


def take_back(knock: Knock) -> None:
    """The try was right and does not count. Earlier mistakes are forgotten when the sign-in is complete: a
    right password must not give a guesser of second factors new tries."""
    with transaction.atomic():
        for of, key in knock.keys().items():
            for row in TryCount.objects.select_for_update().filter(count_of=of, key=key):
                _store(row, rules.after_success(row.guesses()))


def _store(row: TryCount, guesses: Guesses) -> None:
    row.tries, row.since, row.locked_until = guesses.tries, guesses.since, guesses.locked_until
    row.save(update_fields=["tries", "since", "locked_until"])


def _record_lock(knock: Knock, of: CountOf, after: Guesses, now: datetime) -> None:
    """In the audit of the authority whose user was tried; a name that is nobody's has no audit, only the
    log."""
    log.warning("sign-in locked (%s) after %s tries", of.value, after.tries)
    user = find_by_username(knock.username)
    if user is None:
        return
    with operation("accounts.lock", actor=system_actor(user.authority_id, "sign-in"), now=now) as op:
        until = after.locked_until.isoformat() if after.locked_until else None
        op.audit(user, {"locked": of.value, "tries": after.tries, "until": until, "address": knock.address})


def record_sign_in(user: User, *, actor: Actor, method: str, address: str, now: datetime) -> None:
    """Who came in, how, from where, and after how many tries that were wrong."""
    with operation("accounts.sign_in", actor=actor, now=now) as op:
        permissions.check_is_self(actor, user)
        user = locked(user)
        user.last_signed_in_at = now
        user.save(update_fields=["last_signed_in_at"])
        wrong = _forget(user)
        TryCount.objects.filter(since__lt=now - KEPT).delete()
        op.audit(user, {"method": method, "address": address, "wrong_tries": wrong})


def record_sign_out(user: User, *, actor: Actor, now: datetime) -> None:
    with operation("accounts.sign_out", actor=actor, now=now) as op:
        permissions.check_is_self(actor, user)
        op.audit(user)


def record_second_factors(
    user: User, *, before: Mapping[int, str], after: Mapping[int, str], actor: Actor, now: datetime
) -> None:
    """What the person added to or took from the own second factors, each the type by the row's id."""
    with operation("accounts.second_factors", actor=actor, now=now) as op:
        permissions.check_is_self(actor, user)
        added = sorted(after[key] for key in after.keys() - before.keys())
        removed = sorted(before[key] for key in before.keys() - after.keys())
        op.audit(user, {"added": added, "removed": removed})


def unlock(user: User, *, actor: Actor, now: datetime) -> None:
    """Forgets the tries at this user's name, by the security admin."""
    with operation("accounts.unlock", actor=actor, now=now) as op:
        permissions.check_may_grant(actor, user)
        op.audit(user, {"unlocked_after_tries": _forget(user)})


def _forget(user: User) -> int:
    """Returns how many tries there were."""
    key = Knock(user.username, "").keys()[CountOf.USER]
    rows = TryCount.objects.select_for_update().filter(count_of=CountOf.USER, key=key)
    tries = sum(row.tries for row in rows)
    rows.delete()
    return tries


def is_locked(user: User, *, now: datetime) -> bool:
    key = Knock(user.username, "").keys()[CountOf.USER]
    row = TryCount.objects.filter(count_of=CountOf.USER, key=key).first()
    return row is not None and row.guesses().is_locked(now)
