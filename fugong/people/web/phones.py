"""The cookie of a phone: which people it stands for, and whose turn it is."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from fugong.people.rules.tokens import Token, cookie_of, tokens_in

COOKIE: Final = "fugong_own"
AS: Final = "_as"
"""The form field that names, by its mark, the person for whom a form was filled in."""
KEPT: Final = timedelta(days=400)
"""As long as browsers keep a cookie at most; each visit begins it anew."""


def people_on(request: HttpRequest) -> tuple[Token, ...]:
    return tokens_in(request.COOKIES.get(COOKIE, ""))


def asked_as(request: HttpRequest) -> Token | None:
    """The one whose turn it is. A form may name another one of the same phone, and nobody else.

    So a form that was open for one person is not sent for another who was chosen in between.
    """
    people = people_on(request)
    mark = request.POST.get(AS, "") if request.method == "POST" else ""
    if not mark:
        return people[0] if people else None
    return next((token for token in people if token.mark == mark), None)


def keep_people(response: HttpResponseBase, people: tuple[Token, ...]) -> None:
    if not people:
        response.delete_cookie(COOKIE, samesite="Lax")
        return
    response.set_cookie(
        COOKIE,
        cookie_of(people),
        max_age=KEPT,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def keep_private(response: HttpResponseBase) -> HttpResponseBase:
    """No copy of it in any cache, nor its address at the next site."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    return response
