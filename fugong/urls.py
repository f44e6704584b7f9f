"""All addresses. Each context brings its own; closed unless a view says otherwise."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("fugong.duties.web.urls")),
    path("", include("fugong.core.web.urls")),
    path("", include("fugong.accounts.web.urls")),
    path("sign-in/", include("fugong.accounts.web.sign_in_urls")),
    path("", include("fugong.people.web.own_urls")),
    path("clearance/", include("fugong.clearance.web.urls")),
    path("people/", include("fugong.people.web.urls")),
    path("health/", include("fugong.health.web.urls")),
    path("api/", include("fugong.health.api.urls")),
    path("me/health/", include("fugong.health.web.own_urls")),
    path("v/", include("fugong.passage.web.venue_code_urls")),
    path("venues/", include("fugong.passage.web.venue_urls")),
    path("me/code/", include("fugong.passage.web.own_urls")),
    path("enterprises/", include("fugong.enterprises.web.urls")),
    path("", include("fugong.resumption.web.urls")),
    path("census/", include("fugong.census.web.urls")),
    path("gate/app/", include("fugong.passage.web.app_urls")),
    path("returns/", include("fugong.returns.web.urls")),
    path("gates/", include("fugong.passage.web.urls")),
    path("guest/", include("fugong.passage.web.guest_urls")),
    path("gate/app/", include("fugong.passage.web.pairing_urls")),
    path("difficulties/", include("fugong.support.web.urls")),
    path("", include("fugong.passage.web.passages_urls")),
    path("gate/", include("fugong.passage.api.urls")),
    path("playbooks/", include("fugong.playbooks.web.urls")),
    path("", include("fugong.command.web.urls")),
]

handler400 = "fugong.core.web.errors.bad_request"
handler403 = "fugong.core.web.errors.forbidden"
handler404 = "fugong.core.web.errors.not_found"
handler500 = "fugong.core.web.errors.broken"
