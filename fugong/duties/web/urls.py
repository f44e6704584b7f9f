"""Addresses of the duties: the front page, and who is about to miss what."""

from __future__ import annotations

from django.urls import path

from fugong.duties.web import views

app_name = "duties"
urlpatterns = [
    path("", views.home, name="home"),
    path("duties/shortfall/", views.shortfall, name="shortfall"),
    path("duties/shortfall/export/", views.export, name="export"),
    path("duties/rolls/<uuid:duty_id>/", views.roll, name="roll"),
    path("duties/hand-over/", views.hand_over, name="hand_over"),
    path("duties/<uuid:duty_id>/excuse/", views.excuse, name="excuse"),
]
