"""The register of gates."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from fugong.areas import queries as areas
from fugong.core.actor import Actor
from fugong.core.clock import now as present
from fugong.core.exporting import MAKE, may_export
from fugong.core.refusals import Conflict, Invalid, NotPermitted
from fugong.core.web.exports import answer_export
from fugong.core.web.pages import AskingRequest, action, page
from fugong.core.web.refusing import or_errors
from fugong.core.web.rendering import render_page
from fugong.core.web.tables import BoundTable
from fugong.enterprises import queries as enterprises
from fugong.passage import permissions
from fugong.passage.choices import GateKind
from fugong.passage.models import Gate
from fugong.passage.operations.gates import add_zone, change_gate, close_gate, open_gate
from fugong.passage.permissions import may_at, may_keep_gate
from fugong.passage.queries.devices import devices_at
from fugong.passage.queries.gates import get_gate, list_zones, passed_today
from fugong.passage.queries.rules import kinds_of_rules
from fugong.passage.web.forms import GateForm, OpenGateForm, initial_of
from fugong.passage.web.shown import device_status, gate_status, gate_terms, passed_figures
from fugong.passage.web.tables import gates_table

IN_AREAS = (GateKind.DOOR, GateKind.ROAD, GateKind.VENUE)
OF_ENTERPRISE = (GateKind.DOOR, GateKind.WORKSHOP, GateKind.VENUE)


@page(permissions.SEE)
def listing(request: AskingRequest) -> HttpResponse:
    values = {"may_open": bool(_open_to(request.actor)), "may_keep": request.actor.may(permissions.KEEP)}
    values["may_see_guests"] = permissions.may_see_guests(request.actor)
    return render_page(request, "passage/gates.html", values, table=_table(request))


@action(MAKE, methods=("POST",))
def export(request: AskingRequest) -> FileResponse:
    return answer_export(request, _table(request), now=present(), needs=(MAKE, permissions.SEE))


def _table(request: AskingRequest) -> BoundTable[Gate]:
    url = reverse("passage:export") if may_export(request.actor) else ""
    return gates_table(request, request.actor, export_url=url)


@page(permissions.SEE)
def detail(request: AskingRequest, gate_id: UUID) -> HttpResponse:
    gate, now = get_gate(request.actor, gate_id), present()
    passed = passed_today([gate.number], actor=request.actor, now=now)[gate.number]
    values = {
        "gate": gate,
        "status": gate_status(gate),
        "terms": gate_terms(gate, actor=request.actor, now=now),
        "figures": passed_figures(passed, now=now),
        "devices": [(device, device_status(device)) for device in devices_at(gate)],
        "may_keep": gate.closed_at is None and _may_keep(request.actor, gate),
        "desk": gate.closed_at is None and gate.kind == GateKind.ROAD and _may_guard(request.actor, gate),
    }
    return render(request, "passage/gate.html", values)


@action(permissions.KEEP)
def open_in_area(request: AskingRequest) -> HttpResponse:
    """One that is no enterprise's: a checkpoint on a road, a park's door, a venue."""
    offered = _open_to(request.actor)
    if not offered:
        raise NotPermitted()
    form = OpenGateForm(
        request.POST or None,
        kinds=IN_AREAS,
        areas=offered,
        rules=_rules(*IN_AREAS),
        zones=list_zones(request.actor, None),
    )
    return _opened(request, form, None)


@action(permissions.KEEP)
def open_at(request: AskingRequest, enterprise_id: UUID) -> HttpResponse:
    place = enterprises.get_enterprise(request.actor, enterprise_id)
    kinds = [
        kind
        for kind in OF_ENTERPRISE
        if may_keep_gate(request.actor, kind, area_id=place.area_id, enterprise_id=place.id)
    ]
    if not kinds:
        raise NotPermitted()
    form = OpenGateForm(
        request.POST or None,
        kinds=kinds,
        areas=(),
        rules=_rules(*kinds),
        zones=list_zones(request.actor, enterprise_id),
    )
    return _opened(request, form, place)


def _opened(request: AskingRequest, form: OpenGateForm, place: object) -> HttpResponse:
    enterprise_id: UUID | None = getattr(place, "id", None)
    if request.method == "POST" and form.is_valid():
        with or_errors(form):
            gate = open_gate(
                form.data_given(_zone(request, form, enterprise_id)),
                kind=GateKind(form.cleaned_data["kind"]),
                enterprise_id=enterprise_id,
                area_id=form.cleaned_data.get("area"),
                actor=request.actor,
                now=present(),
            )
            messages.success(request, _("The gate is open. Name the device that stands there."))
            return redirect("passage:gate", gate.id)
    values = {"form": form, "place": place}
    return render(request, "passage/gate_open.html", values, status=422 if form.errors else 200)


@action(permissions.KEEP)
def change(request: AskingRequest, gate_id: UUID) -> HttpResponse:
    gate = _kept(request, gate_id)
    form = GateForm(
        request.POST or None,
        rules=_rules(GateKind(gate.kind)),
        zones=list_zones(request.actor, gate.enterprise_id),
        initial=initial_of(gate),
    )
    if request.method == "POST" and form.is_valid():
        with or_errors(form):
            data = form.data_given(_zone(request, form, gate.enterprise_id))
            change_gate(gate_id, data, actor=request.actor, now=present())
            messages.success(request, _("The gate is changed; its devices know it within seconds."))
            return redirect("passage:gate", gate_id)
    values = {"form": form, "gate": gate}
    return render(request, "passage/gate_change.html", values, status=422 if form.errors else 200)


@action(permissions.KEEP, methods=("POST",))
def close(request: AskingRequest, gate_id: UUID) -> HttpResponse:
    _kept(request, gate_id)
    close_gate(gate_id, actor=request.actor, now=present())
    messages.success(request, _("The gate is closed. What passed there stays on record."))
    return redirect("passage:gate", gate_id)


def _kept(request: AskingRequest, gate_id: UUID) -> Gate:
    gate = get_gate(request.actor, gate_id)
    if not _may_keep(request.actor, gate):
        raise NotPermitted()
    return gate


def _may_keep(actor: Actor, gate: Gate) -> bool:
    return may_keep_gate(actor, gate.kind, area_id=gate.area_id, enterprise_id=gate.enterprise_id)


def _may_guard(actor: Actor, gate: Gate) -> bool:
    return may_at(actor, permissions.GUARD, area_id=gate.area_id, enterprise_id=gate.enterprise_id)


def _zone(request: AskingRequest, form: GateForm, enterprise_id: UUID | None) -> UUID | None:
    """A new one is made on the way, in the same transaction as the gate."""
    name: str = form.cleaned_data["new_zone"]
    chosen: UUID | None = form.cleaned_data["zone"]
    if not name:
        return chosen
    try:
        return add_zone(name, enterprise_id=enterprise_id, actor=request.actor, now=present()).id
    except (Conflict, Invalid) as refusal:
        fields = {"new_zone": refusal.message}
        raise Invalid(refusal.message, code=refusal.code, fields=fields) from refusal


def _open_to(actor: Actor) -> list[tuple[str, str]]:
    """The areas in which the actor may open gates that are no enterprise's."""
    if not actor.may(permissions.KEEP):
        return []
    reach = actor.reach(permissions.KEEP)
    return [(str(area.id), area.name) for area in areas.list_areas(actor=actor) if reach.covers(area.id)]


def _rules(*kinds: GateKind) -> list[tuple[str, str]]:
    now = present()
    return [each for kind in kinds for each in kinds_of_rules(kind, now=now).items()]
