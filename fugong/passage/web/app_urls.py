"""Addresses of the app that guards carry. Its service worker stands for all below them."""

from __future__ import annotations

from django.urls import path

from fugong.passage.web import app

app_name = "gate_app"
urlpatterns = [
    path("", app.page, name="page"),
    path("manifest.webmanifest", app.manifest, name="manifest"),
    path("sw.js", app.service_worker, name="service_worker"),
    path("why.svg", app.why, name="why"),
]
