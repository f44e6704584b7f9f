"""Addresses of gates and of what stands at them."""

from __future__ import annotations

from django.urls import path

from fugong.passage.web import devices, gates, keys

app_name = "passage"
urlpatterns = [
    path("", gates.listing, name="gates"),
    path("export/", gates.export, name="export"),
    path("new/", gates.open_in_area, name="open_gate"),
    path("new/<uuid:enterprise_id>/", gates.open_at, name="open_gate_at"),
    path("keys/", keys.keys, name="keys"),
    path("devices/", devices.listing, name="devices"),
    path("devices/<uuid:device_id>/", devices.detail, name="device"),
    path("devices/<uuid:device_id>/move/", devices.move, name="move_device"),
    path("devices/<uuid:device_id>/pair/", devices.pair_again, name="pair_again"),
    path("devices/<uuid:device_id>/end/", devices.end, name="end_device"),
    path("<uuid:gate_id>/", gates.detail, name="gate"),
    path("<uuid:gate_id>/change/", gates.change, name="change_gate"),
    path("<uuid:gate_id>/close/", gates.close, name="close_gate"),
    path("<uuid:gate_id>/device/", devices.name, name="name_device"),
]
