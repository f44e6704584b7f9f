"""django-allauth's pages that Fugong uses, each inside the authority of the person it is about.

Before sign-in there is no tenant, so these views find the one user they are about through the door and then
run inside that user's authority. The pages that Fugong does not use (sign-up, mail) answer 404.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from uuid import UUID

from allauth.account import views as account
from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from allauth.account.utils import url_str_to_user_pk
from allauth.mfa.base import views as factors
from allauth.mfa.webauthn import views as passkeys
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from fido2.utils import websafe_decode

from fugong.accounts import operations
from fugong.accounts.models import User
from fugong.accounts.queries import door, second_factors
from fugong.core.clock import now
from fugong.core.tenancy import acting_for
from fugong.core.web.pages import AskingRequest, public

View = Callable[..., HttpResponseBase]


class SignInView(account.LoginView):  # type: ignore[misc]
    def form_valid(self, form: Any) -> HttpResponse:
        with acting_for(form.user.authority_id):
            response: HttpResponse = super().form_valid(form)
            return response


class SignInByPasskeyView(passkeys.LoginWebAuthnView):  # type: ignore[misc]
    """The browser says whose passkey it is; only that user's row and factors are looked at."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with acting_for(authority_of(user_named_in(request.POST.get("credential", "")))):
            response: HttpResponse = super().post(request, *args, **kwargs)
            return response


def user_named_in(credential: str) -> UUID | None:
    """The user id in a passkey's answer, which proves nothing yet; None when it is damaged."""
    try:
        handle = json.loads(credential)["response"]["userHandle"]
        return UUID(str(url_str_to_user_pk(websafe_decode(handle).decode())))
    except (ValueError, TypeError, KeyError, ValidationError):
        return None


def authority_of(user_id: UUID | None) -> UUID | None:
    user = door.find_by_id(user_id) if user_id else None
    return user.authority_id if user else None


def between_factors(view: View) -> View:
    """For the page that asks for the second factor: the session names the user whose password was right."""

    @wraps(view)
    def inside(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        pending = request.session.get(LOGIN_SESSION_KEY)
        named = pending.get("user_pk") if isinstance(pending, dict) else None
        with acting_for(authority_of(UUID(str(url_str_to_user_pk(named))) if named else None)):
            return view(request, *args, **kwargs)

    return inside


def recorded(view: View) -> View:
    """For pages that change a second factor: what is there before and after is compared, and the difference
    kept in the audit in the same transaction as the change."""

    @wraps(view)
    def together(request: AskingRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST" or request.actor is None:
            return view(request, *args, **kwargs)
        with transaction.atomic():
            before = second_factors(request.actor)
            response = view(request, *args, **kwargs)
            after = second_factors(request.actor)
            if before != after:
                person = cast(User, request.user)
                operations.record_second_factors(
                    person, before=before, after=after, actor=request.actor, now=now()
                )
        return response

    return together


@public("says that the page is not there")
def closed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    raise Http404


AT_THE_DOOR = public("nobody is signed in yet; django-allauth guards it")
OWN = public("only for the person signed in: django-allauth sends everybody else to sign in")

sign_in = AT_THE_DOOR(SignInView.as_view())
sign_in_by_passkey = AT_THE_DOOR(SignInByPasskeyView.as_view())
second_factor = AT_THE_DOOR(between_factors(factors.authenticate))
sign_out = OWN(account.logout)
inactive = AT_THE_DOOR(account.account_inactive)
