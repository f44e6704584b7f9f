"""Addresses of health."""

from __future__ import annotations

from django.urls import path

from fugong.health.web import incidents

app_name = "health"
urlpatterns = [
    path("incidents/<uuid:incident_id>/", incidents.detail, name="incident"),
]
