from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from fugong.core.clock import local_date
from fugong.core.clock import now as present
from fugong.core.web.pages import AskingRequest, page
from fugong.playbooks import queries
from fugong.playbooks.permissions import ACTIVATE
from fugong.playbooks.queries import PlaybookInForce
from fugong.playbooks.web import shown


@page("playbooks.see")
def in_force(request: AskingRequest) -> HttpResponse:
    return _shown(request, queries.get_in_force(local_date(present())))


@page("playbooks.see")
def version(request: AskingRequest, version_id: UUID) -> HttpResponse:
    return _shown(request, queries.get_version(version_id))


@page("playbooks.see")
def text(request: AskingRequest, version_id: UUID) -> HttpResponse:
    """The very file, as it was put in force."""
    playbook = queries.get_version(version_id).playbook
    response = HttpResponse(playbook.text, content_type="application/toml; charset=utf-8")
    name = f"{playbook.id}-{playbook.version}.toml"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _shown(request: AskingRequest, found: PlaybookInForce) -> HttpResponse:
    values = {
        "version": found,
        "title": shown.worded(found.playbook.title),
        "terms": shown.head_terms(found),
        "chapters": shown.chapters(found.playbook),
        "sources": shown.sources(found.playbook),
        "versions": queries.list_versions(request.actor),
        "today": local_date(present()),
        "may_propose": request.actor.may(ACTIVATE),
    }
    return render(request, "playbooks/version.html", values)
