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
from fugong.people.queries import Candidate
from fugong.people.web.forms import CrewLeaderForm


@action(permissions.REGISTER)
def crews(request: AskingRequest, enterprise_id: UUID) -> HttpResponse:
    """All crews; with `?crew=` also the form for the leader of that one."""
    place = enterprises.get_enterprise(request.actor, enterprise_id)
    if not permissions.may_register_at(request.actor, place):
        raise NotPermitted()
    rows = queries.list_crews(request.actor, enterprise_id)
    chosen = request.POST.get("crew") or request.GET.get("crew", "")
    workers = queries.list_candidates_of(request.actor, enterprise_id, chosen) if chosen else []
    form = CrewLeaderForm(
        request.POST or None,
        crews=[row.name for row in rows],
        workers=[(str(each.person_id), _named(each)) for each in workers],
        initial={"crew": chosen},
    )
    if request.method == "POST" and form.is_valid() and _kept(request, enterprise_id, form):
        return redirect("people:crews", enterprise_id)
    values = {"place": place, "rows": rows, "form": form, "chosen": chosen, "has_workers": bool(workers)}
    return render(request, "people/crews.html", values, status=422 if form.errors else 200)


def _named(candidate: Candidate) -> str:
    return f"{candidate.name} · {candidate.post}" if candidate.post else candidate.name


def _kept(request: AskingRequest, enterprise_id: UUID, form: CrewLeaderForm) -> bool:
    """Nobody named dismisses whoever leads the crew."""
    crew, username = form.cleaned_data["crew"], form.cleaned_data["username"]
    user = accounts.find_user(username, actor=request.actor) if username else None
    if username and user is None:
        form.add_error("username", _("Nobody has this user name."))
        return False
    person = form.cleaned_data["person"]
    with or_errors(form):
        actor, now = request.actor, present()
        if user is None and person is None:
            operations.dismiss_crew_leader(enterprise_id, crew, actor=actor, now=now)
            messages.success(request, _("The enterprise answers for %(crew)s again.") % {"crew": crew})
        else:
            leader = Leader(user_id=user.id) if user else Leader(person_id=person)
            operations.appoint_crew_leader(enterprise_id, crew, leader=leader, actor=actor, now=now)
            name = user.name if user else form.workers[str(person)]
            messages.success(request, _("%(name)s answers for %(crew)s.") % {"name": name, "crew": crew})
        return True
    return False
