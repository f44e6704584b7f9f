"""Where somebody was, and who was there too: shown once, for a reason, on record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.clock import end_of, local_date
from fugong.core.clock import now as present
from fugong.core.refusals import NotPermitted
from fugong.core.web.pages import AskingRequest, action
from fugong.core.web.parts import Status
from fugong.core.web.refusing import or_errors
from fugong.passage import operations, queries
from fugong.passage.choices import TRACE
from fugong.passage.operations.looking import REASONS, Met
from fugong.passage.queries import Overlap
from fugong.passage.queries.meeting import MOST as MOST_OVERLAPS
from fugong.passage.rules.masking import masked_name
from fugong.passage.rules.presence import Quality
from fugong.passage.web.said import QUALITIES, days_said, period
from fugong.people import queries as people

DAY: Final = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
SHOWN: Final = 500


class LookForm(forms.Form):
    since = forms.DateField(label=_("From (day)"), widget=DAY)
    until = forms.DateField(label=_("To (day, included)"), widget=DAY)
    reason = forms.ChoiceField(label=_("What for"), choices=[(each.value, each.label) for each in REASONS])


@action(TRACE)
def person(request: AskingRequest, person_id: UUID) -> HttpResponse:
    """The form; sent, the days or, where that was asked, everybody who was there at the same time."""
    who, now = people.get_person(request.actor, person_id), present()
    if not operations.may_look_at(request.actor, who):
        raise NotPermitted()
    form = LookForm(request.POST or None, initial=first_asked(local_date(now)))
    values: dict[str, Any] = {"person": who, "form": form}
    if request.method == "POST" and form.is_valid():
        with or_errors(form):
            values |= _found(request, who.id, form, now)
    return render(request, "passage/days.html", values, status=422 if form.errors else 200)


def first_asked(today: date) -> dict[str, object]:
    return {"since": today - timedelta(days=queries.DAYS_SHOWN - 1), "until": today}


def _found(request: AskingRequest, person_id: UUID, form: LookForm, now: datetime) -> dict[str, object]:
    asked, actor = form.cleaned_data, request.actor
    since, until, reason = asked["since"], asked["until"], asked["reason"]
    if "met" not in request.POST:
        days = operations.look(person_id, since=since, until=until, reason=reason, actor=actor, now=now)
        return {"days": days_said(days), "is_found": True}
    starts = end_of(since - timedelta(days=1))
    ends = min(end_of(until), now)
    met = operations.look_whom_met(person_id, since=starts, until=ends, reason=reason, actor=actor, now=now)
    return _met_values(met, actor) | {"is_found": True}


def _met_values(met: Met, actor: Actor) -> dict[str, object]:
    shown = met.overlaps[:SHOWN]
    names = queries.names_of({each.subject: each.kind for each in shown}, None, actor)
    seen = set(
        people.list_people(actor).filter(id__in=[each.subject for each in shown]).values_list("id", flat=True)
    )
    return {
        "met": [_met(each, names.get(each.subject, ("", "", "")), each.subject in seen) for each in shown],
        "met_people": len({each.subject for each in met.overlaps}),
        "shown_well": len(_well(met.overlaps)),
        "unlisted": len(met.overlaps) - len(shown),
        "most": MOST_OVERLAPS if len(met.overlaps) >= MOST_OVERLAPS else 0,
    }


def _well(overlaps: Sequence[Overlap]) -> set[UUID]:
    """Of both it was scanned that they were inside."""
    return {each.subject for each in overlaps if each.quality <= Quality.OPEN}


def _met(each: Overlap, named: tuple[str, str, str], is_seen: bool) -> dict[str, object]:
    """The name of somebody whose file the reader may not see is not told here either."""
    name, _crew, place = named
    label, tone = QUALITIES[each.quality]
    return {
        "person_id": each.subject if is_seen else None,
        "name": name if is_seen else masked_name(name),
        "belongs": place,
        "place": each.place_name,
        "day": local_date(each.since),
        "period": period(each.since, each.until),
        "minutes": each.minutes,
        "status": Status(label, tone),
    }
