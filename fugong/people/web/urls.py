"""Addresses of the person files."""

from __future__ import annotations

from django.urls import path

from fugong.people.web import crew_views, views

app_name = "people"
urlpatterns = [
    path("", views.listing, name="list"),
    path("new/", views.register, name="register"),
    path("check/", views.check, name="check"),
    path("crews/<uuid:enterprise_id>/", crew_views.crews, name="crews"),
    path("<uuid:person_id>/", views.detail, name="detail"),
    path("<uuid:person_id>/correct/", views.correct, name="correct"),
    path("<uuid:person_id>/employ/", views.employ, name="employ"),
    path("<uuid:person_id>/leave/", views.leave, name="leave"),
    path("<uuid:person_id>/unmask/", views.unmask, name="unmask"),
]
