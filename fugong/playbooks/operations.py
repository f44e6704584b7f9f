"""Putting a playbook in force."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.operation import operation
from fugong.core.refusals import Conflict, Invalid
from fugong.playbooks.models import PlaybookVersion
from fugong.playbooks.permissions import check_may_activate
from fugong.playbooks.rules.playbook import Playbook


def activate(playbook: Playbook, *, actor: Actor, now: datetime, from_day: date) -> PlaybookVersion:
    """Puts a checked playbook in force from that day in China; the version before ends that day.

    Locks the open version. Raises `Conflict` when the same version was put in force already and `Invalid`
    when the day lies before the open version's own start: periods never overlap.
    """
    with operation("playbooks.activate", actor=actor, now=now) as op:
        before = PlaybookVersion.objects.select_for_update().filter(ends_on=None).first()
        check_may_activate(actor)
        _check_follows(before, playbook, from_day)
        if before is not None:
            before.ends_on = from_day
            before.save(update_fields=["ends_on"])
        row = PlaybookVersion.objects.create(
            authority_id=actor.authority_id,
            playbook_id=playbook.id,
            version=playbook.version,
            text=playbook.text,
            sha256=playbook.sha256,
            starts_on=from_day,
            activated_at=now,
            activated_by=actor.user_id,
        )
        op.audit(row, {"version": playbook.version, "sha256": playbook.sha256, "from": from_day.isoformat()})
        op.fact("playbooks.PlaybookActivated", {"version_id": str(row.id)})
        return row


def _check_follows(before: PlaybookVersion | None, playbook: Playbook, from_day: date) -> None:
    known = PlaybookVersion.objects.filter(playbook_id=playbook.id, version=playbook.version)
    if known.exists():
        raise Conflict(_("This version of the playbook was put in force before."), code="version_known")
    if before is not None and from_day < before.starts_on:
        raise Invalid(
            _("The playbook in force started on %(day)s; a new one cannot start earlier.")
            % {"day": before.starts_on.isoformat()},
            code="starts_too_early",
            fields={"from_day": _("Choose a later day.")},
        )
