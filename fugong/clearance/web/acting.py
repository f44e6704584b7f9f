"""Levels by hand and appeals: each step a short form of its own page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext as _p

from fugong.clearance import operations, permissions, queries
from fugong.clearance.choices import (
    ANSWER,
    APPEAL,
    CONFIRM,
    PROPOSE,
    SEE,
    AppealState,
    HandState,
)
from fugong.clearance.models import Appeal, HandLevel
from fugong.clearance.rules.due_process import may_decide
from fugong.clearance.web import shown
from fugong.clearance.web.forms import AnswerForm, AppealForm, ConfirmForm, NoteForm, ProposeForm
from fugong.core.clock import local_date
from fugong.core.clock import now as present
from fugong.core.refusals import NotPermitted
from fugong.core.web.pages import AskingRequest, action, page
from fugong.core.web.parts import Status, Term
from fugong.core.web.refusing import or_errors
from fugong.people import queries as people


@dataclass(frozen=True, slots=True)
class Words:
    """The page's title and button, what is said when it is done, and what stands above the form."""

    title: str
    done: str
    terms: list[Term]


@action(PROPOSE)
def propose(request: AskingRequest, person_id: UUID) -> HttpResponse:
    now = present()
    person = people.get_person(request.actor, person_id)
    permissions.check_may_at(request.actor, PROPOSE, person.enterprise)
    table = queries.law_in_force(now).table
    reasons = [each for each in (table.reasons.values() if table else ()) if each.is_within(local_date(now))]
    form = ProposeForm(request.POST or None, request.FILES or None, reasons=reasons)
    words = Words(
        _("Propose a level by hand"),
        _("It is proposed. It holds only when somebody else has confirmed it."),
        [Term(_p("clearance", "Person"), person.name), *shown.needs_of(reasons)],
    )
    return _answered(
        request,
        form,
        words,
        lambda: operations.propose_level(person_id, form.proposal(), actor=request.actor, now=now),
        lambda: redirect("clearance:person", person_id),
    )


@page(SEE)
def hand(request: AskingRequest, hand_id: UUID) -> HttpResponse:
    now = present()
    row = queries.get_hand(request.actor, hand_id)
    ways = shown.ways_of(request.actor, row.person.enterprise)
    is_open = may_decide(HandState(row.state))
    holds = row.state == HandState.CONFIRMED and row.expires_at is not None and row.expires_at > now
    values = {
        "hand": row,
        "status": shown.hand_status(row, now=now),
        "terms": _hand_terms(request, row),
        "has_file": row.file_id is not None and permissions.may_lift_at(request.actor, row.person.enterprise),
        "is_own": row.proposed_by_id == request.actor.user_id,
        "may_decide": is_open and ways["confirm"] and row.proposed_by_id != request.actor.user_id,
        "may_end": holds and ways["end"],
    }
    return render(request, "clearance/hand.html", values)


@action(CONFIRM)
def confirm(request: AskingRequest, hand_id: UUID) -> HttpResponse:
    form = ConfirmForm(request.POST if request.method == "POST" else None)

    def act(now: datetime) -> HandLevel:
        note = form.cleaned_data["note"]
        return operations.confirm_level(hand_id, actor=request.actor, now=now, note=note)

    return _decided(
        request, hand_id, form, act, _("Confirm the level"), _("Confirmed: it holds from now on.")
    )


@action(CONFIRM)
def refuse(request: AskingRequest, hand_id: UUID) -> HttpResponse:
    form = NoteForm(request.POST or None)

    def act(now: datetime) -> HandLevel:
        return operations.refuse_level(hand_id, note=form.cleaned_data["note"], actor=request.actor, now=now)

    return _decided(request, hand_id, form, act, _("Refuse the level"), _("Refused: it never held."))


