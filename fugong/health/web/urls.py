"""Addresses of health."""

from __future__ import annotations

from django.urls import path

from fugong.health.web import days, figures, incidents, kiosks, paper, quality, sheets

app_name = "health"
urlpatterns = [
    path("incidents/", incidents.listing, name="incidents"),
    path("incidents/live/", incidents.live, name="live"),
    path("incidents/<uuid:incident_id>/", incidents.detail, name="incident"),
    path("incidents/<uuid:incident_id>/look-after/", incidents.look_after, name="look_after"),
    path("incidents/<uuid:incident_id>/close/", incidents.close, name="close"),
    path("people/<uuid:person_id>/notify/", incidents.notify, name="notify"),
    path("people/<uuid:person_id>/report/", days.report_for, name="report_for"),
    path("enterprises/<uuid:enterprise_id>/", days.day, name="day"),
    path("enterprises/<uuid:enterprise_id>/sheet/", sheets.sheet, name="sheet"),
    path("enterprises/<uuid:enterprise_id>/paper/", paper.sheet, name="paper"),
    path("enterprises/<uuid:enterprise_id>/paper/pdf/", paper.sheet_pdf, name="paper_pdf"),
    path("enterprises/<uuid:enterprise_id>/paper/excel/", paper.sheet_excel, name="paper_excel"),
    path("enterprises/<uuid:enterprise_id>/thermometers/", kiosks.listing, name="kiosks"),
    path("enterprises/<uuid:enterprise_id>/thermometers/new/", kiosks.issue, name="issue_kiosk"),
    path("thermometers/<uuid:kiosk_id>/revoke/", kiosks.revoke, name="revoke_kiosk"),
    path("people/<uuid:person_id>/card/", paper.card, name="card"),
    path("people/<uuid:person_id>/card/pdf/", paper.card_pdf, name="card_pdf"),
    path("people/<uuid:person_id>/card/excel/", paper.card_excel, name="card_excel"),
    path("figures/", figures.listing, name="figures"),
    path("figures/<slug:figure>/", figures.proof, name="figure"),
    path("quality/", quality.listing, name="quality"),
    path("quality/<uuid:enterprise_id>/", quality.of_enterprise, name="quality_of"),
]
