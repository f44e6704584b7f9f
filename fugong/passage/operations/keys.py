"""The authority's keys for codes: the first, the next, the one in use, and one that others may have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.operation import Operation, operation
from fugong.core.refusals import Conflict, NotFound, NotPermitted
from fugong.core.signing import SigningKey, find_signing_key, make_signing_key
from fugong.passage.choices import SIGNING
from fugong.passage.models import CodeKey
from fugong.passage.operations.numbers import lock_series
from fugong.passage.permissions import KEYS
from fugong.passage.rules.keys import free_number, secret_of

_NO_NUMBER: Final = _("All 255 numbers of keys stand in codes that may still be good. Wait until some end.")


@dataclass(frozen=True, slots=True, repr=False)
class KeyInUse:
    """By which what is issued now is signed."""

    row: CodeKey
    signing: SigningKey

    @property
    def number(self) -> int:
        return self.row.number

    @property
    def secret(self) -> bytes:
        return secret_of(self.signing.private)


def ensure_key(*, op: Operation) -> KeyInUse:
    """The key in use. Makes and audits the first one, and another where the private half has been lost.

    Raises Conflict when no number is free.
    """
    found = _in_use(op)
    if found is None:
        lock_series(CodeKey, op=op)
        found = _in_use(op) or _made(op)
    return found


def rotate_keys(*, actor: Actor, now: datetime) -> CodeKey:
    """A new key for whatever is issued from now on; what was issued stays good until its own end.

    Raises NotPermitted, Conflict when no number is free.
    """
    with operation("passage.rotate_keys", actor=actor, now=now) as op:
        _check_may(actor)
        lock_series(CodeKey, op=op)
        return _made(op).row


def withdraw_key(key_id: UUID, *, actor: Actor, now: datetime) -> CodeKey:
    """Others may have it: nothing that it has signed is good any more, at any gate.

    What is issued next is signed by another one. Raises NotPermitted, NotFound, Conflict where it was
    withdrawn before.
    """
    with operation("passage.withdraw_key", actor=actor, now=now) as op:
        _check_may(actor)
        lock_series(CodeKey, op=op)
        row = _rows(op).filter(id=key_id).first()
        if row is None:
            raise NotFound()
        if row.withdrawn_at is not None:
            raise Conflict(_("This key was withdrawn before."), code="withdrawn")
        row.retired_at, row.withdrawn_at = row.retired_at or now, now
        row.save(update_fields=["retired_at", "withdrawn_at"])
        op.audit(row, {"number": row.number, "withdrawn_at": now})
        return row


def _check_may(actor: Actor) -> None:
    if not actor.is_system and not actor.may(KEYS):
        raise NotPermitted()


def _in_use(op: Operation) -> KeyInUse | None:
    row = _rows(op).filter(retired_at=None).order_by("-made_at", "-id").first()
    signing = find_signing_key(SIGNING, row.signing) if row else None
    return KeyInUse(row, signing) if row and signing else None


def _made(op: Operation) -> KeyInUse:
    """The series is locked. The file is written before the row can be committed."""
    number = free_number(dict(_rows(op).values_list("number", "retired_at")), now=op.now)
    if number is None:
        raise Conflict(_NO_NUMBER, code="no_key_number")
    retired = list(_rows(op).filter(retired_at=None).values_list("number", flat=True))
    _rows(op).filter(number__in=retired).update(retired_at=op.now)
    signing = make_signing_key(SIGNING)
    said = {"signing": signing.id, "public": signing.public, "made_at": op.now}
    said |= {"retired_at": None, "withdrawn_at": None}
    row, _is_new = CodeKey.objects.update_or_create(
        authority_id=op.actor.authority_id, number=number, defaults=said
    )
    op.audit(row, {"number": number, "key": signing.id, "retired": retired})
    return KeyInUse(row, signing)


def _rows(op: Operation) -> QuerySet[CodeKey]:
    return CodeKey.objects.filter(authority_id=op.actor.authority_id)
