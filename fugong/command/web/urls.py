"""Addresses of the commander's pages."""

from __future__ import annotations

from django.urls import path

from fugong.command.web import audit, ending, situation, views

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
    path("end-of-data/", ending.overview, name="retention"),
    path("end-of-data/emergency/", ending.emergency, name="end_emergency"),
    path("end-of-data/term/<slug:retention>/", ending.term, name="retention_term"),
    path("end-of-data/<uuid:plan_id>/", ending.plan, name="destruction"),
    path("end-of-data/<uuid:plan_id>/approve/", ending.approve, name="approve_destruction"),
    path("end-of-data/<uuid:plan_id>/certificate/", ending.certificate, name="destruction_certificate"),
    path("end-of-data/<uuid:plan_id>/word/", ending.word, name="destruction_word"),
    path("what-is-kept/", ending.public_text, name="what_is_kept"),
]
