"""What a receiver chooses about its own reminders: the channel, what stays silent, a message to try it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import override

from fugong.core.actor import Actor
from fugong.core.clock import end_of, local_date
from fugong.core.operation import Operation, operation
from fugong.core.refusals import Conflict, Invalid, NotPermitted, Sentence
from fugong.duties.choices import Channel, duty_kinds, is_always_told
from fugong.duties.models import Message, OwnChannel, ReminderChoice
from fugong.duties.rules import may_mute_until
from fugong.duties.rules.channels import read_address, read_allowed, shown

BETWEEN_TRIALS: Final = timedelta(minutes=1)


def choose_channel(channel: str, *, address: str = "", secret: str = "", actor: Actor, now: datetime) -> None:
    """Reminders of this user come there from now on; an empty `channel`: the installation's own way again,
    and the address is forgotten. Locks the user's row. Raises NotPermitted for who is no user, Invalid for
    what the installation does not allow or no such channel looks like.
    """
    with operation("duties.choose_channel", actor=actor, now=now) as op:
        user_id = _receiver(actor)
        kept = _kept(channel, address, secret)
        row = _own_channel(user_id, op)
        before = [row.channel, row.address]
        row.channel, row.address, row.shown = kept
        row.changed_at = now
        row.save(update_fields=["channel", "address", "shown", "changed_at"])
        # Neither address: whoever reads it can write there.
        op.audit(row, {"channel": [before[0], row.channel], "address_changed": before[1] != row.address})


def mute(kinds: Collection[str], *, last_day: date | None, actor: Actor, now: datetime) -> None:
    """Leaves out the reminders of these kinds until it is taken back, and all of them up to the end of
    `last_day`. What must always be told comes all the same. Locks the user's row.

    Raises NotPermitted for who is no user, Invalid for a kind that cannot be left out and for a day that has
    passed or lies more than a month ahead.
    """
    with operation("duties.mute", actor=actor, now=now) as op:
        user_id = _receiver(actor)
        _check_kinds(kinds)
        _check_day(last_day, today=local_date(now))
        row = _choice(user_id, op)
        before = [row.muted_kinds, row.muted_until]
        row.muted_kinds = sorted(set(kinds))
        row.muted_until = end_of(last_day) if last_day else None
        row.changed_at = now
        row.save(update_fields=["muted_kinds", "muted_until", "changed_at"])
        op.audit(row, {"kinds": [before[0], row.muted_kinds], "until": [before[1], row.muted_until]})


def try_channel(*, actor: Actor, now: datetime) -> Message:
    """A message to the user itself, sent with the next run as any other, quiet hours or not. Locks the user's
    row. Raises NotPermitted for who is no user, Conflict where nothing is sent from here, or one was tried
    within the last minute.
    """
    with operation("duties.try_channel", actor=actor, now=now) as op:
        user_id = _receiver(actor)
        if not settings.FUGONG_REMINDERS:
            raise Conflict(_lazy("This installation sends no reminders."), code="nothing_sent")
        _own_channel(user_id, op)
        if Message.objects.filter(user=user_id, made_at__gt=now - BETWEEN_TRIALS).exists():
            sentence = _lazy("A message was made within the last minute; wait for its outcome.")
            raise Conflict(sentence, code="too_soon")
        message = Message.objects.create(
            authority_id=actor.authority_id, user_id=user_id, made_at=now, next_try_at=now, **_trial()
        )
        op.audit(message, {"user": user_id})
        return message


def _trial() -> dict[str, str]:
    """In the language of the site, as all messages are."""
    with override(settings.LANGUAGE_CODE):
        return {
            "title": _("test message"),
            "body": _("Reminders of your duties will come here.") + f"\n{settings.FUGONG_PUBLIC_URL}/",
        }


def _receiver(actor: Actor) -> UUID:
    """Everybody who signs in chooses for itself, and for nobody else."""
    if actor.user_id is None:
        raise NotPermitted()
    return actor.user_id


def _kept(channel: str, address: str, secret: str) -> tuple[str, str, str]:
    if not channel:
        return "", "", ""
    if channel not in Channel.values:
        raise _invalid("channel", _("Choose one of the channels."), "no_channel")
    chosen = Channel(channel)
    allowed = read_allowed(settings.FUGONG_OWN_CHANNELS)
    kept = read_address(chosen, address, allowed, secret=secret)
    return chosen.value, kept, shown(chosen, kept)


def _check_kinds(kinds: Collection[str]) -> None:
    if any(kind not in duty_kinds() or is_always_told(kind) for kind in kinds):
        raise _invalid("kinds", _("Reminders of this kind cannot be left out."), "always_told")


def _check_day(last_day: date | None, *, today: date) -> None:
    if last_day is not None and not may_mute_until(last_day, today=today):
        raise _invalid("last_day", _("Name a day from today on, within a month."), "bad_day")


def _invalid(field: str, sentence: Sentence, code: str) -> Invalid:
    return Invalid(sentence, code=code, fields={field: sentence})


def _own_channel(user_id: UUID, op: Operation) -> OwnChannel:
    row = OwnChannel(authority_id=op.actor.authority_id, user_id=user_id, changed_at=op.now)
    OwnChannel.objects.bulk_create([row], ignore_conflicts=True)
    return OwnChannel.objects.select_for_update().get(user=user_id)


def _choice(user_id: UUID, op: Operation) -> ReminderChoice:
    row = ReminderChoice(authority_id=op.actor.authority_id, user_id=user_id, changed_at=op.now)
    ReminderChoice.objects.bulk_create([row], ignore_conflicts=True)
    return ReminderChoice.objects.select_for_update().get(user=user_id)