@action(SEE)
def end(request: AskingRequest, hand_id: UUID) -> HttpResponse:
    """Whoever has a part in levels there; one person is enough to undo."""
    row = queries.get_hand(request.actor, hand_id)
    if not permissions.may_lift_at(request.actor, row.person.enterprise):
        raise NotPermitted()
    form = NoteForm(request.POST or None)

    def act(now: datetime) -> HandLevel:
        return operations.end_level(hand_id, note=form.cleaned_data["note"], actor=request.actor, now=now)

    return _decided(request, hand_id, form, act, _("End the level: it is wrong"), _("It has ended."))


@action(APPEAL)
def make_appeal(request: AskingRequest, person_id: UUID) -> HttpResponse:
    now = present()
    person = people.get_person(request.actor, person_id)
    permissions.check_may_at(request.actor, APPEAL, person.enterprise)
    form = AppealForm(request.POST or None)
    level = shown.status_of(queries.clearance_of(person_id, now=now))
    words = Words(
        _("Appeal for the person"),
        _("The appeal is made. Its clock runs."),
        [Term(_p("clearance", "Person"), person.name), Term(_p("clearance", "Level"), level.label)],
    )
    return _answered(
        request,
        form,
        words,
        lambda: operations.appeal(person_id, form.cleaned_data["text"], actor=request.actor, now=now),
        lambda: redirect("clearance:person", person_id),
    )


@page(SEE)
def appeal(request: AskingRequest, appeal_id: UUID) -> HttpResponse:
    row = queries.get_appeal(request.actor, appeal_id)
    ways = shown.ways_of(request.actor, row.person.enterprise)
    values = {
        "appeal": row,
        "status": shown.appeal_status(row),
        "clock": shown.appeal_clock(row, now=present()),
        "terms": _appeal_terms(row),
        "why": shown.appeal_why(row, _appealed(row)),
        "may_answer": row.state == AppealState.OPEN and ways["answer"],
    }
    return render(request, "clearance/appeal.html", values)


@action(ANSWER)
def answer(request: AskingRequest, appeal_id: UUID) -> HttpResponse:
    row = queries.get_appeal(request.actor, appeal_id)
    permissions.check_may_at(request.actor, ANSWER, row.person.enterprise)
    form = AnswerForm(request.POST or None)

    def act() -> Appeal:
        given = form.cleaned_data
        return operations.answer_appeal(
            appeal_id,
            granted=given["granted"] == "yes",
            text=given["text"],
            actor=request.actor,
            now=present(),
        )

    words = Words(_("Answer the appeal"), _("The appeal is answered."), _appeal_terms(row))
    return _answered(request, form, words, act, lambda: redirect("clearance:appeal", appeal_id))


def _decided(
    request: AskingRequest,
    hand_id: UUID,
    form: forms.Form,
    act: Callable[[datetime], HandLevel],
    title: str,
    done: str,
) -> HttpResponse:
    row = queries.get_hand(request.actor, hand_id)
    words = Words(title, done, _hand_terms(request, row))
    return _answered(
        request, form, words, lambda: act(present()), lambda: redirect("clearance:hand", hand_id)
    )


def _answered(
    request: AskingRequest,
    form: forms.Form,
    words: Words,
    act: Callable[[], object],
    onward: Callable[[], HttpResponse],
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        with or_errors(form):
            act()
            messages.success(request, words.done)
            return onward()
    values = {"form": form, "words": words}
    return render(request, "clearance/act.html", values, status=422 if form.errors else 200)


def _hand_terms(request: AskingRequest, row: HandLevel) -> list[Term]:
    """On what it stands is read by those who judge it, and by the person on its own phone."""
    level = shown.status_named(row.level, queries.table_of(row.playbook_version_id))
    judges = permissions.may_lift_at(request.actor, row.person.enterprise)
    return shown.hand_terms(row, level, with_text=judges)


def _appeal_terms(row: Appeal) -> list[Term]:
    return shown.appeal_terms(row, _appealed(row))


def _appealed(row: Appeal) -> Status:
    return shown.status_named(row.level, queries.table_of(row.playbook_version_id))
