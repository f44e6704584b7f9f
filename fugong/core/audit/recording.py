"""Writing one row of the trail. Called by `operation`; nobody else should need it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import models

from fugong.core.actor import Actor
from fugong.core.audit.models import AuditEntry
from fugong.core.audit.personal import sealed_changes


def record(  # noqa: PLR0913 - the columns of the row, each by name; one caller
    *,
    authority_id: UUID,
    actor: Actor,
    action: str,
    subject: models.Model | None,
    changes: Mapping[str, object],
    note: str,
    at: datetime,
) -> AuditEntry:
    """In the caller's transaction, under its authority. It is chained later, so writers do not queue for
    each other.

    `changes` may nest mappings and lists of anything with a canonical form; mark personal values with
    `Personal`. Raises TypeError for a value without one clear form.
    """
    row = _row(authority_id, actor, action, subject, changes, note, at)
    row.save(force_insert=True)
    return row


def record_each(
    rows: Iterable[tuple[models.Model, Mapping[str, object]]], *, actor: Actor, action: str, at: datetime
) -> int:
    """The same done to many at once, a row for each, in few statements. Returns how many."""
    entries = [_row(actor.authority_id, actor, action, subject, changes, "", at) for subject, changes in rows]
    AuditEntry.objects.bulk_create(entries, batch_size=1000)
    return len(entries)


def _row(  # noqa: PLR0913, PLR0917 - the columns of the row, in their order; two callers above
    authority_id: UUID,
    actor: Actor,
    action: str,
    subject: models.Model | None,
    changes: Mapping[str, object],
    note: str,
    at: datetime,
) -> AuditEntry:
    kind, subject_id = ("", "") if subject is None else (subject._meta.label_lower, str(subject.pk))
    return AuditEntry(
        authority_id=authority_id,
        actor_id=actor.user_id or actor.person_id,
        # The name of somebody of the ledger ends with the file; the trail does not.
        actor_name="" if actor.person_id else actor.name,
        action=action,
        subject_kind=kind,
        subject_id=subject_id,
        changes=sealed_changes(changes, authority_id=authority_id),
        note=note,
        at=at,
    )
