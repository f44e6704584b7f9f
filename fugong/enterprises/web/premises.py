from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fugong.areas import queries as areas
from fugong.core.actor import Actor
from fugong.core.clock import local_date
from fugong.core.clock import now as present
from fugong.core.refusals import NotFound
from fugong.core.web.pages import AskingRequest, action
from fugong.core.web.refusing import or_errors
from fugong.enterprises import operations, permissions, queries
from fugong.enterprises.web.forms import DAY, DayForm
from fugong.enterprises.web.shown import address_of


class PremisesForm(forms.Form):
    area_id = forms.TypedChoiceField(label=gettext_lazy("Area"), coerce=UUID)
    address = forms.CharField(label=gettext_lazy("Address"), max_length=300)
    since_on = forms.DateField(label=gettext_lazy("Used since"), widget=DAY)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["area_id"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [(str(area.id), area.name) for area in areas.list_areas(actor=actor)]


@action(permissions.EDIT)
def add(request: AskingRequest, enterprise_id: UUID) -> HttpResponse:
    actor, now = request.actor, present()
    enterprise = queries.get_enterprise(actor, enterprise_id)
    permissions.check_may_edit(actor, enterprise.area_id)
    form = PremisesForm(request.POST or None, actor=actor, initial={"since_on": local_date(now)})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        place = (given["area_id"], given["address"])
        with or_errors(form):
            operations.add_premises(
                enterprise_id, place=place, since_on=given["since_on"], actor=actor, now=now
            )
            messages.success(request, _("The register was changed."))
            return redirect(address_of(enterprise))
    values = {"form": form, "enterprise": enterprise}
    return render(request, "enterprises/premises.html", values, status=422 if form.errors else 200)


@action(permissions.EDIT)
def end(request: AskingRequest, enterprise_id: UUID, premises_id: UUID) -> HttpResponse:
    actor, now = request.actor, present()
    enterprise = queries.get_enterprise(actor, enterprise_id)
    permissions.check_may_edit(actor, enterprise.area_id)
    found = next((row for row in queries.list_premises(actor, enterprise_id) if row.id == premises_id), None)
    if found is None:
        raise NotFound()
    form = DayForm(request.POST or None, initial={"day": local_date(now)})
    if request.method == "POST" and form.is_valid():
        with or_errors(form):
            operations.end_premises(premises_id, until_on=form.cleaned_data["day"], actor=actor, now=now)
            messages.success(request, _("The register was changed."))
            return redirect(address_of(enterprise))
    values = {"form": form, "enterprise": enterprise, "premises": found}
    return render(request, "enterprises/end_premises.html", values, status=422 if form.errors else 200)
