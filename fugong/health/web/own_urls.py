"""Addresses of the worker's own health."""

from __future__ import annotations

from django.urls import path

from fugong.health.web import own, sheets

app_name = "own_health"
urlpatterns = [
    path("tap/", own.tap, name="tap"),
    path("report/", own.form, name="form"),
    path("history/", own.history, name="history"),
    path("crew/", sheets.own_sheet, name="crew"),
]
