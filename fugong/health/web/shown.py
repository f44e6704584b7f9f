"""Reports and incidents as the pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation import pgettext as _p

from fugong.core.clock import to_the_minute
from fugong.core.decisions.models import DecisionRecord
from fugong.core.punctuation import listed
from fugong.core.web.parts import Clock, Status, Term, Tone, Why, WhyReason, clock
from fugong.core.web.parts import Step as Entry
from fugong.health.choices import (
    IncidentKind,
    IncidentState,
    Measure,
    Outcome,
    Place,
    Reading,
    Sign,
    Step,
    Way,
)
from fugong.health.models import HealthReport, Incident, IncidentEvent
from fugong.health.queries.terms import Terms
from fugong.health.rules.readings import degrees
from fugong.playbooks.facts import Playbook
from fugong.playbooks.queries import clause_words

STATES = {
    IncidentState.OPEN: (Tone.BAD, "alert-circle"),
    IncidentState.LOOKED_AFTER: (Tone.WAITING, "eye-check"),
    IncidentState.CLOSED: (Tone.GOOD, "circle-check"),
}
STEPS = {
    Step.OPEN: (Tone.BAD, "alert-circle"),
    Step.AGAIN: (Tone.WARNING, "message-report"),
    Step.CORRECTED: (Tone.NEUTRAL, "pencil"),
    Step.LOOK_AFTER: (Tone.WAITING, "eye-check"),
    Step.CLOSE: (Tone.GOOD, "circle-check"),
}
SIGN_ICONS = {
    Sign.SAME_VALUE: "arrows-sort",
    Sign.SAME_SECOND: "clock",
    Sign.SAME_DEVICE: "device-mobile",
    Sign.JUMP: "trending-up",
    Sign.FULL_RATE: "percentage",
}


def temperature_of(report: HealthReport) -> str:
    """The number, or why there is none."""
    if report.tenths is not None:
        return f"{degrees(report.tenths)} °C"
    return str(Reading(report.reading).label)


def words_of(report: HealthReport, terms: Terms | None) -> str:
    """The whole of what was said, in one line."""
    symptoms = terms.symptom_names(report.symptoms) if terms else report.symptoms
    place = [] if report.place == Place.WORK else [str(Place(report.place).label)]
    return listed([temperature_of(report), *symptoms, *place, *([report.note] if report.note else [])])


def report_status(report: HealthReport | None) -> Status:
    if report is None:
        return Status(_("Not reported"), Tone.WARNING, "clock-exclamation")
    if report.is_alarming:
        return Status(temperature_of(report), Tone.BAD, "alert-circle")
    return Status(temperature_of(report), Tone.GOOD)


def way_of(report: HealthReport) -> str:
    """How it came in, and by whom where it was not the worker."""
    label = str(Way(report.way).label)
    return (
        label if report.way == Way.OWN else _("%(way)s (%(name)s)") % {"way": label, "name": report.by_name}
    )


def status_of(incident: Incident) -> Status:
    state = IncidentState(incident.state)
    return Status(state.label, *STATES[state])


def clock_of(incident: Incident, *, now: datetime) -> Clock | None:
    """None when it is closed."""
    return clock(incident.due_at, now=now) if incident.due_at else None


def title_of(incident: Incident) -> str:
    return _("%(kind)s: %(name)s") % {
        "kind": IncidentKind(incident.kind).label,
        "name": incident.person.name,
    }


def terms_of(incident: Incident, terms: Terms | None) -> list[Term]:
    place, report = incident.enterprise, incident.report
    found = [
        Term(
            _p("health report", "Person"),
            incident.person.name,
            reverse("people:detail", args=[incident.person_id]),
        ),
        Term(
            _("Enterprise"),
            place.name if place else "",
            reverse("enterprises:detail", args=[place.id]) if place else "",
        ),
        Term(_("Reported"), words_of(report, terms) if report else incident.source),
        Term(_("How it came in"), way_of(report) if report else ""),
        Term(_("Opened"), to_the_minute(incident.opened_at)),
        Term(_("Outcome"), Outcome(incident.outcome).label if incident.outcome else ""),
    ]
    return [term for term in found if term.value]


def steps_of(events: Iterable[IncidentEvent], terms: Terms | None) -> list[Entry]:
    return [_entry(event, terms) for event in events]


def _entry(event: IncidentEvent, terms: Terms | None) -> Entry:
    tone, icon = STEPS[Step(event.step)]
    said = words_of(event.report, terms) if event.report else ""
    return Entry(
        title=_title(event),
        at=event.at,
        by=event.by_name,
        note=listed([part for part in (said, event.note) if part]),
        tone=tone,
        icon=icon,
    )


def _title(event: IncidentEvent) -> str | Promise:
    if event.measure:
        return Measure(event.measure).label
    if event.outcome:
        return _("Closed: %(outcome)s") % {"outcome": Outcome(event.outcome).label}
    return Step(event.step).label


def why_of(record: DecisionRecord | None, playbook: Playbook | None, *, is_open: bool = False) -> Why | None:
    """The panel of a decision; None for a notification from outside, of which the source is the reason."""
    if record is None:
        return None
    decision = record.decision
    return Why(
        outcome=IncidentKind(decision.outcome).label,
        reasons=[
            WhyReason(
                str(reason.text),
                reason.satisfied,
                clause=clause_words(playbook, reason.clause) if playbook else reason.clause,
            )
            for reason in decision.reasons
        ],
        playbook=f"{decision.playbook_id} {decision.playbook_version}",
        by=record.actor_name,
        at=record.at,
        open=is_open,
    )


SENTENCES = {
    Sign.SAME_VALUE: gettext_lazy("%(value)s °C on %(days)s days in a row"),
    Sign.SAME_SECOND: gettext_lazy("%(number)s people at %(second)s"),
    Sign.SAME_DEVICE: gettext_lazy("%(number)s people from device %(device)s"),
    Sign.JUMP: gettext_lazy("from %(from)s to %(to)s °C within %(minutes)s minutes"),
    Sign.FULL_RATE: gettext_lazy("all %(people)s people on each of %(days)s days"),
}


def sign_words(sign: str, number: int, values: dict[str, str | int]) -> str:
    """What the sign rests on, as one line."""
    shown: dict[str, str | int] = {"number": number, **values}
    for key in ("value", "from", "to"):
        if key in shown:
            shown[key] = degrees(int(shown[key]))
    if "second" in shown:
        shown["second"] = f"{localtime(datetime.fromisoformat(str(shown['second']))):%H:%M:%S}"
    return str(SENTENCES[Sign(sign)]) % shown


def sign_status(sign: str) -> Status:
    return Status(Sign(sign).label, Tone.WARNING, SIGN_ICONS[Sign(sign)])
