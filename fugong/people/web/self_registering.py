"""What the code on the poster opens: a notice, a form, and always the same answer."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from fugong.accounts.operations import TooManyTries, count_use
from fugong.core.clock import now as present
from fugong.core.web.pages import public
from fugong.core.web.refusing import or_errors
from fugong.people import operations, queries
from fugong.people.models import RegistrationCode
from fugong.people.operations import CodeClosed
from fugong.people.rules import consent
from fugong.people.rules.tokens import SECRET_BYTES, Token, turned_to
from fugong.people.web.own import HOME
from fugong.people.web.own_forms import SelfForm
from fugong.people.web.phones import keep_people, keep_private, people_on

WHY_OPEN: Final = "a worker has no account: the code on the poster opens a form, and nothing else"
NEW: Final = "fugong_new"
"""The cookie with the token that the next registration from this phone gets.

It is there before the form is sent, so that a form whose answer was lost on the way can be sent again.
"""
DOOR: Final = "self_register"
HOUR: Final = timedelta(hours=1)


@public(WHY_OPEN)
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest, token: str) -> HttpResponseBase:
    poster = Token.parse(token)
    code = queries.find_open_code(poster, now=present()) if poster else None
    if poster is None or code is None:
        return keep_private(_closed(request))
    form = SelfForm(request.POST or None, initial={"notice": consent.current_version()})
    phone = _new_phone(request, poster)
    sent = _sent(request, form, poster, phone) if request.method == "POST" else None
    return keep_private(sent or _form(request, code, form, poster))


def _sent(request: HttpRequest, form: SelfForm, poster: Token, phone: Token | None) -> HttpResponse | None:
    """None where the form is to be shown once more."""
    try:
        count_use(_counted(request, poster, phone), door=DOOR, now=present())
    except TooManyTries as refusal:
        form.add_error(None, str(refusal))
        return None
    if phone is None:
        form.add_error(
            None, str(_("This browser kept nothing since the form was opened. Send it once more."))
        )
    if phone is None or not form.is_valid():
        return None
    try:
        with or_errors(form):
            operations.self_register(
                poster, phone, form.said(), consent=form.cleaned_data["notice"], now=present()
            )
            return _received(request, phone)
    except CodeClosed:
        return _closed(request)
    return None


def _received(request: HttpRequest, phone: Token) -> HttpResponse:
    response = redirect(HOME)
    keep_people(response, turned_to(people_on(request), phone))
    response.delete_cookie(NEW, samesite="Lax")
    return response


def _counted(request: HttpRequest, poster: Token, phone: Token | None) -> Mapping[str, tuple[int, timedelta]]:
    """A factory's gate is one network address for hundreds, so that one may send the most."""
    address: str = get_adapter().get_client_ip(request)
    counted = {
        f"address:{address}": (settings.FUGONG_REGISTRATIONS_PER_ADDRESS, HOUR),
        f"code:{poster.mark}": (settings.FUGONG_REGISTRATIONS_PER_CODE, HOUR),
    }
    # The one that was there first: with each person on the phone another token comes.
    oldest = [*([phone] if phone else []), *people_on(request)][-1:]
    counted |= {f"phone:{each.mark}": (settings.FUGONG_REGISTRATIONS_PER_PHONE, HOUR) for each in oldest}
    return counted


def _new_phone(request: HttpRequest, poster: Token) -> Token | None:
    """The token that was drawn when the form was opened; None where the browser brings none of ours."""
    token = Token.parse(request.COOKIES.get(NEW, ""))
    return token if token is not None and token.authority_id == poster.authority_id else None


def _form(request: HttpRequest, code: RegistrationCode, form: SelfForm, poster: Token) -> HttpResponse:
    values = {
        "enterprise": code.enterprise,
        "form": form,
        "notice": consent.notice(),
        "others": len(people_on(request)),
    }
    response = render(request, "people/own/register.html", values, status=_status(form))
    if (request.method == "GET" and _new_phone(request, poster) is None) or form.errors:
        _give_new_phone(response, poster, request)
    return response


def _give_new_phone(response: HttpResponse, poster: Token, request: HttpRequest) -> None:
    """A refused form gets another token too: the one it had may stand for somebody already."""
    fresh = Token(poster.authority_id, secrets.token_bytes(SECRET_BYTES))
    response.set_cookie(
        NEW,
        str(fresh),
        max_age=timedelta(days=1),
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def _status(form: SelfForm) -> int:
    return 422 if form.errors else 200


def _closed(request: HttpRequest) -> HttpResponse:
    return render(request, "people/own/closed.html", status=404)
