"""The poster by which an enterprise's people register themselves."""

from __future__ import annotations

from io import BytesIO
from uuid import UUID

import segno
from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fugong.core.clock import local_date
from fugong.core.clock import now as present
from fugong.core.refusals import NotFound
from fugong.core.web.pages import AskingRequest, action, page
from fugong.core.web.refusing import or_errors
from fugong.enterprises import queries as enterprises
from fugong.people import operations, permissions, queries
from fugong.people.rules.self_registering import USUALLY_OPEN
from fugong.people.web.forms import DAY

LANGUAGES = ({"code": "zh-hans"}, {"code": "en"})


class PosterForm(forms.Form):
    ends_on = forms.DateField(label=gettext_lazy("First day on which it no longer opens"), widget=DAY)


@page(permissions.REGISTER)
def poster(request: AskingRequest, enterprise_id: UUID) -> HttpResponse:
    """Prints on one sheet of A4, in both languages; the ways stay on the screen."""
    place = enterprises.get_enterprise(request.actor, enterprise_id)
    permissions.check_may_register_at(request.actor, place)
    code = queries.find_code_of(request.actor, enterprise_id)
    is_over = code is not None and code.ends_on <= local_date(present())
    values = {"enterprise": place, "code": code, "is_over": is_over, "languages": LANGUAGES}
    return render(request, "people/poster.html", values)


@page(permissions.REGISTER)
def poster_code(request: AskingRequest, enterprise_id: UUID) -> HttpResponse:
    """Error correction M: a stained sheet on a wall still scans."""
    place = enterprises.get_enterprise(request.actor, enterprise_id)
    permissions.check_may_register_at(request.actor, place)
    code = queries.find_code_of(request.actor, enterprise_id)
    if code is None:
        raise NotFound()
    drawn = BytesIO()
    made = segno.make(queries.address_of(code), error="m", micro=False)
    made.save(drawn, kind="svg", scale=4, border=4, xmldecl=False, svgns=True)
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")


@action(permissions.REGISTER)
def renew(request: AskingRequest, enterprise_id: UUID) -> HttpResponse:
    """The first code, or another one: the old poster opens nothing from then on."""
    place = enterprises.get_enterprise(request.actor, enterprise_id)
    permissions.check_may_register_at(request.actor, place)
    form = PosterForm(request.POST or None, initial={"ends_on": local_date(present()) + USUALLY_OPEN})
    if request.method == "POST" and form.is_valid():
        with or_errors(form):
            ends_on = form.cleaned_data["ends_on"]
            operations.renew_code(enterprise_id, ends_on=ends_on, actor=request.actor, now=present())
            messages.success(request, _("The code is made. Print the poster and take the old one down."))
            return redirect("people:poster", enterprise_id)
    old = queries.find_code_of(request.actor, enterprise_id)
    values = {"form": form, "enterprise": place, "old": old}
    return render(request, "people/poster_renew.html", values, status=422 if form.errors else 200)


@action(permissions.REGISTER)
def close(request: AskingRequest, enterprise_id: UUID) -> HttpResponse:
    place = enterprises.get_enterprise(request.actor, enterprise_id)
    permissions.check_may_register_at(request.actor, place)
    if request.method == "POST":
        operations.close_code(enterprise_id, actor=request.actor, now=present())
        messages.success(request, _("The code is closed. Nobody can register by it any more."))
    return redirect("people:poster", enterprise_id)
