"""The desk of a checkpoint: a plate, the people, a big answer, the next; and what all of them counted."""

from __future__ import annotations

import secrets
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext as _pn
from django.utils.translation import pgettext_lazy as _p

from fugong.core.clock import local_date, to_the_minute
from fugong.core.clock import now as present
from fugong.core.papers import Paper
from fugong.core.refusals import NotFound
from fugong.core.web.pages import AskingRequest, action, page
from fugong.passage import queries
from fugong.passage.choices import GUARD, SEE, Answer, GateKind, Reason
from fugong.passage.models import Gate
from fugong.passage.operations.crossings import CrossingTold, record_crossings
from fugong.passage.permissions import may_at
from fugong.passage.queries.crossings import DeskAt, list_checkpoints
from fugong.passage.queries.roads import RoadTotal, road_totals
from fugong.passage.rules.crossings import MOST_PEOPLE, CrossingData, Traveller
from fugong.passage.rules.plates import SIGNS
from fugong.passage.web.gate_days import asked_day, bars_of, bounds, day_values
from fugong.passage.web.inside import excel_answer
from fugong.passage.web.said import ANSWERS, DIRECTIONS, REASONS

NAMED_MOST: Final = 8
"""So many have a line of their own; of a coach the others are counted, or handed over to a list."""


class CrossingForm(forms.Form):
    plate = forms.CharField(label=_("Plate"), max_length=20)
    people = forms.IntegerField(
        label=_("People in it, with the driver"), initial=1, min_value=1, max_value=MOST_PEOPLE
    )
    direction = forms.TypedChoiceField(
        label=_("Direction"),
        coerce=int,
        choices=[(int(way), label) for way, label in DIRECTIONS.items()],
        initial=1,
        widget=forms.RadioSelect,
    )
    origin = forms.CharField(label=_("From where"), max_length=60, required=False)
    is_forced = forms.BooleanField(label=_("Went through all the same"), required=False)
    is_alone = forms.BooleanField(required=False, widget=forms.HiddenInput)
    """Nobody was asked: there was no network, and the guard went by the papers."""
    nonce = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    at = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


@page(GUARD)
def desks(request: AskingRequest) -> HttpResponse:
    gates = list_checkpoints(request.actor, GUARD)
    return render(request, "passage/desks.html", {"gates": gates})


@action(GUARD)
def desk(request: AskingRequest, gate_id: UUID) -> HttpResponse:
    """Sent, the answer stands above the empty form for the next vehicle."""
    gate, now = _checkpoint(request, gate_id), present()
    form = CrossingForm(request.POST or None, initial=_fresh(now))
    values: dict[str, Any] = {"gate": gate, "signs": SIGNS, "lines": _lines(None)}
    if request.method == "POST" and form.is_valid():
        told = _sent(request, gate, form, now)
        for name, sentence in told.fields.items():
            form.add_error(name if name in form.fields else None, str(sentence))
        if not told.fields:
            values |= {"told": _answer(told, form.cleaned_data["plate"])}
            form = CrossingForm(initial=_fresh(now) | {"direction": form.cleaned_data["direction"]})
    if form.errors:
        values["lines"] = _lines(request)
    status = 422 if form.errors else 200
    return render(request, "passage/desk.html", values | {"form": form} | _today(gate, now), status=status)


@page(SEE)
def roads(request: AskingRequest) -> HttpResponse:
    """All checkpoints of the reader's ground: since the first day, and the day by the hour."""
    now = present()
    day = asked_day(request, now)
    values = _roads(request, day, now) | day_values(day, now)
    return render(request, "passage/roads.html", values)


@action(SEE, methods=("POST",))
def roads_excel(request: AskingRequest) -> HttpResponse:
    now = present()
    day = asked_day(request, now)
    return excel_answer(request, _paper(_roads(request, day, now), day), "checkpoints", now)


def _checkpoint(request: AskingRequest, gate_id: UUID) -> Gate:
    """Raises NotFound, also where the guard does not stand."""
    row = Gate.objects.filter(authority_id=request.actor.authority_id, id=gate_id, kind=GateKind.ROAD)
    gate = row.first()
    if gate is None or not may_at(
        request.actor, GUARD, area_id=gate.area_id, enterprise_id=gate.enterprise_id
    ):
        raise NotFound()
    return gate


def _fresh(now: datetime) -> dict[str, object]:
    """Drawn once for each vehicle: the same form sent twice is the same crossing."""
    return {"nonce": secrets.randbits(62), "at": int(now.timestamp()) * 1_000_000}


