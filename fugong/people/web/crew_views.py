"""The crews of an enterprise, and who answers for their rolls."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fugong.accounts import queries as accounts
from fugong.core.clock import now as present
from fugong.core.refusals import NotPermitted
from fugong.core.web.pages import AskingRequest, action
from fugong.core.web.refusing import or_errors
from fugong.enterprises import queries as enterprises
from fugong.people import operations, permissions, queries
from fugong.people.operations import Leader
from fugong.people.web.forms import CrewLeaderForm


@action(permissions.REGISTER)
def crews(request: AskingRequest, enterprise_id: UUID) -> HttpResponse:
    place = enterprises.get_enterprise(request.actor, enterprise_id)
    if not permissions.may_register_at(request.actor, place):
        raise NotPermitted()
    rows = queries.list_crews(request.actor, enterprise_id)
    form = CrewLeaderForm(request.POST or None, crews=[row.name for row in rows])
    if request.method == "POST" and form.is_valid() and _kept(request, enterprise_id, form):
        return redirect("people:crews", enterprise_id)
    values = {"place": place, "rows": rows, "form": form}
    return render(request, "people/crews.html", values, status=422 if form.errors else 200)


def _kept(request: AskingRequest, enterprise_id: UUID, form: CrewLeaderForm) -> bool:
    """An empty user name dismisses whoever leads the crew."""
    crew, username = form.cleaned_data["crew"], form.cleaned_data["username"]
    leader = accounts.find_user(username, actor=request.actor) if username else None
    if username and leader is None:
        form.add_error("username", _("Nobody has this user name."))
        return False
    with or_errors(form):
        actor, now = request.actor, present()
        if leader is None:
            operations.dismiss_crew_leader(enterprise_id, crew, actor=actor, now=now)
            messages.success(request, _("The enterprise answers for %(crew)s again.") % {"crew": crew})
        else:
            chosen = Leader(user_id=leader.id)
            operations.appoint_crew_leader(enterprise_id, crew, leader=chosen, actor=actor, now=now)
            said = {"name": leader.name, "crew": crew}
            messages.success(request, _("%(name)s answers for %(crew)s.") % said)
        return True
    return False
