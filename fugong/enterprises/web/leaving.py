from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fugong.core.clock import local_date
from fugong.core.clock import now as present
from fugong.core.web.pages import AskingRequest, action
from fugong.core.web.refusing import or_errors
from fugong.enterprises import operations, permissions, queries
from fugong.enterprises.web.forms import DayForm
from fugong.enterprises.web.shown import address_of


@action(permissions.EDIT)
def leave(request: AskingRequest, enterprise_id: UUID) -> HttpResponse:
    """The enterprise leaves the park; one that has left comes back by the same form."""
    actor, now = request.actor, present()
    enterprise = queries.get_enterprise(actor, enterprise_id)
    permissions.check_may_edit(actor, enterprise.area_id)
    form = DayForm(request.POST or None, initial={"day": local_date(now)})
    if request.method == "POST" and form.is_valid():
        day, note = form.cleaned_data["day"], form.cleaned_data["note"]
        with or_errors(form):
            if enterprise.left_on is None:
                operations.leave_park(enterprise_id, left_on=day, actor=actor, now=now, note=note)
            else:
                operations.readmit(enterprise_id, entered_on=day, actor=actor, now=now)
            messages.success(request, _("The register was changed."))
            return redirect(address_of(enterprise))
    values = {"form": form, "enterprise": enterprise}
    return render(request, "enterprises/leave.html", values, status=422 if form.errors else 200)
