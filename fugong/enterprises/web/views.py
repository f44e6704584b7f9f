from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext as _

from fugong.core.clock import local_date
from fugong.core.clock import now as present
from fugong.core.exporting import MAKE
from fugong.core.web.exports import answer_export
from fugong.core.web.pages import AskingRequest, action, page
from fugong.core.web.refusing import or_errors
from fugong.core.web.rendering import render_page
from fugong.enterprises import operations, permissions, queries
from fugong.enterprises.choices import Provenance
from fugong.enterprises.models import Enterprise
from fugong.enterprises.operations import DuplicateEnterprise
from fugong.enterprises.web.checking import code_hint, name_hint
from fugong.enterprises.web.forms import ChangeForm, EnterpriseForm
from fugong.enterprises.web.sections import sections_for, timeline_for
from fugong.enterprises.web.shown import address_of, standing_status, terms_of
from fugong.enterprises.web.tables import register_table


@page(permissions.SEE)
def listing(request: AskingRequest) -> HttpResponse:
    values = {
        "may_register": permissions.may_register(request.actor),
        "may_import": permissions.may_import(request.actor),
    }
    table = register_table(request, request.actor)
    return render_page(request, "enterprises/list.html", values, table=table)


@page(permissions.SEE)
def detail(request: AskingRequest, enterprise_id: UUID) -> HttpResponse:
    actor, now = request.actor, present()
    enterprise = queries.get_enterprise(actor, enterprise_id)
    may_edit = permissions.may_edit(actor, enterprise.area_id)
    values = {
        "enterprise": enterprise,
        "standing": standing_status(enterprise.standing.state),
        "terms": terms_of(enterprise, queries.list_premises(actor, enterprise_id), may_edit=may_edit),
        "sections": sections_for(actor, enterprise, now=now),
        "steps": timeline_for(actor, enterprise, now=now),
        "may_edit": may_edit,
    }
    return render(request, "enterprises/detail.html", values)


@action(permissions.REGISTER)
def register(request: AskingRequest) -> HttpResponse:
    form = EnterpriseForm(
        request.POST or None, actor=request.actor, initial={"entered_on": local_date(present())}
    )
    if request.method == "POST" and form.is_valid():
        with or_errors(form), _linked(request, form):
            enterprise = operations.register(form.data_given(), actor=request.actor, now=present())
            messages.success(request, _("%(name)s is on the register.") % {"name": enterprise.name})
            return redirect(address_of(enterprise))
    return render(request, "enterprises/register.html", {"form": form}, status=422 if form.errors else 200)


@action(permissions.EDIT)
def edit(request: AskingRequest, enterprise_id: UUID) -> HttpResponse:
    actor, now = request.actor, present()
    enterprise = queries.get_enterprise(actor, enterprise_id)
    permissions.check_may_edit(actor, enterprise.area_id)
    before = queries.data_of(enterprise)
    initial = {name: getattr(before, name) for name in EnterpriseForm.base_fields} | {
        "since": local_date(now)
    }
    form = ChangeForm(request.POST or None, actor=actor, initial=initial, enterprise_id=enterprise.id)
    if request.method == "POST" and form.is_valid():
        data = form.data_given(provenance=Provenance(enterprise.provenance))
        with or_errors(form), _linked(request, form):
            operations.update(enterprise_id, data, actor=actor, now=now, since=form.cleaned_data["since"])
            messages.success(request, _("The register was changed."))
            return redirect(address_of(enterprise))
    values = {"form": form, "enterprise": enterprise}
    return render(request, "enterprises/edit.html", values, status=422 if form.errors else 200)


@page(permissions.REGISTER)
def check(request: AskingRequest) -> HttpResponse:
    """While somebody types: whether the code can be right, and who has it or the name already.

    It names enterprises of the whole authority: only for those who write in the register.
    """
    return _hints(request, own=None)


@page(permissions.EDIT)
def check_change(request: AskingRequest, enterprise_id: UUID) -> HttpResponse:
    enterprise = queries.get_enterprise(request.actor, enterprise_id)
    permissions.check_may_edit(request.actor, enterprise.area_id)
    return _hints(request, own=enterprise.id)


def _hints(request: AskingRequest, *, own: UUID | None) -> HttpResponse:
    hints = [
        code_hint(request.actor, request.GET.get("credit_code", ""), own=own),
        name_hint(request.actor, request.GET.get("name", ""), own=own),
    ]
    return render(request, "enterprises/parts/hints.html", {"hints": [hint for hint in hints if hint]})


@action(MAKE, methods=("POST",))
def export(request: AskingRequest) -> FileResponse:
    table = register_table(request, request.actor)
    return answer_export(request, table, now=present(), needs=(MAKE, permissions.SEE))


@contextmanager
def _linked(request: AskingRequest, form: EnterpriseForm) -> Iterator[None]:
    """A refusal because of another enterprise comes with the way to it."""
    try:
        yield
    except DuplicateEnterprise as refusal:
        if link := _link_to(request, refusal.existing):
            form.add_error(None, link)
        raise


def _link_to(request: AskingRequest, existing: Enterprise) -> str:
    """To the one that has the code already, where the person may open it."""
    if not queries.list_enterprises(request.actor).filter(id=existing.id).exists():
        return ""
    return format_html(
        '<a href="{}">{}</a>', address_of(existing), _("Open %(name)s") % {"name": existing.name}
    )
