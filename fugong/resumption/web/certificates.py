"""The certificate: for its owner, for the printer, and for anybody who scans it."""

from __future__ import annotations

from io import BytesIO
from uuid import UUID

import segno
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fugong.core.clock import local_date
from fugong.core.clock import now as present
from fugong.core.web.pages import AskingRequest, page, public
from fugong.core.web.parts import Status, Tone
from fugong.resumption.choices import CertificateState
from fugong.resumption.queries.applications import get_application, list_conditions
from fugong.resumption.queries.certificates import (
    Genuineness,
    check_public,
    code_url,
    get_certificate,
    list_certificate_events,
)
from fugong.resumption.queries.terms import say, terms_of
from fugong.resumption.web import shown
from fugong.resumption.web.wording import GENUINENESS

TONES = {Genuineness.VALID: Tone.GOOD}


@page()
def certificate(request: AskingRequest, certificate_id: UUID) -> HttpResponse:
    """Prints on one sheet of A4; the history and the ways stay on the screen."""
    found = get_certificate(request.actor, certificate_id)
    application = get_application(request.actor, found.application_id)
    form = terms_of(application, today=local_date(present())).playbook.policy.certificate
    values = {
        "certificate": found,
        "title": say(form.name) if form else "",
        "status": shown.certificate_status(found.state),
        "is_valid": found.state == CertificateState.VALID,
        "application": application,
        "conditions": list_conditions(application),
        "events": list_certificate_events(found),
        "url": code_url(found),
    }
    return render(request, "resumption/certificate.html", values)


@page()
def code(request: AskingRequest, certificate_id: UUID) -> HttpResponse:
    """The QR code as SVG. Error correction M: a stained sheet on a door still scans."""
    drawn = BytesIO()
    made = segno.make(code_url(get_certificate(request.actor, certificate_id)), error="m", micro=False)
    made.save(drawn, kind="svg", scale=4, border=4, xmldecl=False, svgns=True)
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")


@public("whoever stands at the door must be able to check the certificate on it, without an account")
def check(request: HttpRequest, number: str) -> HttpResponse:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("set local transaction_read_only = on")
        found = check_public(number, request.GET.get("s", ""), today=local_date(present()))
    words = GENUINENESS[found.answer]
    values = {
        "found": found,
        "words": words,
        "status": Status(words.label, TONES.get(found.answer, Tone.BAD)),
        "checked_at": present(),
    }
    response = render(
        request,
        "resumption/check.html",
        values,
        status=404 if found.answer is Genuineness.NOT_GENUINE else 200,
    )
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
