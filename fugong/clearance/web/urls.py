"""Addresses of levels, levels by hand and appeals."""

from __future__ import annotations

from django.urls import path

from fugong.clearance.web import acting, files, own, views

app_name = "clearance"
urlpatterns = [
    path("", views.listing, name="list"),
    path("export/", views.export, name="export"),
    path("own/appeal/", own.appeal, name="own_appeal"),
    path("own/by-hand/<uuid:hand_id>/file/", files.own_file, name="own_hand_file"),
    path("counts/<slug:code>/", views.counts, name="counts"),
    path("people/<uuid:person_id>/", views.person, name="person"),
    path("people/<uuid:person_id>/propose/", acting.propose, name="propose"),
    path("people/<uuid:person_id>/appeal/", acting.make_appeal, name="make_appeal"),
    path("by-hand/", views.hands, name="hands"),
    path("by-hand/<uuid:hand_id>/", acting.hand, name="hand"),
    path("by-hand/<uuid:hand_id>/file/", files.file, name="hand_file"),
    path("by-hand/<uuid:hand_id>/confirm/", acting.confirm, name="confirm"),
    path("by-hand/<uuid:hand_id>/refuse/", acting.refuse, name="refuse"),
    path("by-hand/<uuid:hand_id>/end/", acting.end, name="end"),
    path("appeals/", views.appeals, name="appeals"),
    path("appeals/<uuid:appeal_id>/", acting.appeal, name="appeal"),
    path("appeals/<uuid:appeal_id>/answer/", acting.answer, name="answer"),
]
