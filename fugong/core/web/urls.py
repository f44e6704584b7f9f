"""Addresses that belong to no context: the language switch and the health of the server."""

from __future__ import annotations

from django.conf import settings
from django.urls import path

from fugong.core.web import style, views

app_name = "core"
urlpatterns = [
    path("language/", views.language, name="language"),
    path("healthz", views.health, name="health"),
]
if settings.DEBUG:
    urlpatterns.append(path("_style", style.style, name="style"))
