from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fugong.core.actor import Actor
from fugong.core.clock import local_date
from fugong.core.clock import now as present
from fugong.core.refusals import NotPermitted
from fugong.core.web.exports import answer_people_export
from fugong.core.web.pages import AskingRequest, action, page
from fugong.core.web.refusing import or_errors
from fugong.core.web.rendering import render_page
from fugong.people import operations, permissions, queries
from fugong.people.models import Person
from fugong.people.operations import Unmasked
from fugong.people.queries.places import places_for
from fugong.people.web.checking import candidates_of, hint_of
from fugong.people.web.forms import (
    CorrectForm,
    EmploymentForm,
    LeaveForm,
    RegisterForm,
    UnmaskForm,
    initial_of,
)
from fugong.people.web.own_shown import note_of
from fugong.people.web.sections import sections_for, timeline_for
from fugong.people.web.shown import address_of, steps_of, terms_of
from fugong.people.web.tables import EXPORT_NEEDS, people_table


@page(permissions.SEE)
def listing(request: AskingRequest) -> HttpResponse:
    values = {
        "may_register": request.actor.may(permissions.REGISTER),
        "may_merge": request.actor.may(permissions.MERGE),
    }
    return render_page(request, "people/list.html", values, table=people_table(request, request.actor))


@action(permissions.SEE, methods=("POST",))
def export(request: AskingRequest) -> HttpResponse:
    return answer_people_export(
        request, people_table(request, request.actor), now=present(), needs=EXPORT_NEEDS
    )


@action(permissions.REGISTER)
def register(request: AskingRequest) -> HttpResponse:
    initial = {"starts_on": local_date(present()), "enterprise_id": request.GET.get("enterprise", "")}
    form = RegisterForm(
        request.POST or None,
        places=places_for(request.actor, request.GET.get("enterprise", "")),
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        with or_errors(form):
            person = operations.register(form.person(), form.employment(), actor=request.actor, now=present())
            messages.success(request, _("The file of %(name)s is kept.") % {"name": person.name})
            return redirect(address_of(person))
    return render(request, "people/register.html", {"form": form}, status=422 if form.errors else 200)


@page(permissions.SEE)
def detail(request: AskingRequest, person_id: UUID) -> HttpResponse:
    person = queries.get_person(request.actor, person_id)
    if person.id != person_id:
        return redirect(address_of(person))
    return _shown(request, person)


@action(permissions.UNMASK)
def unmask(request: AskingRequest, person_id: UUID) -> HttpResponse:
    """The same page with the numbers in full, once: loading it again asks for a reason again."""
    person = queries.get_person(request.actor, person_id)
    form = UnmaskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        full = operations.unmask(person_id, reason=reason, actor=request.actor, now=present())
        return _shown(request, person, full)
    return _form(request, "people/unmask.html", form, person)


@action(permissions.REGISTER)
def correct(request: AskingRequest, person_id: UUID) -> HttpResponse:
    person = queries.get_person(request.actor, person_id)
    _check_may_keep(request.actor, person)
    form = CorrectForm(request.POST or None, initial=initial_of(person))
    if request.method == "POST" and form.is_valid():
        said, seen = form.corrected(queries.data_of(person)), form.cleaned_data["seen_at"]
        with or_errors(form):
            operations.correct(person_id, said, seen_at=seen, actor=request.actor, now=present())
            messages.success(request, _("The file was corrected."))
            return redirect(address_of(person))
    return _form(request, "people/correct.html", form, person)


@action(permissions.REGISTER)
def employ(request: AskingRequest, person_id: UUID) -> HttpResponse:
    """From one enterprise to another, or to work again."""
    person = queries.get_person(request.actor, person_id)
    places, initial = places_for(request.actor), {"starts_on": local_date(present())}
    form = EmploymentForm(request.POST or None, places=places, initial=initial)
    if request.method == "POST" and form.is_valid():
        with or_errors(form):
            operations.employ(person_id, form.employment(), actor=request.actor, now=present())
            messages.success(request, _("The employment is recorded."))
            return redirect(address_of(person))
    return _form(request, "people/employ.html", form, person)


@action(permissions.REGISTER)
def leave(request: AskingRequest, person_id: UUID) -> HttpResponse:
    person = queries.get_person(request.actor, person_id)
    _check_may_keep(request.actor, person)
    form = LeaveForm(request.POST or None, initial={"ends_on": local_date(present())})
    if request.method == "POST" and form.is_valid():
        with or_errors(form):
            day = form.cleaned_data["ends_on"]
            operations.end_employment(person_id, on=day, actor=request.actor, now=present())
            messages.success(request, _("The employment has ended; the file stays."))
            return redirect("people:list")
    return _form(request, "people/leave.html", form, person)


@action(permissions.REGISTER)
def end_phone(request: AskingRequest, person_id: UUID) -> HttpResponse:
    """The phone was lost or passed on: it shows nothing any more, and the person registers anew."""
    person = queries.get_person(request.actor, person_id)
    _check_may_keep(request.actor, person)
    if request.method == "POST":
        operations.end_phone(person_id, actor=request.actor, now=present())
        messages.success(request, _("The phone no longer stands for %(name)s.") % {"name": person.name})
        return redirect(address_of(person))
    return _form(request, "people/end_phone.html", forms.Form(), person)


@page(permissions.REGISTER)
def check(request: AskingRequest) -> HttpResponse:
    """While somebody types: whether the number can be right, and whether it has a file in sight."""
    asked = request.GET
    hint = hint_of(
        request.actor, asked.get("document_kind", ""), asked.get("document", ""), today=local_date(present())
    )
    return render(request, "people/parts/hint.html", {"hint": hint})


@page(permissions.REGISTER)
def like(request: AskingRequest) -> HttpResponse:
    """While somebody types: files in sight with this name or telephone."""
    found = candidates_of(request.actor, request.GET.get("name", ""), request.GET.get("phone", ""))
    return render(request, "people/parts/candidates.html", {"candidates": found})


def _shown(request: AskingRequest, person: Person, full: Unmasked | None = None) -> HttpResponse:
    actor, now = request.actor, present()
    steps = [*steps_of(actor, person), *timeline_for(actor, person, now=now)]
    values = {
        "person": person,
        "terms": terms_of(person, full),
        "is_full": full is not None,
        "employments": queries.list_employments(actor, person.id),
        "phone": queries.find_phone_of(actor, person.id),
        "sections": sections_for(actor, person, now=now),
        "steps": sorted(steps, key=lambda step: step.at, reverse=True),
        "challenges": [(row.id, note_of(row)) for row in queries.list_challenges(actor, person.id)],
        "may_keep": _may_keep(actor, person),
        "may_merge": permissions.may_merge_at(actor, person.enterprise),
        "merges": queries.list_merges(person.id, actor),
        "may_unmask": full is None and permissions.may_unmask_at(actor, person.enterprise),
    }
    return render(request, "people/detail.html", values)


def _form(request: AskingRequest, template: str, form: forms.Form, person: Person) -> HttpResponse:
    values = {"form": form, "person": person}
    return render(request, template, values, status=422 if form.errors else 200)


def _may_keep(actor: Actor, person: Person) -> bool:
    place = person.enterprise
    if place is None:
        return actor.may(permissions.REGISTER) and actor.reach(permissions.REGISTER).everywhere
    return permissions.may_register_at(actor, place)


def _check_may_keep(actor: Actor, person: Person) -> None:
    if not _may_keep(actor, person):
        raise NotPermitted()
