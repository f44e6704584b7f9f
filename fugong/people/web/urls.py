"""Addresses of the person files."""

from __future__ import annotations

from django.urls import path

from fugong.people.web import travel, views

app_name = "people"
urlpatterns = [
    path("", views.listing, name="list"),
    path("new/", views.register, name="register"),
    path("check/", views.check, name="check"),
    path("<uuid:person_id>/", views.detail, name="detail"),
    path("<uuid:person_id>/correct/", views.correct, name="correct"),
    path("<uuid:person_id>/employ/", views.employ, name="employ"),
    path("<uuid:person_id>/leave/", views.leave, name="leave"),
    path("<uuid:person_id>/unmask/", views.unmask, name="unmask"),
    path("<uuid:person_id>/stay/", travel.record, name="record_stay"),
    path("stays/<uuid:stay_id>/", travel.correct, name="correct_stay"),
]
