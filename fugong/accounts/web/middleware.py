"""Who asks: from the session to the user and the actor, and the ways on which a session ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from fugong.accounts import queries, rules
from fugong.accounts.models import User
from fugong.core.actor import Actor
from fugong.core.clock import now
from fugong.core.tenancy import acting_for
from fugong.core.web.middleware import is_sign_in
from fugong.core.web.pages import access_of

SEEN = "fugong_seen_at"
SEEN_EVERY = timedelta(minutes=1)
ALWAYS_OPEN = frozenset({"accounts:own_password", "account_logout", "account_reauthenticate"})


class SignedIn:
    """Sets `request.user` and `request.actor` (None: nobody is signed in).

    A session ends when its user left, when the password changed, and after FUGONG_IDLE_MINUTES without a
    request.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        moment = now()
        user = _user_of(request, moment)
        if user is None:
            return self._answer(request, AnonymousUser(), None)
        # The whole request runs inside the authority, so that nothing below has to enter it again.
        with acting_for(user.authority_id):
            return self._answer(request, user, queries.actor_of(user, now=moment))

    def _answer(
        self, request: HttpRequest, user: User | AnonymousUser, actor: Actor | None
    ) -> HttpResponseBase:
        request.user = user
        request.actor = actor  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """What must be done first: a password of one's own, and for administrators a second factor."""
        actor: Actor | None = request.actor  # type: ignore[attr-defined]
        if actor is None or _is_open_to_all(view, request):
            return None
        user = request.user
        assert isinstance(user, User)
        if user.must_change_password:
            return redirect("accounts:own_password")
        if must_set_up_second_factor(user, actor) and not is_sign_in(request):
            return redirect("mfa_index")
        return None


def must_set_up_second_factor(user: User, actor: Actor) -> bool:
    required = settings.FUGONG_ADMIN_MFA and rules.is_administrator(actor.permissions)
    return required and not user.has_second_factor  # type: ignore[attr-defined]


def _is_open_to_all(view: object, request: HttpRequest) -> bool:
    match, access = request.resolver_match, access_of(view)
    if match is not None and match.view_name in ALWAYS_OPEN:
        return True
    return access is not None and access.kind == "public" and not is_sign_in(request)


def _user_of(request: HttpRequest, moment: datetime) -> User | None:
    if auth.SESSION_KEY not in request.session:
        return None
    if _idle_too_long(request, moment):
        request.session.flush()
        return None
    user = auth.get_user(request)
    return user if isinstance(user, User) else None


def _idle_too_long(request: HttpRequest, moment: datetime) -> bool:
    """Notes the visit too, once a minute: a write for every request would cost more than it tells."""
    seen = request.session.get(SEEN)
    since = moment - datetime.fromisoformat(seen) if seen else None
    if since is not None and since > timedelta(minutes=settings.FUGONG_IDLE_MINUTES):
        return True
    # A demonstration's clock starts again with the server: a visit "in the future" is noted anew.
    if since is None or not timedelta(0) <= since < SEEN_EVERY:
        request.session[SEEN] = moment.isoformat()
    return False
