"""Addresses of the API."""

from __future__ import annotations

from django.urls import path

from fugong.health.api import routes

app_name = "api"
urlpatterns = [
    path("v1/health/temperature", routes.temperature, name="temperature"),
    path("v1/openapi.json", routes.description, name="openapi"),
]
