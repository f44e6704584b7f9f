"""Addresses of the census."""

from __future__ import annotations

from django.urls import path

from fugong.census.web import campaigns, working

app_name = "census"
urlpatterns = [
    path("", campaigns.listing, name="list"),
    path("new/", campaigns.new, name="new"),
    path("preview/", campaigns.preview, name="preview"),
    path("<uuid:campaign_id>/", campaigns.detail, name="detail"),
    path("<uuid:campaign_id>/edit/", campaigns.edit, name="edit"),
    path("<uuid:campaign_id>/open/", campaigns.open_campaign, name="open"),
    path("<uuid:campaign_id>/close/", campaigns.close, name="close"),
    path("<uuid:campaign_id>/reopen/", campaigns.reopen, name="reopen"),
    path("<uuid:campaign_id>/draw/", campaigns.draw, name="draw"),
    path("<uuid:campaign_id>/people/", campaigns.cases, name="cases"),
    path("<uuid:campaign_id>/people/export/", campaigns.export, name="export"),
    path("<uuid:campaign_id>/names/", working.names, name="names"),
    path("<uuid:campaign_id>/next/", working.take_next, name="next"),
    path("cases/<uuid:case_id>/", working.case, name="case"),
    path("cases/<uuid:case_id>/dial/", working.dial, name="dial"),
    path("cases/<uuid:case_id>/call/", working.call, name="call"),
    path("cases/<uuid:case_id>/take-back/", working.take_back, name="take_back"),
    path("cases/<uuid:case_id>/release/", working.release, name="release"),
    path("cases/<uuid:case_id>/file/", working.file, name="file"),
]
