"""Addresses of the register."""

from __future__ import annotations

from django.urls import path

from fugong.enterprises.web import leaving, views

app_name = "enterprises"
urlpatterns = [
    path("", views.listing, name="list"),
    path("new/", views.register, name="register"),
    path("check/", views.check, name="check"),
    path("export/", views.export, name="export"),
    path("<uuid:enterprise_id>/", views.detail, name="detail"),
    path("<uuid:enterprise_id>/edit/", views.edit, name="edit"),
    path("<uuid:enterprise_id>/leave/", leaving.leave, name="leave"),
]
