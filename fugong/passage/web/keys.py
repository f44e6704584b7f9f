"""The keys of codes: for whoever looks after the machine."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fugong.core.clock import now as present
from fugong.core.refusals import Conflict
from fugong.core.web.pages import AskingRequest, action
from fugong.passage import permissions
from fugong.passage.operations.keys import rotate_keys, withdraw_key
from fugong.passage.queries.keys import code_secrets, list_keys


@action(permissions.KEYS)
def keys(request: AskingRequest) -> HttpResponse:
    """All of them; on POST another one."""
    if request.method == "POST":
        key = rotate_keys(actor=request.actor, now=present())
        said = _(
            "Key %(number)s signs what is issued from now on. Copy the keys' folder, apart from the data."
        )
        messages.success(request, said % {"number": key.number})
        return redirect("passage:keys")
    here = code_secrets(request.actor.authority_id)
    rows = [(key, key.number in here) for key in list_keys(request.actor)]
    return render(request, "passage/keys.html", {"rows": rows})


@action(permissions.KEYS, methods=("POST",))
def withdraw(request: AskingRequest, key_id: UUID) -> HttpResponse:
    try:
        key = withdraw_key(key_id, actor=request.actor, now=present())
    except Conflict as refusal:
        messages.error(request, str(refusal.message))
    else:
        said = _("Nothing that key %(number)s has signed is good any more. Issue the cards anew.")
        messages.success(request, said % {"number": key.number})
    return redirect("passage:keys")
