"""Addresses of what follows from passages."""

from __future__ import annotations

from django.urls import path

from fugong.passage.web import desk, gate_days, inside, kept_pages, looking, own_days, signs

app_name = "passages"
urlpatterns = [
    path("passages/people/<uuid:person_id>/", looking.person, name="person"),
    path("passages/gates/<uuid:gate_id>/", gate_days.day, name="gate_day"),
    path("passages/enterprises/<uuid:enterprise_id>/inside/", inside.inside, name="inside"),
    path("passages/enterprises/<uuid:enterprise_id>/inside/pdf/", inside.inside_pdf, name="inside_pdf"),
    path("passages/enterprises/<uuid:enterprise_id>/inside/excel/", inside.inside_excel, name="inside_excel"),
    path("passages/enterprises/<uuid:enterprise_id>/report/", inside.report, name="report"),
    path("passages/enterprises/<uuid:enterprise_id>/report/pdf/", inside.report_pdf, name="report_pdf"),
    path("passages/enterprises/<uuid:enterprise_id>/report/excel/", inside.report_excel, name="report_excel"),
    path("passages/signs/", signs.listing, name="signs"),
    path("passages/signs/<uuid:sign_id>/", signs.look_at, name="sign"),
    path("passages/desk/", desk.desks, name="desks"),
    path("passages/desk/worker.js", kept_pages.worker_script, name="desk_worker"),
    path("passages/desk/<uuid:gate_id>/", desk.desk, name="desk"),
    path("passages/roads/", desk.roads, name="roads"),
    path("passages/roads/excel/", desk.roads_excel, name="roads_excel"),
    path("me/passages/", own_days.page, name="own"),
]
