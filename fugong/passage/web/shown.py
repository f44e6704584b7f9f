"""Gates and devices as pages draw them."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from fugong.core.actor import Actor
from fugong.core.clock import to_the_minute
from fugong.core.web.parts import KeyFigure, Status, Term, Tone
from fugong.passage.choices import DeviceEnd, DeviceKind, Directions, GateKind
from fugong.passage.models import Card, Gate, GateDevice, PhoneCode
from fugong.passage.queries.gates import Passed
from fugong.passage.queries.rules import kinds_of_rules


def gate_status(gate: Gate) -> Status:
    if gate.closed_at is not None:
        return Status(_p("gate", "Closed"), Tone.NEUTRAL, "lock")
    return Status(_p("gate", "Open"), Tone.GOOD, "lock-open")


def device_status(device: GateDevice) -> Status:
    if device.ended_at is not None:
        tone = Tone.BAD if device.ended_why == DeviceEnd.LOST else Tone.NEUTRAL
        return Status(DeviceEnd(device.ended_why).label, tone)
    if device.token_hash is None:
        return Status(_("Waits to be paired"), Tone.WAITING)
    return Status(_("In use"), Tone.GOOD)


def code_status(code: Card | PhoneCode, *, now: datetime) -> Status:
    if code.revoked_at is not None or code.key.withdrawn_at is not None:
        return Status(_p("code", "Taken back"), Tone.BAD)
    if code.valid_until <= now:
        return Status(_p("code", "Over"), Tone.NEUTRAL)
    return Status(_p("code", "Good"), Tone.GOOD)


def gate_terms(gate: Gate, *, actor: Actor, now: datetime) -> list[Term]:
    rules = kinds_of_rules(gate.kind, now=now).get(gate.kind_of_rules)
    unknown = gate.kind_of_rules or _("None: ask about everybody")
    terms = [
        Term(_p("gate", "No."), gate.number),
        Term(_("Kind"), GateKind(gate.kind).label),
        Term(_("What is asked for here"), rules or unknown),
        Term(_("Directions"), Directions(gate.directions).label),
        Term(_("Area"), gate.area.name),
        Term(_("Leads into"), gate.zone.name if gate.zone else ""),
        Term(_p("gate", "Where"), gate.place),
        Term(_p("gate", "Opened"), f"{to_the_minute(gate.opened_at)} {gate.recorded_by_name}".strip()),
    ]
    if gate.enterprise is not None:
        url = reverse("enterprises:detail", args=[gate.enterprise_id]) if actor.may("enterprises.see") else ""
        terms.insert(2, Term(_("Enterprise"), gate.enterprise.name, url))
    if gate.latitude is not None:
        terms.append(Term(_("Position"), f"{gate.latitude:.5f}, {gate.longitude:.5f}"))
    if gate.closed_at is not None:
        terms.append(Term(_p("gate", "Closed"), to_the_minute(gate.closed_at)))
    return terms


def passed_figures(passed: Passed, *, now: datetime) -> list[KeyFigure]:
    words = (
        (_("Went in today"), passed.came_in, Tone.NEUTRAL),
        (_("Went out today"), passed.went_out, Tone.NEUTRAL),
        (_("Asked today"), passed.asked, Tone.WARNING if passed.asked else Tone.NEUTRAL),
        (_("Stopped today"), passed.stopped, Tone.BAD if passed.stopped else Tone.NEUTRAL),
    )
    return [KeyFigure(label, str(number), as_of=now, tone=tone) for label, number, tone in words]


def device_terms(device: GateDevice) -> list[Term]:
    terms = [
        Term(_("Kind"), DeviceKind(device.kind).label),
        Term(_("Stands at no."), ", ".join(map(str, device.gates))),
        Term(_("Named"), f"{to_the_minute(device.recorded_at)} {device.recorded_by_name}".strip()),
        Term(_("Paired"), to_the_minute(device.paired_at)),
    ]
    if device.ended_at is not None:
        terms.append(Term(_("Out of use since"), to_the_minute(device.ended_at)))
    return terms
