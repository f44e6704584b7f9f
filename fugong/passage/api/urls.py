"""Addresses of the door for desks."""

from __future__ import annotations

from django.urls import path

from fugong.passage.api import routes

app_name = "passage_api"
urlpatterns = [path("crossings", routes.crossings, name="crossings")]
