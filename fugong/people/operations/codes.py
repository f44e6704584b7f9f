"""The enterprise's code for self-registration: made, renewed, closed."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.clock import local_date
from fugong.core.operation import Operation, operation
from fugong.core.refusals import Conflict, Invalid, NotFound
from fugong.enterprises import queries as enterprises
from fugong.people.models import RegistrationCode
from fugong.people.permissions import check_may_register_at
from fugong.people.rules.self_registering import LONGEST_OPEN
from fugong.people.rules.tokens import SECRET_BYTES


def renew_code(enterprise_id: UUID, *, ends_on: date, actor: Actor, now: datetime) -> RegistrationCode:
    """A new code, open until the day `ends_on` begins. The one before is closed at once, wherever it hangs.

    Raises NotFound, NotPermitted, Invalid for a day that is over or too far ahead, Conflict when somebody
    renews it at this very moment or the enterprise has left.
    """
    with operation("people.renew_code", actor=actor, now=now) as op:
        place = enterprises.get_enterprise(actor, enterprise_id)
        check_may_register_at(actor, place)
        if place.left_on is not None:
            raise Conflict(_("This enterprise has left the park."), code="enterprise_left")
        _check_day(ends_on, today=local_date(now))
        _close(enterprise_id, op=op)
        code = _opened(enterprise_id, ends_on, op=op)
        op.audit(code, {"enterprise": str(enterprise_id), "ends_on": ends_on})
        return code


def close_code(enterprise_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Nobody can register by it any more. Raises NotFound (also without one), NotPermitted."""
    with operation("people.close_code", actor=actor, now=now) as op:
        check_may_register_at(actor, enterprises.get_enterprise(actor, enterprise_id))
        code = _close(enterprise_id, op=op)
        if code is None:
            raise NotFound()
        op.audit(code, {"enterprise": str(enterprise_id)})


def _check_day(ends_on: date, *, today: date) -> None:
    if today < ends_on <= today + LONGEST_OPEN:
        return
    sentence = _("Choose a day after today, at most a year ahead.")
    raise Invalid(sentence, code="bad_end", fields={"ends_on": sentence})


def _close(enterprise_id: UUID, *, op: Operation) -> RegistrationCode | None:
    rows: Any = RegistrationCode.objects.filter(authority_id=op.actor.authority_id, closed_at=None)
    code: RegistrationCode | None = rows.filter(enterprise_id=enterprise_id).select_for_update().first()
    if code is not None:
        code.closed_at = op.now
        code.save(update_fields=["closed_at"])
    return code


def _opened(enterprise_id: UUID, ends_on: date, *, op: Operation) -> RegistrationCode:
    code = RegistrationCode(
        authority_id=op.actor.authority_id,
        enterprise_id=enterprise_id,
        key=secrets.token_bytes(SECRET_BYTES).hex(),
        opened_at=op.now,
        opened_by=op.actor.user_id,
        opened_by_name=op.actor.name,
        ends_on=ends_on,
    )
    try:
        with transaction.atomic():
            code.save(force_insert=True)
    except IntegrityError:
        sentence = _("Another code was made at this very moment. Load the page again.")
        raise Conflict(sentence, code="overtaken") from None
    return code
