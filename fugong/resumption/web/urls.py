"""Addresses of resumption."""

from __future__ import annotations

from django.urls import path

from fugong.resumption.web import (
    certificates,
    conditions,
    drafting,
    files,
    lists,
    reports,
    reviewing,
    suspensions,
    visits,
)

app_name = "resumption"
CASE = "applications/<uuid:application_id>/"
urlpatterns = [
    path("applications/", lists.applications, name="applications"),
    path("applications/export/", lists.export, name="export_applications"),
    path("applications/new/<uuid:enterprise_id>/", drafting.open_draft, name="open_draft"),
    path(CASE, reviewing.application, name="application"),
    path(f"{CASE}plan/", drafting.plan, name="plan"),
    path(f"{CASE}answer/", drafting.answer, name="answer"),
    path(f"{CASE}letter/", drafting.sign, name="sign"),
    path(f"{CASE}evidence/", drafting.attach, name="attach"),
    path(f"{CASE}evidence/<uuid:evidence_id>/remove/", drafting.remove, name="remove"),
    path(f"{CASE}files/<uuid:file_id>/", files.file, name="file"),
    path(f"{CASE}submit/", drafting.submit, name="submit"),
    path(f"{CASE}withdraw/", drafting.withdraw, name="withdraw"),
    path(f"{CASE}visit/", visits.visit, name="visit"),
    path(f"{CASE}opinion/<slug:step_key>/", reviewing.opinion, name="opinion"),
    path(f"{CASE}conditions/<uuid:condition_id>/", conditions.confirm, name="confirm_condition"),
    path(f"{CASE}conditions/<uuid:condition_id>/done/", conditions.report, name="report_condition"),
    path(f"{CASE}conditions/<uuid:condition_id>/back/", conditions.send_back, name="send_condition_back"),
    path("certificates/<uuid:certificate_id>/", certificates.certificate, name="certificate"),
    path("certificates/<uuid:certificate_id>/code.svg", certificates.code, name="certificate_code"),
    path("c/<str:number>/", certificates.check, name="check_certificate"),
    path("suspensions/new/<uuid:enterprise_id>/", suspensions.propose, name="propose_suspension"),
    path("suspensions/<uuid:suspension_id>/", suspensions.suspension, name="suspension"),
    path("suspensions/<uuid:suspension_id>/confirm/", suspensions.confirm, name="confirm_suspension"),
    path("suspensions/<uuid:suspension_id>/decline/", suspensions.decline, name="decline_suspension"),
    path("suspensions/<uuid:suspension_id>/lift/", suspensions.lift, name="lift_suspension"),
    path("reports/", reports.reports, name="reports"),
    path("reports/export/", reports.export, name="export_reports"),
    path("reports/<uuid:enterprise_id>/", reports.report, name="report"),
]
