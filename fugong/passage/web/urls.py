"""Addresses of gates and of what stands at them."""

from __future__ import annotations

from django.urls import path

from fugong.passage.web import cards, devices, gates, hours, keys, passes, visits

app_name = "passage"
urlpatterns = [
    path("", gates.listing, name="gates"),
    path("export/", gates.export, name="export"),
    path("new/", gates.open_in_area, name="open_gate"),
    path("new/<uuid:enterprise_id>/", gates.open_at, name="open_gate_at"),
    path("hours/<uuid:enterprise_id>/", hours.hours, name="hours"),
    path("keys/", keys.keys, name="keys"),
    path("keys/<uuid:key_id>/withdraw/", keys.withdraw, name="withdraw_key"),
    path("cards/<uuid:card_id>/pdf/", cards.pdf, name="card_pdf"),
    path("cards/<uuid:card_id>/revoke/", cards.revoke, name="revoke_card"),
    path("cards/person/<uuid:person_id>/", cards.issue, name="issue_card"),
    path("cards/enterprise/<uuid:enterprise_id>/", cards.of_enterprise, name="cards_of"),
    path("cards/enterprise/<uuid:enterprise_id>/pdf/", cards.pdf_of_enterprise, name="cards_pdf"),
    path("visits/", visits.listing, name="visits"),
    path("visits/new/<uuid:enterprise_id>/", visits.new, name="new_visit"),
    path("visits/<uuid:visit_id>/", visits.detail, name="visit"),
    path("visits/<uuid:visit_id>/cancel/", visits.cancel, name="cancel_visit"),
    path("passes/", passes.listing, name="passes"),
    path("passes/new/", passes.new, name="new_pass"),
    path("passes/<uuid:pass_id>/", passes.detail, name="pass"),
    path("passes/<uuid:pass_id>/cancel/", passes.cancel, name="cancel_pass"),
    path("passes/<uuid:pass_id>/pdf/", passes.pdf, name="pass_pdf"),
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
