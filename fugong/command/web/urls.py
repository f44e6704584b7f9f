"""Addresses of the commander's pages."""

from __future__ import annotations

from django.urls import path

from fugong.command.web import audit, situation, views

app_name = "command"
urlpatterns = [
    path("situation/", situation.situation, name="situation"),
    path("bulletins/", views.bulletins, name="bulletins"),
    path("bulletins/export/", views.export, name="export"),
    path("bulletins/new/", views.compose, name="compose"),
    path("bulletins/<uuid:bulletin_id>/", views.bulletin, name="bulletin"),
    path("bulletins/<uuid:bulletin_id>/publish/", views.publish, name="publish"),
    path("bulletins/<uuid:bulletin_id>/correct/", views.correct, name="correct"),
    path("bulletins/<uuid:bulletin_id>/verify/", views.verify, name="verify"),
    path("bulletins/<uuid:bulletin_id>/word/", views.word, name="word"),
    path("bulletins/<uuid:bulletin_id>/<slug:key>/", views.proof, name="proof"),
    path("audit/", audit.entries, name="audit"),
    path("audit/export/", audit.export, name="export_audit"),
]
