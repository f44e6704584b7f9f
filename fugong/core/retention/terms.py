"""The terms in force, and changing them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.clock import local_date
from fugong.core.operation import operation
from fugong.core.refusals import Invalid, NotFound, NotPermitted
from fugong.core.retention.classes import retention_class, retention_classes
from fugong.core.retention.models import EmergencyEnd, RetentionTerm
from fugong.core.retention.rules import Term, is_possible

# Declared further down, by accounts.
SEE: Final = "retention.see"
SET: Final = "retention.set"
END_EMERGENCY: Final = "retention.end_emergency"

PlaybookTerms = Callable[[date], Mapping[str, Term]]
_playbook: list[PlaybookTerms] = []


def register_playbook_terms(provider: PlaybookTerms) -> None:
    """By whoever reads playbooks: what the one in force on a day says of some classes, for the acting
    authority.
    """
    _playbook[:] = [provider]


def terms(authority_id: UUID, *, on: date) -> dict[str, Term]:
    """Of every class, inside `acting_for`: the authority's own word, else the playbook's, else what is
    shipped.
    """
    found = {each.key: Term(each, each.days) for each in retention_classes()}
    for provider in _playbook:
        found |= provider(on)
    newest = RetentionTerm.objects.filter(authority_id=authority_id).order_by("retention", "-set_at", "-id")
    for row in newest.distinct("retention"):
        if row.days is not None and row.retention in found:
            found[row.retention] = Term(found[row.retention].retention, row.days, row.reason, row.set_by_name)
    return found


def emergency_ended_on(authority_id: UUID) -> date | None:
    newest = EmergencyEnd.objects.filter(authority_id=authority_id).order_by("-set_at", "-id").first()
    return newest.ended_on if newest else None


def set_term(key: str, days: int | None, *, reason: str, actor: Actor, now: datetime) -> RetentionTerm:
    """None: back to what is shipped. Raises NotFound, NotPermitted, and Invalid with the field at fault."""
    with operation("retention.set", actor=actor, now=now) as op:
        _check_may(actor, SET)
        try:
            retention = retention_class(key)
        except KeyError:
            raise NotFound() from None
        if not is_possible(retention, days):
            sentence = _("Give days, ten years at most, for a class that has an end.")
            raise Invalid(sentence, code="no_term", fields={"days": sentence})
        row = RetentionTerm.objects.create(
            authority_id=actor.authority_id,
            retention=key,
            days=days,
            reason=_given(reason),
            set_at=now,
            set_by=actor.user_id,
            set_by_name=actor.name,
        )
        op.audit(row, {"retention": key, "days": days}, note=row.reason)
        return row


def end_emergency(on: date | None, *, reason: str, actor: Actor, now: datetime) -> EmergencyEnd:
    """From then on the terms after the emergency run. None takes it back. Raises NotPermitted and Invalid."""
    with operation("retention.end_emergency", actor=actor, now=now) as op:
        _check_may(actor, END_EMERGENCY)
        if on is not None and on > local_date(now):
            sentence = _("The emergency cannot have ended on a day to come.")
            raise Invalid(sentence, code="day_to_come", fields={"ended_on": sentence})
        row = EmergencyEnd.objects.create(
            authority_id=actor.authority_id,
            ended_on=on,
            reason=_given(reason),
            set_at=now,
            set_by=actor.user_id,
            set_by_name=actor.name,
        )
        op.audit(row, {"ended_on": on}, note=row.reason)
        return row


def _given(reason: str) -> str:
    if not reason.strip():
        sentence = _("Say why.")
        raise Invalid(sentence, code="no_reason", fields={"reason": sentence})
    return reason.strip()[:500]


def _check_may(actor: Actor, permission: str) -> None:
    if not (actor.is_system or actor.may(permission)):
        raise NotPermitted()
