from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from fugong.command import operations, queries
from fugong.command.models import Bulletin
from fugong.command.web import shown, word_paper
from fugong.command.web.forms import ComposeForm
from fugong.command.web.tables import bulletins_table
from fugong.core.clock import local_date
from fugong.core.clock import now as present
from fugong.core.exporting import MAKE, may_export
from fugong.core.refusals import Conflict, Invalid, NotFound
from fugong.core.web.exports import answer_export
from fugong.core.web.pages import AskingRequest, action, page
from fugong.core.web.rendering import render_page
from fugong.core.web.tables import BoundTable


@page("bulletins.see")
def bulletins(request: AskingRequest) -> HttpResponse:
    may_compose = request.actor.may("bulletins.compose")
    values = {"may_compose": may_compose}
    return render_page(request, "command/bulletins.html", values, table=_table(request))


@action(MAKE, methods=("POST",))
def export(request: AskingRequest) -> FileResponse:
    return answer_export(request, _table(request), now=present(), needs=(MAKE, "bulletins.see"))


def _table(request: AskingRequest) -> BoundTable[Bulletin]:
    export_url = reverse("command:export") if may_export(request.actor) else ""
    return bulletins_table(queries.list_bulletins(request.actor), request, export_url=export_url)


@action("bulletins.compose")
def compose(request: AskingRequest) -> HttpResponse:
    now = present()
    form = ComposeForm(request.POST or None, initial={"day": local_date(now)})
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.compose_bulletin(form.cleaned_data["day"], actor=request.actor, now=now)
        except (Conflict, Invalid, NotFound) as refusal:  # not found: no playbook was in force on that day
            form.add_error(None if isinstance(refusal, Conflict) else "day", str(refusal))
        else:
            return redirect("command:bulletin", made.id)
    return render(request, "command/compose.html", {"form": form}, status=422 if form.errors else 200)


@page("bulletins.see")
def bulletin(request: AskingRequest, bulletin_id: UUID) -> HttpResponse:
    found = queries.get_bulletin(request.actor, bulletin_id)
    is_published, correction = queries.is_published(found), queries.find_correction(found)
    values = {
        "bulletin": found,
        "status": shown.status_of(found),
        "title": shown.in_reading_language(found.title),
        "paragraphs": shown.paragraphs_of(found),
        "figures": shown.figures_of(found),
        "terms": shown.terms_of(found),
        "differences": shown.difference_lines(queries.differences(found)),
        "correction": correction,
        "may_publish": request.actor.may("bulletins.publish") and not is_published,
        "may_correct": request.actor.may("bulletins.compose") and is_published and not correction,
    }
    return render(request, "command/bulletin.html", values)


@action("bulletins.publish", methods=("POST",))
def publish(request: AskingRequest, bulletin_id: UUID) -> HttpResponse:
    try:
        operations.publish_bulletin(bulletin_id, actor=request.actor, now=present())
    except Conflict as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The bulletin is published. From now on it stands."))
    return redirect("command:bulletin", bulletin_id)


@action("bulletins.compose", methods=("POST",))
def correct(request: AskingRequest, bulletin_id: UUID) -> HttpResponse:
    try:
        made = operations.correct_bulletin(bulletin_id, actor=request.actor, now=present())
    except Conflict as refusal:
        messages.error(request, str(refusal))
        return redirect("command:bulletin", bulletin_id)
    return redirect("command:bulletin", made.id)


@page("bulletins.see")
def verify(request: AskingRequest, bulletin_id: UUID) -> HttpResponse:
    found = queries.get_bulletin(request.actor, bulletin_id)
    verdict = queries.verify(found)
    values = {"bulletin": found, "verdict": verdict, "lines": shown.verdict_lines(verdict)}
    return render(request, "command/verify.html", values)


@page("bulletins.see")
def proof(request: AskingRequest, bulletin_id: UUID, key: str) -> HttpResponse:
    row = queries.get_figure(request.actor, bulletin_id, key)
    found = queries.proof_of(request.actor, row)
    values = {
        "bulletin": row.bulletin,
        "label": shown.in_reading_language(row.label),
        "proof": found,
        "terms": shown.proof_terms(found),
        "back": reverse("command:bulletin", args=[bulletin_id]),
    }
    return render(request, "command/proof.html", values)


@page("bulletins.see")
def word(request: AskingRequest, bulletin_id: UUID) -> HttpResponse:
    found = queries.get_bulletin(request.actor, bulletin_id)
    response = HttpResponse(word_paper.paper_of(found), content_type=word_paper.CONTENT_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="bulletin-{found.number}.docx"'
    return response
