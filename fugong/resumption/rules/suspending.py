"""What a proposal to suspend needs."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from fugong.core.refusals import Conflict, Invalid, Sentence

LONGEST = timedelta(days=90)
"""A local choice of the product: what lasts longer is decided anew, with new evidence."""


def check_proposal(evidence: str, ends_on: date, *, today: date) -> None:
    """Raises `Invalid`: a restriction without evidence or without an end cannot be proposed."""
    fields: dict[str, Sentence] = {}
    if not evidence.strip():
        fields["evidence"] = _("Say what was seen, where and by whom.")
    if not today <= ends_on <= today + LONGEST:
        fields["ends_on"] = _("Choose a day from today to %(last)s.") % {
            "last": (today + LONGEST).isoformat()
        }
    if fields:
        raise Invalid(
            _("The proposal was not saved: look at the marked fields."), code="proposal", fields=fields
        )


def is_over(ends_at: datetime, *, now: datetime) -> bool:
    return ends_at <= now


def check_not_over(ends_at: datetime, *, now: datetime) -> None:
    """Raises `Conflict`: confirmed after its last day, a suspension would stop nobody and be counted."""
    if is_over(ends_at, now=now):
        raise Conflict(
            _("The last day of this suspension is over. Decline it; if need be, propose a new one."),
            code="suspension_over",
        )
