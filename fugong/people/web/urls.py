"""Addresses of the person files."""

from __future__ import annotations

from django.urls import path

from fugong.people.web import merging, views

app_name = "people"
urlpatterns = [
    path("", views.listing, name="list"),
    path("export/", views.export, name="export"),
    path("new/", views.register, name="register"),
    path("check/", views.check, name="check"),
    path("like/", views.like, name="like"),
    path("duplicates/", merging.duplicates, name="duplicates"),
    path("merges/<uuid:merge_id>/undo/", merging.undo, name="undo_merge"),
    path("<uuid:person_id>/merge/", merging.find, name="merge_find"),
    path("<uuid:person_id>/merge/<uuid:other_id>/", merging.merge, name="merge"),
    path("<uuid:person_id>/merge/<uuid:other_id>/two/", merging.two_people, name="two_people"),
    path("<uuid:person_id>/", views.detail, name="detail"),
    path("<uuid:person_id>/correct/", views.correct, name="correct"),
    path("<uuid:person_id>/employ/", views.employ, name="employ"),
    path("<uuid:person_id>/leave/", views.leave, name="leave"),
    path("<uuid:person_id>/unmask/", views.unmask, name="unmask"),
]
