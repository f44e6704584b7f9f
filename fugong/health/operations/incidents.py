"""Somebody looks after the person, and ends the incident."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.clock import local_date
from fugong.core.operation import operation
from fugong.core.refusals import Conflict, Invalid, NotFound, NotPermitted
from fugong.duties import operations as duties
from fugong.health import facts
from fugong.health.choices import (
    CLOSE_DUTY,
    HANDLE,
    LOOK_AFTER_DUTY,
    IncidentKind,
    IncidentState,
    Measure,
    Outcome,
    Step,
)
from fugong.health.models import Incident
from fugong.health.models.incidents import TEXT_MOST
from fugong.health.operations.clearing import raise_mark, relieve_mark
from fugong.health.operations.keeping import or_raced
from fugong.health.operations.opening import Noted, note_event, opened, owe, told
from fugong.health.permissions import check_at, may_handle
from fugong.health.queries.terms import get_terms
from fugong.health.rules.incidents import after
from fugong.people import queries as people
from fugong.people.queries import Workplace


def look_after(incident_id: UUID, measure: str, note: str, *, actor: Actor, now: datetime) -> Incident:
    """Says what was done for the person first, and starts the clock by which the incident is closed.

    May be said again when more was done. Locks the incident. Raises NotFound, NotPermitted, Invalid without a
    measure of the list, Conflict when it is closed.
    """
    with operation("health.look_after", actor=actor, now=now) as op:
        incident = _locked(incident_id, actor)
        if measure not in Measure.values:
            raise _choose("measure")
        _move(incident, Step.LOOK_AFTER)
        terms = get_terms(local_date(now))
        incident.due_at = terms.due(CLOSE_DUTY, start=incident.opened_at)
        incident.save(update_fields=["state", "due_at"])
        note_event(incident, Step.LOOK_AFTER, Noted(note=_trimmed(note), measure=measure), op)
        duties.settle(kind=LOOK_AFTER_DUTY, subject_id=incident.id, at=now, op=op)
        owe(CLOSE_DUTY, incident, _place(incident), terms, op)
        op.audit(incident, {"state": incident.state, "measure": measure})
        op.fact(facts.INCIDENT_LOOKED_AFTER, told(incident))
    return incident


def close(incident_id: UUID, outcome: str, note: str, *, actor: Actor, now: datetime) -> Incident:
    """Ends the incident with its outcome. Its mark on the clearance ends with it, except where the illness
    was confirmed: what the health authority orders then is not this house's to lift.

    Locks the incident. Raises NotFound, NotPermitted, Invalid without an outcome of the list or a note on
    what was found, Conflict when it is closed.
    """
    with operation("health.close", actor=actor, now=now) as op:
        incident = _locked(incident_id, actor)
        if outcome not in Outcome.values:
            raise _choose("outcome")
        if not _trimmed(note):
            sentence = _("Say what was found, by whom and when.")
            raise Invalid(sentence, code="nothing_said", fields={"note": sentence})
        _move(incident, Step.CLOSE)
        incident.outcome, incident.closed_at, incident.due_at = outcome, now, None
        incident.save(update_fields=["state", "outcome", "closed_at", "due_at"])
        note_event(incident, Step.CLOSE, Noted(note=_trimmed(note), outcome=outcome), op)
        duties.withdraw(kind=LOOK_AFTER_DUTY, subject_id=incident.id, at=now, op=op)
        duties.settle(kind=CLOSE_DUTY, subject_id=incident.id, at=now, op=op)
        if outcome != Outcome.CONFIRMED:
            relieve_mark(incident, op=op)
        op.audit(incident, {"state": incident.state, "outcome": outcome})
        op.fact(facts.INCIDENT_CLOSED, told(incident))
    return incident


def notify(person_id: UUID, source: str, *, actor: Actor, now: datetime) -> Incident:
    """Opens an incident that was told from outside: by a hospital, another district, the person's family.

    Raises NotFound, NotPermitted, Invalid without saying who told it, Conflict when one is under way.
    """
    with or_raced(), operation("health.notify", actor=actor, now=now) as op:
        person = people.at_work([person_id], actor=actor).get(person_id)
        if person is None:
            raise NotFound()
        check_at(actor, person.place, HANDLE)
        said = source.strip()[:200]
        if not said:
            sentence = _("Say who told it, and what.")
            raise Invalid(sentence, code="nothing_said", fields={"source": sentence})
        incident = opened(IncidentKind.NOTIFIED, person, get_terms(local_date(now)), op=op, source=said)
        raise_mark(incident, IncidentKind.NOTIFIED, since=now, op=op)
        op.audit(incident, {"person": str(person_id), "kind": incident.kind})
    return incident


def _locked(incident_id: UUID, actor: Actor) -> Incident:
    seen = Incident.objects.visible_to(actor).filter(id=incident_id).values("id")
    rows = Incident.objects.select_related("enterprise").select_for_update(of=("self",))
    incident = rows.filter(id__in=seen).first()
    if incident is None:
        raise NotFound()
    if not (actor.is_system or may_handle(actor, _place(incident))):
        raise NotPermitted()
    return incident


def _place(incident: Incident) -> Workplace | None:
    place = incident.enterprise
    return Workplace(place.id, place.area_id, place.name) if place else None


def _move(incident: Incident, step: Step) -> None:
    state = after(IncidentState(incident.state), step)
    if state is None:
        raise Conflict(_("This incident is closed already."), code="incident_closed")
    incident.state = state


def _choose(field: str) -> Invalid:
    sentence = _("Choose one from the list.")
    return Invalid(sentence, code=f"no_{field}", fields={field: sentence})


def _trimmed(note: str) -> str:
    return note.strip()[:TEXT_MOST]
