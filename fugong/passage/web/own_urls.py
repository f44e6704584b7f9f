"""Addresses of the worker's own code."""

from __future__ import annotations

from django.urls import path

from fugong.passage.web import kept_pages, own_code

app_name = "own_code"
urlpatterns = [
    path("", own_code.page, name="page"),
    path("state/", own_code.state, name="state"),
    path("issue/", own_code.issue, name="issue"),
    path("worker.js", kept_pages.worker_script, name="worker"),
    path("manifest.webmanifest", own_code.manifest, name="manifest"),
]
