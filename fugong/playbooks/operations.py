"""Putting a playbook in force."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.clock import local_date
from fugong.core.operation import Operation, operation
from fugong.core.refusals import Conflict, Invalid
from fugong.playbooks.models import PlaybookVersion
from fugong.playbooks.permissions import check_may_activate
from fugong.playbooks.rules.playbook import Playbook


def activate(playbook: Playbook, *, actor: Actor, now: datetime, from_day: date) -> PlaybookVersion:
    """Puts a checked playbook in force from that day in China; the version before ends that day.

    Locks the open version. Raises `Conflict` when the same version was put in force already or somebody is
    quicker, and `Invalid` when the day lies before the open version's own start (periods never overlap) or
    before today: what was decided under a law is not judged by a later one.
    """
    with operation("playbooks.activate", actor=actor, now=now) as op:
        before = PlaybookVersion.objects.select_for_update().filter(ends_on=None).first()
        check_may_activate(actor)
        _check_new(playbook)
        if before is not None:
            _check_follows(before, from_day, today=local_date(now))
            before.ends_on = from_day
            before.save(update_fields=["ends_on"])
        row = _opened(playbook, from_day, op)
        op.audit(row, {"version": playbook.version, "sha256": playbook.sha256, "from": from_day.isoformat()})
        op.fact("playbooks.PlaybookActivated", {"version_id": str(row.id)})
        return row


def _opened(playbook: Playbook, from_day: date, op: Operation) -> PlaybookVersion:
    """Of two who find the same open version, or none, one gets through: the database keeps one open."""
    try:
        with transaction.atomic():
            return PlaybookVersion.objects.create(
                authority_id=op.actor.authority_id,
                playbook_id=playbook.id,
                version=playbook.version,
                text=playbook.text,
                sha256=playbook.sha256,
                starts_on=from_day,
                activated_at=op.now,
                activated_by=op.actor.user_id,
            )
    except IntegrityError:
        message = _("Somebody else has just put a playbook in force. Look at it first.")
        raise Conflict(message, code="overtaken") from None


def _check_new(playbook: Playbook) -> None:
    known = PlaybookVersion.objects.filter(playbook_id=playbook.id, version=playbook.version)
    if known.exists():
        raise Conflict(_("This version of the playbook was put in force before."), code="version_known")


def _check_follows(before: PlaybookVersion, from_day: date, *, today: date) -> None:
    earliest = max(before.starts_on, today)
    if from_day < earliest:
        raise Invalid(
            _("The playbook can be put in force from %(day)s on, not earlier.")
            % {"day": earliest.isoformat()},
            code="starts_too_early",
            fields={"from_day": _("Choose a later day.")},
        )
