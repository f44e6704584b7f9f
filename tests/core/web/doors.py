"""Addresses behind the closed door, each trying one thing; beside them all of the product's own."""

from __future__ import annotations

import time

from django import forms
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.template.response import TemplateResponse
from django.urls import path

from fugong import urls
from fugong.core.clock import now
from fugong.core.operation import operation
from fugong.core.refusals import Conflict, Invalid, NotFound
from fugong.core.tenancy import current_authority
from fugong.core.web.models import Receipt
from fugong.core.web.pages import AskingRequest, action, page, public

SECONDS_OF_WORK = 0.4


def write(request: AskingRequest, *, note: str = "") -> None:
    with operation("tests.write", actor=request.actor, now=now()) as op:
        op.audit(None, note=note)


@page("playbooks.see")
def reading(request: AskingRequest) -> HttpResponse:
    return HttpResponse(f"{request.actor.name} reads")


@page()
def for_all(request: AskingRequest) -> HttpResponse:
    return HttpResponse("anyone signed in")


@page()
def late(request: AskingRequest) -> HttpResponse:
    """Its template is drawn after the view has returned."""
    shown = engines["django"].from_string("{{ tenant }} {{ read_only }}")

    class Facts:
        def tenant(self) -> str:
            return str(current_authority())

        def read_only(self) -> str:
            with connection.cursor() as cursor:
                cursor.execute("show transaction_read_only")
                return str(cursor.fetchone()[0])

    return TemplateResponse(request, shown, {"tenant": Facts().tenant, "read_only": Facts().read_only})


@page()
def writing_page(request: AskingRequest) -> HttpResponse:
    write(request)
    return HttpResponse("written")


@action("playbooks.see")
def acting(request: AskingRequest) -> HttpResponse:
    if request.method == "POST":
        write(request, note=request.POST.get("note", ""))
        return redirect(f"/probe/done/?{request.POST.get('note', '')}")
    return HttpResponse("the form")


@action()
def writing_form(request: AskingRequest) -> HttpResponse:
    write(request)
    return HttpResponse("written on GET")


@action(methods=("POST",))
def slow(request: AskingRequest) -> HttpResponse:
    write(request)
    time.sleep(SECONDS_OF_WORK)
    return redirect("/probe/done/")


@action(methods=("POST",))
def in_place(request: AskingRequest) -> HttpResponse:
    """Answers with a part of the page that htmx puts in its place."""
    write(request)
    return HttpResponse("<p>done</p>")


class DayForm(forms.Form):
    day = forms.DateField()


@action()
def checking(request: AskingRequest) -> HttpResponse:
    """Writes before it finds that the form is wrong."""
    form = DayForm(request.POST or None)
    if request.method == "POST":
        write(request)
        if form.is_valid():
            return redirect("/probe/done/")
    return HttpResponse("the form again", status=422 if form.errors else 200)


REFUSALS = {
    "invalid": Invalid("The day is wrong.", fields={"day": "Choose a later day."}),
    "conflict": Conflict("Somebody was quicker."),
    "missing": NotFound(),
    "bug": ZeroDivisionError(),
}


@action()
def refusing(request: AskingRequest, why: str) -> HttpResponse:
    if request.method == "POST":
        write(request)
    raise REFUSALS[why]


@public("a test asks what a stranger sees")
def rows(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(Receipt.objects.count()))


def unmarked(request: HttpRequest) -> HttpResponse:
    return HttpResponse("open by mistake")


def midway() -> None:
    """What happens in the middle of the work; tests put something worse here."""


@action()
def interrupted(request: AskingRequest) -> HttpResponse:
    if request.method == "POST":
        write(request)
    midway()
    if request.method == "POST":
        write(request)
    return redirect("/probe/done/")


@page()
def own_row(request: AskingRequest) -> HttpResponse:
    return HttpResponse(str(Receipt.objects.count()))


urlpatterns = [
    path("probe/reading/", reading),
    path("probe/for-all/", for_all),
    path("probe/late/", late),
    path("probe/writing-page/", writing_page),
    path("probe/acting/", acting),
    path("probe/writing-form/", writing_form),
    path("probe/slow/", slow),
    path("probe/in-place/", in_place),
    path("probe/checking/", checking),
    path("probe/refusing/<slug:why>/", refusing),
    path("probe/rows/", rows),
    path("probe/unmarked/", unmarked),
    path("probe/interrupted/", interrupted),
    path("probe/own-row/", own_row),
    *urls.urlpatterns,
]
handler400, handler403, handler404, handler500 = (
    urls.handler400,
    urls.handler403,
    urls.handler404,
    urls.handler500,
)
