"""The application as its reviewers see it, and the form of an opinion."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fugong.core.actor import Actor
from fugong.core.clock import local_date
from fugong.core.clock import now as present
from fugong.core.refusals import NotFound
from fugong.core.web.pages import AskingRequest, action, page
from fugong.core.web.refusing import or_errors
from fugong.resumption import operations, permissions
from fugong.resumption.choices import AnswerValue, Move, OpinionKind, StepState
from fugong.resumption.models import Application, Step
from fugong.resumption.queries import applications as queries
from fugong.resumption.queries.certificates import find_certificate_of
from fugong.resumption.queries.checklist import checklist_of
from fugong.resumption.queries.points import points_of
from fugong.resumption.queries.terms import Terms, plan_of, terms_of
from fugong.resumption.queries.visits import awaits_visit, list_visits
from fugong.resumption.rules.steps import StepView, would_approve
from fugong.resumption.rules.transitions import may_move
from fugong.resumption.web import shown
from fugong.resumption.web.conditions import condition_rows
from fugong.resumption.web.drafting import draft_values
from fugong.resumption.web.forms import OpinionForm


@page()
def application(request: AskingRequest, application_id: UUID) -> HttpResponse:
    """A draft for the enterprise that may write it; the whole case for everybody else."""
    found = queries.get_application(request.actor, application_id)
    if found.is_editable and permissions.may_apply(request.actor, found.enterprise_id):
        return render(request, "resumption/draft.html", draft_values(found))
    return render(request, "resumption/application.html", _values(found, request.actor, present()))


@action()
def opinion(request: AskingRequest, application_id: UUID, step_key: str) -> HttpResponse:
    """Agree, return or refuse. At the last step agreeing approves, and conditions can be set."""
    found = queries.get_application(request.actor, application_id)
    step = _step(found, step_key)
    permissions.check_may_give_opinion(request.actor, step)
    terms = terms_of(found, today=local_date(present()))
    is_last = would_approve(_views(found), step_key)
    form = OpinionForm(
        request.POST or None,
        choices=points_of(terms, today=local_date(present())),
        plan=plan_of(terms) if is_last else None,
        initial={"version": found.version},
    )
    if request.method == "POST" and form.is_valid():
        with or_errors(form):
            _give(found.id, step_key, form, actor=request.actor, now=present())
            messages.success(request, _("Your opinion is recorded."))
            return redirect("resumption:application", application_id)
    values = {
        **_values(found, request.actor, present()),
        "form": form,
        "step": step,
        "step_clock": shown.step_clock(step, now=present()),
    }
    return render(request, "resumption/opinion.html", values, status=422 if form.errors else 200)


def _give(application_id: UUID, step_key: str, form: OpinionForm, *, actor: Actor, now: datetime) -> None:
    given = form.cleaned_data
    kind = OpinionKind(given["kind"])
    if kind is OpinionKind.AGREE and form.is_last:
        approval = operations.Approval(step_key, given["note"], form.conditions())
        operations.approve(application_id, approval, actor=actor, now=now, version=given["version"])
        return
    points = form.points() if kind is OpinionKind.RETURN else []
    said = operations.Opinion(step_key, kind, given["note"], points)
    operations.give_opinion(application_id, said, actor=actor, now=now, version=given["version"])


def _values(found: Application, actor: Actor, now: datetime) -> dict[str, object]:
    terms = terms_of(found, today=local_date(now))
    events = queries.list_events(found)
    whys = {record.id: shown.why_of(record, terms.playbook) for record in queries.decisions_about(found)}
    return {
        "application": found,
        "status": shown.status_of(found),
        "clock": shown.clock_of(found, now=now),
        "known": shown.known_terms(found),
        "terms": [*shown.plan_terms(found, terms), *shown.side_terms(events, now=now)],
        "why": whys.get(found.decision_id) if found.decision_id else shown.why_route(terms),
        "rounds": _rounds(found, actor, now),
        "visits": [(visit, shown.visit_status(visit)) for visit in list_visits(found)],
        "checklist": checklist_of(found, terms),
        "labels": dict(AnswerValue.choices),
        "conditions": condition_rows(found, actor),
        "certificate": find_certificate_of(found),
        "steps": shown.steps_of(events, whys),
        **_ways(found, terms, actor),
    }


def _rounds(found: Application, actor: Actor, now: datetime) -> list[dict[str, object]]:
    return [
        {
            "number": each.number,
            "rows": [
                {
                    "step": step,
                    "status": shown.step_status(step),
                    "clock": shown.step_clock(step, now=now),
                    "may": step.state == StepState.OPEN and permissions.may_give_opinion(actor, step),
                }
                for step in each.steps
            ],
        }
        for each in queries.list_rounds(found)
    ]


def _ways(found: Application, terms: Terms, actor: Actor) -> dict[str, bool]:
    return {
        "may_visit": permissions.may_verify(actor, found) and awaits_visit(found, terms),
        "may_withdraw": may_move(found.state, Move.WITHDRAW)
        and permissions.may_apply(actor, found.enterprise_id),
    }


def _step(found: Application, key: str) -> Step:
    for step in _steps(found):
        if step.key == key:
            return step
    raise NotFound


def _steps(found: Application) -> list[Step]:
    rounds = queries.list_rounds(found)
    return list(rounds[0].steps) if rounds else []


def _views(found: Application) -> list[StepView]:
    return [StepView(step.key, StepState(step.state), frozenset(step.after)) for step in _steps(found)]
