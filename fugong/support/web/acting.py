"""The steps of a difficulty after it was raised, each a short form of its own page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fugong.accounts import queries as accounts
from fugong.core.clock import local_date
from fugong.core.clock import now as present
from fugong.core.web.pages import AskingRequest, action
from fugong.core.web.refusing import or_errors
from fugong.support import operations, permissions, queries
from fugong.support.choices import ANSWER, ASSIGN, CLOSE, RAISE
from fugong.support.models import Difficulty
from fugong.support.web.forms import AnswerForm, AssignForm, SendBackForm, SolvedForm, WithdrawForm
from fugong.support.web.shown import status_of, terms_of

Act = Callable[[datetime], Difficulty]


@dataclass(frozen=True, slots=True)
class Words:
    """The page's title and button, and what is said when it is done."""

    title: str
    done: str


@action(ASSIGN)
def assign(request: AskingRequest, difficulty_id: UUID) -> HttpResponse:
    difficulty = queries.get_difficulty(difficulty_id, actor=request.actor)
    permissions.check_may_assign(request.actor, difficulty)
    form = _assign_form(request, difficulty)

    def act(now: datetime) -> Difficulty:
        note = form.cleaned_data["note"]
        return operations.assign(difficulty_id, form.assignee(), actor=request.actor, now=now, note=note)

    return _answered(
        request, difficulty, form, act, Words(_("Assign the difficulty"), _("The difficulty is assigned."))
    )


@action(ANSWER)
def answer(request: AskingRequest, difficulty_id: UUID) -> HttpResponse:
    difficulty = queries.get_difficulty(difficulty_id, actor=request.actor)
    permissions.check_may_answer(request.actor, difficulty)
    form = AnswerForm(_sent(request))

    def act(now: datetime) -> Difficulty:
        return operations.answer(difficulty_id, form.cleaned_data["text"], actor=request.actor, now=now)

    words = Words(_("Answer the difficulty"), _("Answered. Now the enterprise says whether it is solved."))
    return _answered(request, difficulty, form, act, words)


@action(CLOSE)
def solve(request: AskingRequest, difficulty_id: UUID) -> HttpResponse:
    difficulty = queries.get_difficulty(difficulty_id, actor=request.actor)
    permissions.check_may_close(request.actor, difficulty)
    form = SolvedForm(_sent(request))

    def act(now: datetime) -> Difficulty:
        note = form.cleaned_data["note"]
        return operations.confirm_solved(difficulty_id, actor=request.actor, now=now, note=note)

    return _answered(request, difficulty, form, act, Words(_("It is solved"), _("The difficulty is solved.")))


@action(CLOSE)
def send_back(request: AskingRequest, difficulty_id: UUID) -> HttpResponse:
    difficulty = queries.get_difficulty(difficulty_id, actor=request.actor)
    permissions.check_may_close(request.actor, difficulty)
    form = SendBackForm(_sent(request))

    def act(now: datetime) -> Difficulty:
        return operations.send_back(difficulty_id, form.cleaned_data["note"], actor=request.actor, now=now)

    words = Words(_("It is not solved"), _("It goes back to whoever had it, with a new clock."))
    return _answered(request, difficulty, form, act, words)


@action(RAISE)
def withdraw(request: AskingRequest, difficulty_id: UUID) -> HttpResponse:
    difficulty = queries.get_difficulty(difficulty_id, actor=request.actor)
    permissions.check_may_withdraw(request.actor, difficulty)
    form = WithdrawForm(_sent(request))

    def act(now: datetime) -> Difficulty:
        note = form.cleaned_data["note"]
        return operations.withdraw(difficulty_id, actor=request.actor, now=now, note=note)

    return _answered(
        request, difficulty, form, act, Words(_("Withdraw the difficulty"), _("The difficulty is withdrawn."))
    )


def _sent(request: AskingRequest) -> QueryDict | None:
    """What was sent, also when all of it is optional and left empty."""
    return request.POST if request.method == "POST" else None


def _assign_form(request: AskingRequest, difficulty: Difficulty) -> AssignForm:
    now = present()
    terms = queries.get_terms(local_date(now))
    users = accounts.users_who_may(ANSWER, actor=request.actor, now=now)
    return AssignForm(
        _sent(request),
        bodies=terms.bodies(),
        users=[(str(user.id), user.name) for user in users],
        initial={
            "body": difficulty.body or terms.lead(difficulty.category),
            "user": str(difficulty.assigned_user_id or ""),
        },
    )


def _answered(
    request: AskingRequest, difficulty: Difficulty, form: forms.Form, act: Act, words: Words
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        with or_errors(form):
            act(present())
            messages.success(request, words.done)
            return redirect("support:detail", difficulty.id)
    values = {
        "form": form,
        "words": words,
        "difficulty": difficulty,
        "status": status_of(difficulty),
        "terms": terms_of(difficulty),
    }
    return render(request, "support/act.html", values, status=422 if form.errors else 200)
