"""Addresses of the duties: the front page, and who is about to miss what."""

from __future__ import annotations

from django.urls import path

from fugong.duties.web import reminder_views, roll_views, views

app_name = "duties"
urlpatterns = [
    path("", views.home, name="home"),
    path("duties/shortfall/", views.shortfall, name="shortfall"),
    path("duties/shortfall/export/", views.export, name="export"),
    path("duties/rolls/", roll_views.listing, name="rolls"),
    path("duties/rolls/export/", roll_views.export, name="export_rolls"),
    path("duties/rolls/<uuid:roll_id>/", roll_views.roll, name="roll"),
    path("duties/rolls/entries/<uuid:entry_id>/excuse/", roll_views.excuse, name="excuse_entry"),
    path("account/reminders/", reminder_views.reminders, name="reminders"),
    path("account/reminders/channel/", reminder_views.channel, name="channel"),
    path("account/reminders/mute/", reminder_views.mute, name="mute"),
    path("account/reminders/try/", reminder_views.try_channel, name="try_channel"),
    path("duties/hand-over/", views.hand_over, name="hand_over"),
    path("duties/<uuid:duty_id>/excuse/", views.excuse, name="excuse"),
]
