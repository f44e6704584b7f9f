"""Addresses of the register."""

from __future__ import annotations

from django.urls import path

from fugong.enterprises.web import assigning, importing, leaving, premises, views

app_name = "enterprises"
urlpatterns = [
    path("", views.listing, name="list"),
    path("new/", views.register, name="register"),
    path("check/", views.check, name="check"),
    path("export/", views.export, name="export"),
    path("imports/", importing.imports, name="imports"),
    path("imports/template/", importing.template, name="import_template"),
    path("imports/<uuid:batch_id>/", importing.preview, name="import"),
    path("imports/<uuid:batch_id>/confirm/", importing.confirm, name="import_confirm"),
    path("imports/<uuid:batch_id>/discard/", importing.discard, name="import_discard"),
    path("imports/<uuid:batch_id>/errors/", importing.errors, name="import_errors"),
    path("responsibility/", assigning.responsibility, name="responsibility"),
    path("responsibility/export/", assigning.export_responsibility, name="export_responsibility"),
    path("<uuid:enterprise_id>/", views.detail, name="detail"),
    path("<uuid:enterprise_id>/edit/", views.edit, name="edit"),
    path("<uuid:enterprise_id>/check/", views.check_change, name="check_change"),
    path("<uuid:enterprise_id>/leave/", leaving.leave, name="leave"),
    path("<uuid:enterprise_id>/premises/", premises.add, name="add_premises"),
    path("<uuid:enterprise_id>/premises/<uuid:premises_id>/end/", premises.end, name="end_premises"),
    path("<uuid:enterprise_id>/assign/", assigning.assign, name="assign"),
    path("<uuid:enterprise_id>/hand-over/<uuid:assignment_id>/", assigning.hand_over, name="hand_over"),
]
