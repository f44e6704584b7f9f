"""Addresses of the person files."""

from __future__ import annotations

from django.urls import path

from fugong.people.web import (
    challenges,
    crew_views,
    history,
    importing,
    merging,
    paper,
    posters,
    registrations,
    travel,
    views,
)

app_name = "people"
urlpatterns = [
    path("", views.listing, name="list"),
    path("export/", views.export, name="export"),
    path("new/", views.register, name="register"),
    path("check/", views.check, name="check"),
    path("imports/", importing.imports, name="imports"),
    path("imports/template/", importing.template, name="import_template"),
    path("imports/<uuid:batch_id>/", importing.preview, name="import"),
    path("imports/<uuid:batch_id>/questions/", importing.questions, name="import_questions"),
    path("imports/<uuid:batch_id>/confirm/", importing.confirm, name="import_confirm"),
    path("imports/<uuid:batch_id>/discard/", importing.discard, name="import_discard"),
    path("imports/<uuid:batch_id>/errors/", importing.errors, name="import_errors"),
    path("registrations/", registrations.registrations, name="registrations"),
    path("challenges/<uuid:challenge_id>/", challenges.answer, name="answer_challenge"),
    path("paper/<uuid:enterprise_id>/", paper.sheets, name="sheets"),
    path("paper/<uuid:enterprise_id>/blank/", paper.blank, name="paper_blank"),
    path("sheets/<uuid:sheet_id>/", paper.sheet, name="sheet"),
    path("sheets/<uuid:sheet_id>/row/", paper.row, name="sheet_row"),
    path("poster/<uuid:enterprise_id>/", posters.poster, name="poster"),
    path("poster/<uuid:enterprise_id>/code/", posters.poster_code, name="poster_code"),
    path("poster/<uuid:enterprise_id>/renew/", posters.renew, name="poster_renew"),
    path("poster/<uuid:enterprise_id>/close/", posters.close, name="poster_close"),
    path("like/", views.like, name="like"),
    path("duplicates/", merging.duplicates, name="duplicates"),
    path("merges/<uuid:merge_id>/undo/", merging.undo, name="undo_merge"),
    path("<uuid:person_id>/merge/", merging.find, name="merge_find"),
    path("<uuid:person_id>/merge/<uuid:other_id>/", merging.merge, name="merge"),
    path("<uuid:person_id>/merge/<uuid:other_id>/two/", merging.two_people, name="two_people"),
    path("crews/<uuid:enterprise_id>/", crew_views.crews, name="crews"),
    path("<uuid:person_id>/", views.detail, name="detail"),
    path("<uuid:person_id>/correct/", views.correct, name="correct"),
    path("<uuid:person_id>/employ/", views.employ, name="employ"),
    path("<uuid:person_id>/leave/", views.leave, name="leave"),
    path("<uuid:person_id>/unmask/", views.unmask, name="unmask"),
    path("<uuid:person_id>/phone/", views.end_phone, name="end_phone"),
    path("<uuid:person_id>/history/", history.record, name="record_history"),
    path("history/<uuid:entry_id>/", history.correct, name="correct_history"),
    path("<uuid:person_id>/stay/", travel.record, name="record_stay"),
    path("stays/<uuid:stay_id>/", travel.correct, name="correct_stay"),
]
