"""Devices at gates: named, paired anew, moved, ended."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fugong.core.actor import Actor
from fugong.core.clock import now as present
from fugong.core.refusals import NotPermitted
from fugong.core.web.pages import AskingRequest, action, page
from fugong.core.web.refusing import or_errors
from fugong.core.web.rendering import render_page
from fugong.passage import permissions
from fugong.passage.choices import DeviceEnd, DeviceKind
from fugong.passage.models import Gate, GateDevice
from fugong.passage.operations.devices import Named, change_device, end_device, name_device, pair_anew
from fugong.passage.permissions import may_keep_gate
from fugong.passage.queries.devices import get_device
from fugong.passage.queries.gates import beside, gates_numbered, get_gate
from fugong.passage.web.drawing import qr_drawn
from fugong.passage.web.forms import DeviceForm, EndDeviceForm, MoveDeviceForm
from fugong.passage.web.shown import device_status, device_terms
from fugong.passage.web.tables import devices_table

PAIRING = "/gate/app/#pair="


@page(permissions.SEE)
def listing(request: AskingRequest) -> HttpResponse:
    table = devices_table(request, request.actor)
    return render_page(request, "passage/devices.html", {}, table=table)


@page(permissions.SEE)
def detail(request: AskingRequest, device_id: UUID) -> HttpResponse:
    device = get_device(request.actor, device_id)
    gates = gates_numbered(device.gates, actor=request.actor)
    values = {
        "device": device,
        "status": device_status(device),
        "terms": device_terms(device),
        "gates": gates,
        "may_keep": device.ended_at is None and _may_keep(request.actor, gates),
    }
    return render(request, "passage/device.html", values)


@action(permissions.KEEP)
def name(request: AskingRequest, gate_id: UUID) -> HttpResponse:
    """At this gate, and at others of the same enterprise or area. The code is shown on the answer, once."""
    gate = get_gate(request.actor, gate_id)
    if not _may_keep(request.actor, [gate]):
        raise NotPermitted()
    form = DeviceForm(
        request.POST or None, gates=beside(gate, actor=request.actor), initial={"gates": [str(gate.id)]}
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        with or_errors(form):
            kind = DeviceKind(said["kind"])
            named = name_device(said["label"], kind, said["gates"], actor=request.actor, now=present())
            return _code(request, named)
    values = {"form": form, "gate": gate}
    return render(request, "passage/device_name.html", values, status=422 if form.errors else 200)


@action(permissions.KEEP)
def pair_again(request: AskingRequest, device_id: UUID) -> HttpResponse:
    """Asked again it leads to the device: the code stands on the first answer only."""
    _kept(request, device_id)
    if request.method != "POST":
        return redirect("passage:device", device_id)
    return _code(request, pair_anew(device_id, actor=request.actor, now=present()))


@action(permissions.KEEP)
def move(request: AskingRequest, device_id: UUID) -> HttpResponse:
    device, gates = _kept(request, device_id)
    offered = {gate.id: gate for gate in [*gates, *beside(gates[0], actor=request.actor)]} if gates else {}
    form = MoveDeviceForm(
        request.POST or None,
        gates=offered.values(),
        initial={"gates": [str(gate.id) for gate in gates]},
    )
    if request.method == "POST" and form.is_valid():
        with or_errors(form):
            change_device(device_id, form.cleaned_data["gates"], actor=request.actor, now=present())
            messages.success(request, _("The device stands at other gates now."))
            return redirect("passage:device", device_id)
    values = {"form": form, "device": device, "title": _("Stands elsewhere")}
    return render(request, "passage/device_act.html", values, status=422 if form.errors else 200)


@action(permissions.KEEP)
def end(request: AskingRequest, device_id: UUID) -> HttpResponse:
    device, _gates = _kept(request, device_id)
    form = EndDeviceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with or_errors(form):
            why = DeviceEnd(form.cleaned_data["why"])
            end_device(device_id, why, actor=request.actor, now=present())
            messages.success(request, _("The device opens nothing any more."))
            return redirect("passage:device", device_id)
    values = {"form": form, "device": device, "title": _("Take out of use")}
    return render(request, "passage/device_act.html", values, status=422 if form.errors else 200)


def _code(request: AskingRequest, named: Named) -> HttpResponse:
    address = request.build_absolute_uri(f"{PAIRING}{named.pairing}")
    drawn = qr_drawn(address, label=_("QR code that pairs the device"))
    values = {"device": named.device, "code": named.pairing.code, "qr": drawn, "app": _app(request)}
    return render(request, "passage/device_code.html", values)


def _app(request: AskingRequest) -> str:
    return request.build_absolute_uri(PAIRING.partition("#")[0])


def _kept(request: AskingRequest, device_id: UUID) -> tuple[GateDevice, list[Gate]]:
    device = get_device(request.actor, device_id)
    gates = gates_numbered(device.gates, actor=request.actor)
    if not _may_keep(request.actor, gates):
        raise NotPermitted()
    return device, gates


def _may_keep(actor: Actor, gates: list[Gate]) -> bool:
    return all(
        may_keep_gate(actor, gate.kind, area_id=gate.area_id, enterprise_id=gate.enterprise_id)
        for gate in gates
    )
