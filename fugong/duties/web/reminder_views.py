"""How reminders reach oneself: seen, chosen, left out, tried."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fugong.core.clock import local_date
from fugong.core.clock import now as present
from fugong.core.refusals import Conflict
from fugong.core.web.pages import AskingRequest, action, page
from fugong.core.web.refusing import or_errors
from fugong.core.web.rendering import render_page
from fugong.duties import operations, queries
from fugong.duties.web.forms import ChannelForm, MuteForm
from fugong.duties.web.reminders import always_told_labels, message_rows, mutable_kinds, settings_shown


@page()
def reminders(request: AskingRequest) -> HttpResponse:
    now = present()
    rows = message_rows(queries.latest_messages(request.actor))
    values = {
        **settings_shown(queries.own_reminders(request.actor, now=now)),
        "always_told": always_told_labels(),
        "sent": rows,
        "is_waiting": any(row.is_waiting for row in rows),
    }
    return render_page(request, "duties/reminders.html", values, part="sent-live")


@action()
def channel(request: AskingRequest) -> HttpResponse:
    own = queries.own_reminders(request.actor, now=present())
    form = ChannelForm(
        request.POST or None,
        channels=own.allowed,
        mail_hosts=own.mail_hosts,
        initial={"channel": own.channel or ""},
    )
    if request.method == "POST" and form.is_valid():
        with or_errors(form):
            operations.choose_channel(
                form.cleaned_data["channel"],
                address=form.cleaned_data["address"],
                secret=form.cleaned_data.get("secret", ""),
                actor=request.actor,
                now=present(),
            )
            messages.success(request, _("Kept. Send a test message to see whether it arrives."))
            return redirect("duties:reminders")
    values = {"form": form, "own": own}
    return render(request, "duties/channel.html", values, status=422 if form.errors else 200)


@action()
def mute(request: AskingRequest) -> HttpResponse:
    now = present()
    own = queries.own_reminders(request.actor, now=now)
    until = own.muted_until
    initial = {
        "kinds": own.muted_kinds,
        "last_day": local_date(until - timedelta(minutes=1)) if until else None,
    }
    form = MuteForm(request.POST or None, kinds=mutable_kinds(), initial=initial)
    if request.method == "POST" and form.is_valid():
        with or_errors(form):
            kinds, last_day = form.cleaned_data["kinds"], form.cleaned_data["last_day"]
            operations.mute(kinds, last_day=last_day, actor=request.actor, now=now)
            messages.success(request, _("Your choice is kept."))
            return redirect("duties:reminders")
    values = {"form": form, "always_told": always_told_labels()}
    return render(request, "duties/mute.html", values, status=422 if form.errors else 200)


@action(methods=("POST",))
def try_channel(request: AskingRequest) -> HttpResponse:
    try:
        operations.try_channel(actor=request.actor, now=present())
    except Conflict as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("The test message leaves within a minute; its outcome stands below."))
    return redirect("duties:reminders")
