"""What a fever or a symptom sets going: an incident with its reasons, a duty, and a mark on the clearance."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_noop

from fugong.accounts.queries import actor_of, list_answering
from fugong.core.clock import local_date
from fugong.core.decisions import Decision, EvidenceRef, Reason, Text
from fugong.core.decisions.recording import record_decision
from fugong.core.operation import Operation
from fugong.duties import operations as duties
from fugong.duties.choices import DutyOwner, DutySubject, owed_by_holders, owed_by_user
from fugong.health import facts
from fugong.health.choices import (
    DECISION,
    HANDLE,
    LOOK_AFTER_DUTY,
    SUBJECT,
    IncidentKind,
    Step,
)
from fugong.health.models import HealthReport, Incident, IncidentEvent
from fugong.health.operations.clearing import raise_mark
from fugong.health.queries.terms import Terms
from fugong.health.rules.readings import degrees
from fugong.health.rules.reports import Said
from fugong.people.queries import AtWork, Workplace

ENTERPRISE = "enterprise"
LABEL_MOST = 200


def follow(person: AtWork, row: HealthReport, said: Said, terms: Terms, op: Operation) -> None:
    """Opens an incident, or adds the report to the one under way. A correction to nothing closes none: that
    somebody had a fever and then had none is for a person to judge.
    """
    incident = _under_way(person, op)
    if said.alarm is not None and incident is None:
        incident = opened(said.alarm, person, terms, op=op, report=row)
    elif incident is not None:
        step = Step.AGAIN if said.alarm is not None else Step.CORRECTED
        note_event(incident, step, Noted(row), op)
    if said.alarm is not None and incident is not None:
        _decide(incident, row, said, terms, op)
        raise_mark(incident, said.alarm, since=row.reported_at, op=op)


def _under_way(person: AtWork, op: Operation) -> Incident | None:
    rows = Incident.objects.filter(authority_id=op.actor.authority_id, person_id=person.person_id)
    return rows.under_way().select_for_update().first()


def opened(
    kind: IncidentKind,
    person: AtWork,
    terms: Terms,
    *,
    op: Operation,
    report: HealthReport | None = None,
    source: str = "",
) -> Incident:
    """The incident with its first event and the duty to look after it."""
    place = person.place
    incident = Incident.objects.create(
        authority_id=op.actor.authority_id,
        kind=kind,
        person_id=person.person_id,
        enterprise_id=place.id if place else None,
        area_id=place.area_id if place else None,
        report=report,
        source=source,
        opened_at=op.now,
        due_at=terms.due(LOOK_AFTER_DUTY, start=op.now),
        recorded_at=op.now,
    )
    note_event(incident, Step.OPEN, Noted(report, source), op)
    owe(LOOK_AFTER_DUTY, incident, place, terms, op)
    op.fact(facts.INCIDENT_OPENED, told(incident))
    return incident


@dataclass(frozen=True, slots=True)
class Noted:
    """What an event keeps beside who and when."""

    report: HealthReport | None = None
    note: str = ""
    measure: str = ""
    outcome: str = ""


def note_event(incident: Incident, step: Step, noted: Noted, op: Operation) -> IncidentEvent:
    return IncidentEvent.objects.create(
        authority_id=op.actor.authority_id,
        incident=incident,
        step=step,
        report=noted.report,
        note=noted.note,
        measure=noted.measure,
        outcome=noted.outcome,
        at=op.now,
        by_user=op.actor.user_id,
        by_name=op.actor.name,
        recorded_at=op.now,
    )


def told(incident: Incident) -> dict[str, object]:
    """The payload of facts about it."""
    return {
        "incident": str(incident.id),
        "person": str(incident.person_id),
        "enterprise": str(incident.enterprise_id or ""),
        "kind": incident.kind,
    }


def owe(kind: str, incident: Incident, place: Workplace | None, terms: Terms, op: Operation) -> None:
    """By those who answer for the enterprise and may look after incidents, else by who may in its area."""
    assert incident.due_at is not None
    subject = DutySubject(
        SUBJECT,
        incident.id,
        # The person is named on the incident's own page only: duties are seen by more people.
        (place.name if place else "—")[:LABEL_MOST],
        reverse("health:incident", args=[incident.id]),
    )
    calls = terms.calls(kind, due_at=incident.due_at, enterprise_id=incident.enterprise_id)
    for owner in _owners(place, op):
        duties.owe(
            kind=kind,
            subject=subject,
            owner=owner,
            due_at=incident.due_at,
            opened_at=op.now,
            calls=calls,
            remind_at=terms.reminders(kind, due_at=incident.due_at),
            op=op,
        )


def _owners(place: Workplace | None, op: Operation) -> Iterable[DutyOwner]:
    if place is None:
        return [owed_by_holders(HANDLE)]
    rows = list_answering(ENTERPRISE, [place.id], on=local_date(op.now), actor=op.actor)
    users = {row.user_id: row.user for row in rows}
    near = [user for user in users.values() if actor_of(user, now=op.now).may(HANDLE)]
    return [owed_by_user(user.id, area_id=place.area_id) for user in near] or [
        owed_by_holders(HANDLE, area_id=place.area_id)
    ]


def _decide(incident: Incident, row: HealthReport, said: Said, terms: Terms, op: Operation) -> None:
    """Why it was opened, or why it goes on: kept with the incident, read as its “why?”."""
    record_decision(
        Decision(
            kind=DECISION,
            outcome=str(said.alarm),
            reasons=tuple(_reasons(said, terms)),
            evidence=(EvidenceRef("health.healthreport", str(row.id)),),
            playbook_id=terms.playbook.id,
            playbook_version=terms.playbook.version,
            at=op.now,
        ),
        subject=incident,
        actor=op.actor,
    )


def _reasons(said: Said, terms: Terms) -> Iterable[Reason]:
    limit = terms.health.temperature.limit
    if said.tenths is not None:
        text = Text.message(
            gettext_noop("%(value)s °C was reported; a fever is %(limit)s °C and more."),
            value=degrees(said.tenths),
            limit=str(limit),
        )
        is_fever = said.alarm is IncidentKind.FEVER
        yield Reason("temperature", "health.temperature.limit", text, satisfied=not is_fever)
    for key in said.symptoms:
        symptom = terms.health.symptoms[key]
        yield Reason(
            key,
            f"health.symptoms.{key}.opens_incident",
            Text.written(symptom.name.zh, symptom.name.en),
            satisfied=not symptom.opens_incident,
        )
