"""Passes of vehicles: the list, a new one, the paper behind the windscreen."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import pgettext as _p

from fugong.areas import queries as areas
from fugong.core.clock import now as present
from fugong.core.clock import to_the_minute
from fugong.core.exporting import record_export
from fugong.core.papers import Slip, SlipSize, slips_of
from fugong.core.refusals import Conflict, NotPermitted
from fugong.core.web.pages import AskingRequest, action, page
from fugong.core.web.refusing import or_errors
from fugong.core.web.rendering import render_page
from fugong.enterprises import queries as enterprises
from fugong.passage import permissions
from fugong.passage.choices import PlateKind
from fugong.passage.models import VehiclePass
from fugong.passage.operations.passes import cancel_pass, issue_pass
from fugong.passage.permissions import may_pass
from fugong.passage.queries.guests import get_pass, list_passes
from fugong.passage.queries.printing import code_of_pass
from fugong.passage.rules.masking import masked_name
from fugong.passage.web.files import pdf_file
from fugong.passage.web.guest_forms import PassForm, first_window
from fugong.passage.web.guest_shown import guest_status, pass_terms
from fugong.passage.web.guest_tables import passes_table

OFFERED = 500
"""Enterprises in one list; of more, the pass is issued from the enterprise's own page."""


@page(permissions.SEE)
def listing(request: AskingRequest) -> HttpResponse:
    table = passes_table(list_passes(request.actor), request, now=present())
    values = {"may_issue": request.actor.may(permissions.ISSUE) and _has_ground(request)}
    return render_page(request, "passage/passes.html", values, table=table)


@page(permissions.SEE)
def detail(request: AskingRequest, pass_id: UUID) -> HttpResponse:
    row, now = get_pass(request.actor, pass_id), present()
    is_open = row.cancelled_at is None and row.ends_at > now
    values = {
        "row": row,
        "status": guest_status(row, now=now),
        "terms": pass_terms(row),
        "may_issue": is_open and may_pass(request.actor, row.enterprise.area_id if row.enterprise else None),
    }
    return render(request, "passage/pass.html", values)


@action(permissions.ISSUE)
def new(request: AskingRequest) -> HttpResponse:
    """With `?enterprise=` that one is chosen."""
    if not _has_ground(request):
        raise NotPermitted()
    now = present()
    form = PassForm(
        request.POST or None,
        enterprises=_offered(request),
        may_be_none=may_pass(request.actor, None),
        initial=first_window(now, length=timedelta(days=7)) | {"enterprise": request.GET.get("enterprise")},
    )
    if request.method == "POST" and form.is_valid():
        with or_errors(form):
            chosen = form.cleaned_data["enterprise"]
            row = issue_pass(form.data_given(), enterprise_id=chosen, actor=request.actor, now=now)
            messages.success(request, _("Pass no. %(serial)s is issued. Print it.") % {"serial": row.serial})
            return redirect("passage:pass", row.id)
    return render(request, "passage/pass_new.html", {"form": form}, status=422 if form.errors else 200)


@action(permissions.ISSUE, methods=("POST",))
def cancel(request: AskingRequest, pass_id: UUID) -> HttpResponse:
    get_pass(request.actor, pass_id)
    cancel_pass(pass_id, actor=request.actor, now=present())
    messages.success(request, _("The pass opens nothing any more."))
    return redirect("passage:pass", pass_id)


@action(permissions.ISSUE, methods=("POST",))
def pdf(request: AskingRequest, pass_id: UUID) -> HttpResponse:
    """Raises Conflict where it is over, or its key is not here."""
    row, now = get_pass(request.actor, pass_id), present()
    if not may_pass(request.actor, row.enterprise.area_id if row.enterprise else None):
        raise NotPermitted()
    code = code_of_pass(row)
    if code is None or row.cancelled_at is not None or row.ends_at <= now:
        raise Conflict(_("This pass is over."), code="pass_over")
    asked = {"table": "vehicle-pass", "format": "pdf", "rows": 1, "of": row.plate}
    with transaction.atomic():
        needs = (permissions.ISSUE,)
        mark = record_export(asked, reason=_("Print the pass"), actor=request.actor, now=now, needs=needs)
        slip = _slip(row, code, request)
        made = slips_of([slip], title=row.plate, mark=mark, size=SlipSize.SHEET, made_at=now)
        return pdf_file(made, "vehicle-pass.pdf")


def _slip(row: VehiclePass, code: str, request: AskingRequest) -> Slip:
    authority = areas.get_authority_name(request.actor.authority_id, language=get_language() or "")
    lines = [(_("Kind"), str(PlateKind(row.plate_kind).label))]
    lines += [(_("Enterprise"), row.enterprise.name)] if row.enterprise else []
    lines += [(_("Driver"), masked_name(row.driver_name))] if row.driver_name else []
    lines += [(_("Passengers"), str(len(row.passengers)))] if row.passengers else []
    lines += [(_p("visit", "What for"), row.purpose)]
    lines += [
        (_p("window", "From"), to_the_minute(row.starts_at)),
        (_p("window", "Until"), to_the_minute(row.ends_at)),
    ]
    return Slip(
        title=f"{authority} · {_('Vehicle pass')}",
        large=spaced(row),
        lines=lines,
        note=_("Lay it behind the windscreen. Everybody in the vehicle shows a code of their own."),
        code=code,
        under=f"{_p('card', 'No.')} {row.serial}",
    )


def spaced(row: VehiclePass) -> str:
    """As it is painted: a dot behind the letter of the office."""
    if row.plate_kind == PlateKind.OTHER:
        return row.plate
    return f"{row.plate[:2]}·{row.plate[2:]}"


def _offered(request: AskingRequest) -> list[tuple[UUID, str]]:
    reach = request.actor.reach(permissions.ISSUE)
    rows = enterprises.list_enterprises(request.actor).present()
    if not reach.everywhere:
        rows = rows.filter(area_id__in=reach.areas)
    return list(rows.values_list("id", "name")[:OFFERED])


def _has_ground(request: AskingRequest) -> bool:
    """Whoever speaks for one enterprise only issues no passes: they open roads."""
    reach = request.actor.reach(permissions.ISSUE)
    return reach.everywhere or bool(reach.areas)
