"""The hours of an enterprise's shifts, by which some gates let people in."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from fugong.core.clock import now as present
from fugong.core.refusals import NotPermitted
from fugong.core.web.pages import AskingRequest, action
from fugong.core.web.refusing import or_errors
from fugong.enterprises import queries as enterprises
from fugong.passage import permissions
from fugong.passage.operations.hours import SHIFT_MOST, set_hours
from fugong.passage.permissions import may_at
from fugong.passage.queries.hours import list_shifts

CLOCK = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class HoursForm(forms.Form):
    shift = forms.CharField(
        label=gettext_lazy("Shift"),
        max_length=SHIFT_MOST,
        help_text=gettext_lazy("As it is called in people's employments."),
    )
    starts = forms.TimeField(label=pgettext_lazy("window", "From"), widget=CLOCK)
    ends = forms.TimeField(
        label=pgettext_lazy("window", "Until"),
        widget=CLOCK,
        help_text=gettext_lazy("An earlier hour than the first: past midnight."),
    )


@action(permissions.KEEP)
def hours(request: AskingRequest, enterprise_id: UUID) -> HttpResponse:
    """All shifts; with `?shift=` the form is for that one."""
    place = enterprises.get_enterprise(request.actor, enterprise_id)
    if not may_at(request.actor, permissions.KEEP, area_id=place.area_id, enterprise_id=place.id):
        raise NotPermitted()
    shifts = list_shifts(enterprise_id, actor=request.actor)
    form = HoursForm(
        request.POST or None, initial=_initial(request, {each.name: each.hours for each in shifts})
    )
    if request.method == "POST" and form.is_valid():
        with or_errors(form):
            row = set_hours(enterprise_id, **form.cleaned_data, actor=request.actor, now=present())
            messages.success(request, _("The hours of %(shift)s are kept.") % {"shift": row.shift})
            return redirect("passage:hours", enterprise_id)
    values = {"place": place, "shifts": shifts, "form": form}
    return render(request, "passage/hours.html", values, status=422 if form.errors else 200)


def _initial(request: AskingRequest, known: dict[str, tuple[str, str] | None]) -> dict[str, str]:
    shift = request.GET.get("shift", "")
    starts, ends = known.get(shift) or ("08:00", "17:00")
    return {"shift": shift, "starts": starts, "ends": ends}
