"""What a visitor's link opens."""

from __future__ import annotations

from django.urls import path

from fugong.passage.web import visits

urlpatterns = [path("<str:token>/", visits.guest, name="guest")]
