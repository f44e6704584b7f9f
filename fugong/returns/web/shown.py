"""Planned returns as the pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from fugong.core.actor import Actor
from fugong.core.clock import to_the_minute
from fugong.core.decisions.models import DecisionRecord
from fugong.core.regions import region_name
from fugong.core.web.parts import Status, Term, Tone, Why, WhyReason
from fugong.people.choices import Transport
from fugong.returns import permissions
from fugong.returns.choices import OPEN, Lodging, Outcome, Place, State
from fugong.returns.models import PlannedReturn
from fugong.returns.queries import Day

TONES = {
    Outcome.MAY_RETURN: (Tone.GOOD, "circle-check"),
    Outcome.WITH_CONDITIONS: (Tone.WAITING, "clipboard-list"),
    Outcome.NOT_YET: (Tone.BAD, "circle-x"),
    Outcome.ASK: (Tone.WARNING, "alert-triangle"),
}


@dataclass(frozen=True, slots=True)
class DayShown:
    """One row of the forecast; `places` in the order of the closed list."""

    on: date
    expected: int
    asked: int
    not_allowed: int
    places: list[int]
    total: int
    url: str


def outcome_status(row: PlannedReturn) -> Status:
    outcome = Outcome(row.outcome)
    tone, icon = TONES[outcome]
    return Status(outcome.label, tone, icon)


def state_status(row: PlannedReturn) -> Status:
    """What counts for the reader: the decision while the return is open, afterwards how it ended."""
    state = State(row.state)
    if state == State.ARRIVED:
        return Status(state.label, Tone.GOOD, "map-pin")
    if state == State.CANCELLED:
        return Status(state.label, Tone.NEUTRAL, "circle-x")
    return outcome_status(row)


def terms_of(row: PlannedReturn) -> list[Term]:
    transport = str(Transport(row.transport).label) if row.transport else ""
    way = f"{transport} {row.number}".strip()
    lodging = " · ".join(filter(None, (str(Lodging(row.lodging).label), row.address, row.room)))
    terms = [
        Term(_("Enterprise"), row.enterprise.name),
        Term(_("Arrives on"), row.arrives_on.isoformat()),
        Term(_("Arrived on"), row.arrived_on.isoformat() if row.arrived_on else ""),
        Term(_("From where"), region_name(row.from_region)),
        Term(_("Transport"), way),
        Term(_("Will live in"), lodging),
        Term(_("Kept apart"), apart_of(row)),
        Term(_("Note"), row.note),
        Term(_("Planned by"), f"{row.planned_by_name} · {to_the_minute(row.planned_at)}"),
    ]
    return [term for term in terms if term.value]


def apart_of(row: PlannedReturn) -> str:
    if not row.apart_days or row.apart_from is None or row.apart_until is None:
        return ""
    said = {
        "days": row.apart_days,
        "place": Place(row.apart_place).label,
        "first": row.apart_from.isoformat(),
        "until": row.apart_until.isoformat(),
    }
    return _("%(days)s days, %(place)s: from %(first)s, free on %(until)s") % said


def why_of(records: Sequence[DecisionRecord], *, is_open: bool = True) -> Why | None:
    """The latest decision, with its rules and clauses."""
    if not records:
        return None
    record = records[-1]
    decision = record.decision
    return Why(
        outcome=Outcome(decision.outcome).label,
        reasons=[
            WhyReason(rule=str(reason.text), satisfied=reason.satisfied, clause=reason.clause)
            for reason in decision.reasons
        ],
        playbook=f"{decision.playbook_id} {decision.playbook_version}".strip(),
        by=record.actor_name,
        at=record.at,
        open=is_open,
    )


def ways_of(row: PlannedReturn, actor: Actor) -> bool:
    """Whether this person may change it, call it off and confirm the arrival."""
    return row.state in OPEN and permissions.may_plan(actor, row.enterprise_id, row.area_id)


def days_shown(days: Sequence[Day], url: str) -> list[DayShown]:
    return [
        DayShown(
            on=day.on,
            expected=day.expected,
            asked=day.asked,
            not_allowed=day.not_allowed,
            places=[day.places.get(place, 0) for place in Place],
            total=sum(day.places.values()),
            url=f"{url}?day={day.on.isoformat()}",
        )
        for day in days
    ]
