"""Keeping decisions and finding them again."""

from collections.abc import Iterable

from django.db import models

from fugong.core.actor import Actor
from fugong.core.decisions.kinds import kind_label
from fugong.core.decisions.models import DecisionRecord
from fugong.core.decisions.values import Decision


def record_decision(decision: Decision, *, subject: models.Model, actor: Actor) -> DecisionRecord:
    """In the caller's operation, which adds the audit row. Raises UnknownKind for an unregistered kind."""
    row = _row(decision, subject, actor)
    row.save(force_insert=True)
    return row


def record_decisions(decisions: Iterable[tuple[Decision, models.Model]], *, actor: Actor) -> None:
    """Many at once, each with its subject, in few statements."""
    rows = [_row(decision, subject, actor) for decision, subject in decisions]
    DecisionRecord.objects.bulk_create(rows, batch_size=1000)


def _row(decision: Decision, subject: models.Model, actor: Actor) -> DecisionRecord:
    kind_label(decision.kind)
    stored = decision.as_json()
    return DecisionRecord(
        authority_id=actor.authority_id,
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
        kind=decision.kind,
        outcome=decision.outcome,
        reasons=stored["reasons"],
        evidence=stored["evidence"],
        playbook_id=decision.playbook_id,
        playbook_version=decision.playbook_version,
        actor_id=actor.user_id,
        actor_name=actor.name,
        at=decision.at,
    )


def list_decisions(subject: models.Model, *, kind: str = "") -> list[DecisionRecord]:
    """Those about one subject, oldest first. The caller answers for who may see the subject."""
    rows = DecisionRecord.objects.filter(subject_kind=subject._meta.label_lower, subject_id=subject.pk)
    if kind:
        rows = rows.filter(kind=kind)
    return list(rows.order_by("at", "id"))
