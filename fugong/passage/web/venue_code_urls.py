"""What the codes at places open, and the screens that show them."""

from __future__ import annotations

from django.urls import path

from fugong.passage.web import screens, venue_scanning

app_name = "venue_codes"
urlpatterns = [
    path("screen/", screens.screen, name="screen"),
    path("screen/pair/", screens.pair, name="pair_screen"),
    path("screen/state/", screens.state, name="screen_state"),
    path("<str:token>/", venue_scanning.venue, name="venue"),
    path("<str:token>/pass/", venue_scanning.scan, name="scan"),
]
