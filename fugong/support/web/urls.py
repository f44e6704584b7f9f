"""Addresses of the difficulties."""

from __future__ import annotations

from django.urls import path

from fugong.support.web import acting, views

app_name = "support"
urlpatterns = [
    path("", views.listing, name="list"),
    path("export/", views.export, name="export"),
    path("raise/", views.raise_difficulty, name="raise"),
    path("<uuid:difficulty_id>/", views.detail, name="detail"),
    path("<uuid:difficulty_id>/assign/", acting.assign, name="assign"),
    path("<uuid:difficulty_id>/answer/", acting.answer, name="answer"),
    path("<uuid:difficulty_id>/solved/", acting.solve, name="solve"),
    path("<uuid:difficulty_id>/not-solved/", acting.send_back, name="send_back"),
    path("<uuid:difficulty_id>/withdraw/", acting.withdraw, name="withdraw"),
]
