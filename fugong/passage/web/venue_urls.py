"""Addresses of venues for those who keep and guard them."""

from __future__ import annotations

from django.urls import path

from fugong.passage.web import venues

app_name = "venues"
urlpatterns = [
    path("", venues.listing, name="list"),
    path("<uuid:gate_id>/", venues.detail, name="detail"),
    path("<uuid:gate_id>/poster.pdf", venues.poster, name="poster"),
    path("<uuid:gate_id>/renew/", venues.renew, name="renew"),
    path("<uuid:gate_id>/confirm/", venues.confirm, name="confirm"),
]
