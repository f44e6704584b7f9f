"""Where a person was: shown on the file's page, said and corrected on pages of its own."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fugong.core.actor import Actor
from fugong.core.clock import now as present
from fugong.core.regions import region_name
from fugong.core.web.pages import AskingRequest, action
from fugong.core.web.refusing import or_errors
from fugong.people import operations, permissions, queries
from fugong.people.choices import Transport, Way
from fugong.people.models import Person, Stay
from fugong.people.operations import StayData
from fugong.people.web.forms import DAY
from fugong.people.web.shown import address_of

WAYS = (Way.FORM, Way.CALL, Way.PAPER)


class StayForm(forms.Form):
    region = forms.CharField(
        label=gettext_lazy("Where"),
        max_length=60,
        help_text=gettext_lazy("Province and city, or the six digits of the region's code."),
    )
    from_on = forms.DateField(label=gettext_lazy("From"), widget=DAY)
    to_on = forms.DateField(
        label=gettext_lazy("To"),
        widget=DAY,
        required=False,
        help_text=gettext_lazy("Leave it empty while the person is there."),
    )
    transport = forms.ChoiceField(
        label=gettext_lazy("How from there"), required=False, choices=[("", "—"), *Transport.choices]
    )
    number = forms.CharField(label=gettext_lazy("Train, flight or vehicle"), required=False, max_length=40)
    way = forms.ChoiceField(
        label=gettext_lazy("How it came in"), choices=[(way.value, way.label) for way in WAYS]
    )

    def stay(self) -> StayData:
        given = self.cleaned_data
        transport = Transport(given["transport"]) if given["transport"] else None
        said = {name: given[name] for name in ("region", "from_on", "to_on", "number")}
        return StayData(**said, transport=transport)


def section(actor: Actor, person: Person, now: datetime) -> dict[str, object]:
    """For the file's page, whose reader may see the file."""
    return {
        "rows": [_line(stay) for stay in queries.list_current(person)],
        "may_keep": permissions.may_keep_at(actor, person.enterprise),
        "person": person,
    }


@action(permissions.REGISTER)
def record(request: AskingRequest, person_id: UUID) -> HttpResponse:
    person = queries.get_person(request.actor, person_id)
    permissions.check_may_keep_at(request.actor, person.enterprise)
    form = StayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with or_errors(form):
            way = Way(form.cleaned_data["way"])
            operations.record_stay(person_id, form.stay(), way=way, actor=request.actor, now=present())
            messages.success(request, _("The stay is recorded."))
            return redirect(address_of(person))
    return _form(request, form, person, _("Where the person was"))


@action(permissions.REGISTER)
def correct(request: AskingRequest, stay_id: UUID) -> HttpResponse:
    """Saved with other words, or taken back whole; the row there was stays in the history."""
    stay = queries.get_stay(request.actor, stay_id)
    person = stay.person
    permissions.check_may_keep_at(request.actor, person.enterprise)
    is_taken_back = "take_back" in request.POST
    form = StayForm(request.POST or None, initial=_initial(stay))
    if request.method == "POST" and (is_taken_back or form.is_valid()):
        with or_errors(form):
            data = None if is_taken_back else form.stay()
            way = Way.FORM if is_taken_back else Way(form.cleaned_data["way"])
            operations.correct_stay(stay_id, data, way=way, actor=request.actor, now=present())
            messages.success(request, _("The stay was corrected."))
            return redirect(address_of(person))
    return _form(request, form, person, _("Correct the stay"), stay=stay)


def _line(stay: Stay) -> dict[str, Any]:
    transport = Transport(stay.transport).label if stay.transport else ""
    return {
        "stay": stay,
        "region": region_name(stay.region),
        "way": f"{transport} {stay.number}".strip(),
        "source": Way(stay.way).label,
    }


def _initial(stay: Stay) -> dict[str, Any]:
    names = ("from_on", "to_on", "transport", "number", "way")
    return {name: getattr(stay, name) for name in names} | {"region": region_name(stay.region)}


def _form(
    request: AskingRequest, form: StayForm, person: Person, title: str, *, stay: Stay | None = None
) -> HttpResponse:
    values = {"form": form, "person": person, "title": title, "stay": stay}
    return render(request, "people/stay.html", values, status=422 if form.errors else 200)
