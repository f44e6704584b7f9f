"""Addresses of the worker's own pages, and of the poster's code."""

from __future__ import annotations

from django.urls import path

from fugong.people.web import own_file, own_pages, self_registering

app_name = "own"
urlpatterns = [
    path("me/", own_pages.home, name="home"),
    path("me/people/", own_pages.people, name="people"),
    path("me/file/", own_file.file, name="file"),
    path("me/file/correct/", own_file.correct, name="correct"),
    path("me/file/challenge/", own_file.challenge, name="challenge"),
    path("me/file/copy/", own_file.copy, name="copy"),
    path("r/<str:token>/", self_registering.register, name="register"),
]
