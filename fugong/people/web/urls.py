"""Addresses of the person files."""

from __future__ import annotations

from django.urls import path

from fugong.people.web import challenges, paper, posters, registrations, views

app_name = "people"
urlpatterns = [
    path("", views.listing, name="list"),
    path("new/", views.register, name="register"),
    path("check/", views.check, name="check"),
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
    path("<uuid:person_id>/", views.detail, name="detail"),
    path("<uuid:person_id>/correct/", views.correct, name="correct"),
    path("<uuid:person_id>/employ/", views.employ, name="employ"),
    path("<uuid:person_id>/leave/", views.leave, name="leave"),
    path("<uuid:person_id>/unmask/", views.unmask, name="unmask"),
    path("<uuid:person_id>/phone/", views.end_phone, name="end_phone"),
]
