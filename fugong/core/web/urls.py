"""Addresses that belong to no context: the language switch and the health of the server."""

from __future__ import annotations

from django.conf import settings
from django.urls import path

from fugong.core.web import style, taking_out, views

app_name = "core"
urlpatterns = [
    path("language/", views.language, name="language"),
    path("exports/<uuid:export_id>/", taking_out.export, name="export"),
    path("exports/<uuid:export_id>/file/", taking_out.file, name="export_file"),
    path("healthz", views.health, name="health"),
]
if settings.DEBUG:
    urlpatterns.append(path("_style", style.style, name="style"))
