"""Addresses of the playbook's pages."""

from __future__ import annotations

from django.urls import path

from fugong.playbooks.web import proposing, views

app_name = "playbooks"
urlpatterns = [
    path("", views.in_force, name="in_force"),
    path("new/", proposing.propose, name="propose"),
    path("<uuid:version_id>/", views.version, name="version"),
    path("<uuid:version_id>/text/", views.text, name="text"),
]
