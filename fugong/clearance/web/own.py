"""What the person itself does about its level, on its own phone."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fugong.clearance import operations
from fugong.clearance.web.forms import AppealForm
from fugong.clearance.web.person import own_section
from fugong.core.clock import now as present
from fugong.core.web.refusing import or_errors
from fugong.people.web.own import HOME, WorkerRequest, worker_action


@worker_action
def appeal(request: WorkerRequest) -> HttpResponse:
    worker, now = request.worker, present()
    form = AppealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with or_errors(form):
            operations.appeal(worker.person_id, form.cleaned_data["text"], actor=worker.actor, now=now)
            messages.success(request, _("Your appeal is on its way. You will see the answer here."))
            return redirect(HOME)
    values = {"form": form, "section": own_section(worker, now), "worker": worker}
    return render(request, "clearance/own/appeal.html", values, status=422 if form.errors else 200)