def _sent(request: AskingRequest, gate: Gate, form: CrossingForm, now: datetime) -> CrossingTold:
    said = form.cleaned_data
    moment = datetime.fromtimestamp(said["at"] // 1_000_000, UTC) if said["at"] < _LATEST else now
    data = CrossingData(
        gate=gate.number,
        at=moment,
        nonce=said["nonce"],
        plate=said["plate"],
        people=said["people"],
        direction=said["direction"],
        origin=said["origin"],
        travellers=_travellers(request),
        is_forced=said["is_forced"],
        answer=ALONE[0] if said["is_alone"] else 0,
        reason=ALONE[1] if said["is_alone"] else 0,
    )
    actor = request.actor
    assert actor.user_id is not None
    where = DeskAt(actor.user_id, actor.authority_id, frozenset({gate.number}))
    (told,) = record_crossings([data], where, now=now, actor=actor)
    return told


_LATEST: Final = 253_402_300_799_000_000
"""The last moment of the year 9999, in microseconds since 1970 UTC."""


ALONE: Final = (int(Answer.ASK), int(Reason.LEVEL_UNKNOWN))
"""What a desk without a network has answered: as a phone at a gate that knows nothing."""


def _lines(request: AskingRequest | None) -> list[dict[str, str]]:
    """A line for each of the people, with what was written in it."""
    sent = request.POST if request else {}
    return [
        {key: sent.get(f"{key}_{place}", "").strip()[:400] for key in ("who", "name", "temperature")}
        for place in range(NAMED_MOST)
    ]


def _travellers(request: AskingRequest) -> tuple[Traveller, ...]:
    """Lines in which something was written, in their order."""
    return tuple(
        Traveller(
            code=line["who"] if line["who"].startswith("FG") else "",
            document="" if line["who"].startswith("FG") else line["who"][:40],
            name=line["name"][:60],
            temperature=_tenths(line["temperature"]),
        )
        for line in _lines(request)
        if any(line.values())
    )


def _tenths(text: str) -> int | None:
    """What is no number is out of every range, and refused by it."""
    if not text:
        return None
    try:
        return int(Decimal(text.replace("\uff0c", ".").replace(",", ".")) * 10)
    except (InvalidOperation, OverflowError, ValueError):
        return 0


def _answer(told: CrossingTold, plate: str) -> dict[str, object]:
    assert told.answer is not None
    assert told.reason is not None
    _label, tone = ANSWERS[told.answer]
    return {
        "plate": plate,
        "big": BIG[told.answer],
        "tone": tone,
        "why": REASONS[told.reason],
        "people": [(ANSWERS[each.answer][0], REASONS[each.reason]) for each in told.people],
        "was_known": told.was_known,
    }


BIG: Final = {
    Answer.ALLOW: _p("desk", "Go on"),
    Answer.ASK: _p("desk", "Check"),
    Answer.STOP: _p("desk", "Stop"),
}


def _today(gate: Gate, now: datetime) -> dict[str, object]:
    since, until = bounds(local_date(now))
    found = road_totals([gate.number], authority_id=gate.authority_id, since=since, until=until)
    return {"total": found.get(gate.number, RoadTotal())}


def _roads(request: AskingRequest, day: date, now: datetime) -> dict[str, Any]:
    gates = list_checkpoints(request.actor, SEE)
    numbers, authority = [gate.number for gate in gates], request.actor.authority_id
    since, until = bounds(day)
    ever = road_totals(numbers, authority_id=authority, until=until)
    of_day = road_totals(numbers, authority_id=authority, since=since, until=until)
    hours = queries.hours_of(numbers, since=since, until=until, authority_id=authority)
    lines: list[dict[str, Any]] = [
        {
            "gate": gate,
            "ever": ever.get(gate.number, RoadTotal()),
            "day": of_day.get(gate.number, RoadTotal()),
            "hours": hours.get(gate.number, []),
            "bars": bars_of(hours.get(gate.number, [])),
        }
        for gate in gates
    ]
    return {
        "lines": lines,
        "ever": sum((line["ever"] for line in lines), RoadTotal()),
        "of_day": sum((line["day"] for line in lines), RoadTotal()),
    }


def _paper(found: dict[str, Any], day: date) -> Paper:
    return Paper(
        title=_now("Checkpoints on roads"),
        head=[
            (_now("Day"), day.isoformat()),
            (_pn("road", "Vehicles since the first day"), str(found["ever"].vehicles)),
            (_pn("road", "People since the first day"), str(found["ever"].people)),
        ],
        columns=[
            *(_pn("road", "Checkpoint"), _pn("passage", "Hour"), _pn("road", "Vehicles")),
            _pn("road", "People"),
        ],
        widths=[24, 20, 12, 12],
        rows=[row for line in found["lines"] for row in _rows(line)],
        foot=[_now("Filled in by"), _now("Day")],
    )


def _rows(line: dict[str, Any]) -> list[list[str]]:
    name, day, ever = line["gate"].name, line["day"], line["ever"]
    hours = [
        [name, to_the_minute(hour.hour)[11:], str(hour.vehicles), str(hour.people)] for hour in line["hours"]
    ]
    return [
        *hours,
        [name, _pn("passage", "The day"), str(day.vehicles), str(day.people)],
        [name, _pn("road", "Since the first day"), str(ever.vehicles), str(ever.people)],
    ]
