"""Addresses of planned returns."""

from __future__ import annotations

from django.urls import path

from fugong.returns.web import views

app_name = "returns"
urlpatterns = [
    path("", views.listing, name="list"),
    path("export/", views.export, name="export"),
    path("forecast/", views.forecast, name="forecast"),
    path("plan/<uuid:person_id>/", views.plan, name="plan"),
    path("<uuid:return_id>/", views.detail, name="detail"),
    path("<uuid:return_id>/change/", views.change, name="change"),
    path("<uuid:return_id>/arrive/", views.arrive, name="arrive"),
    path("<uuid:return_id>/cancel/", views.cancel, name="cancel"),
]
