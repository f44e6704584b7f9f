"""Keeping decisions and finding them again."""

import json
from collections.abc import Iterable
from typing import Final
from uuid import UUID

from django.db import connection, models

from fugong.core.actor import Actor
from fugong.core.canonical import Json
from fugong.core.decisions.kinds import kind_label
from fugong.core.decisions.models import DecisionRecord
from fugong.core.decisions.values import Decision
from fugong.core.ids import new_id

AT_ONCE: Final = 1000

# As JSON, which PostgreSQL reads by itself: the parameters of so many columns cost more than the rows do.
RECORD_TOGETHER: Final = """
    insert into core_decisionrecord
           (id, authority_id, subject_kind, subject_id, kind, outcome, reasons, evidence, playbook_id,
            playbook_version, actor_id, actor_name, at)
    select about.id, %(authority)s, about.subject_kind, about.subject_id, taken.kind, taken.outcome,
           taken.reasons, taken.evidence, taken.playbook_id, taken.playbook_version, %(actor)s, %(name)s,
           taken.at
      from json_to_recordset(%(about)s::json)
           as about (id uuid, subject_kind text, subject_id uuid, number int)
      join json_to_recordset(%(taken)s::json)
           as taken (number int, kind text, outcome text, reasons jsonb, evidence jsonb, playbook_id text,
                     playbook_version text, at timestamptz)
     using (number)
"""


def record_decision(decision: Decision, *, subject: models.Model, actor: Actor) -> DecisionRecord:
    """In the caller's operation, which adds the audit row. Raises UnknownKind for an unregistered kind."""
    row = _row(decision, subject, actor)
    row.save(force_insert=True)
    return row


def record_decisions(decisions: Iterable[tuple[Decision, models.Model]], *, actor: Actor) -> None:
    """Many at once, each with its subject, in few statements. What was decided of many alike travels once."""
    every = list(decisions)
    for start in range(0, len(every), AT_ONCE):
        _record_together(every[start : start + AT_ONCE], actor)


def _record_together(decisions: list[tuple[Decision, models.Model]], actor: Actor) -> None:
    numbers: dict[int, int] = {}
    taken: list[dict[str, Json]] = []
    for decision, _subject in decisions:
        if id(decision) not in numbers:
            numbers[id(decision)] = len(taken)
            taken.append({"number": len(taken), **_stored(decision)})
    about = [
        {
            "id": str(new_id()),
            "subject_kind": subject._meta.label_lower,
            "subject_id": str(subject.pk),
            "number": numbers[id(decision)],
        }
        for decision, subject in decisions
    ]
    values: dict[str, str | UUID | None] = {
        "about": json.dumps(about),
        "taken": json.dumps(taken),
        "authority": actor.authority_id,
        "actor": actor.user_id,
        "name": actor.name,
    }
    with connection.cursor() as cursor:
        cursor.execute(RECORD_TOGETHER, values)


def _stored(decision: Decision) -> dict[str, Json]:
    kind_label(decision.kind)
    return decision.as_json()


def _row(decision: Decision, subject: models.Model, actor: Actor) -> DecisionRecord:
    stored = _stored(decision)
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
