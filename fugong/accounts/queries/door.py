"""The door: how a user is found before anybody is known, through row-level security.

Row-level security shows no user to a connection without an authority. Naming one user id or one user name in
the connection's setting `fugong.door` shows that one row (and that person's second factors) for reading,
nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import connection
from django.db.models import Exists, OuterRef

from fugong.accounts.models import User
from fugong.accounts.rules import plain_username
from fugong.core.tenancy import can_be_told


@contextmanager
def door_open(*, user_id: UUID | None = None, username: str | None = None) -> Iterator[None]:
    """For the sign-in pages and the session's user only (a test watches who calls it)."""
    _set_door(f"id:{user_id}" if user_id is not None else f"name:{username}")
    try:
        yield
    finally:
        if can_be_told():
            _set_door("")


def _set_door(value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select set_config('fugong.door', %s, false)", [value])


def find_by_id(user_id: UUID) -> User | None:
    """The user with this id in whatever authority, and whether a second factor is set up
    (`has_second_factor`)."""
    with door_open(user_id=user_id):
        second = Authenticator.objects.filter(
            user_id=OuterRef("pk"), type__in=[Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
        )
        return User.objects.filter(pk=user_id).annotate(has_second_factor=Exists(second)).first()


def find_by_username(username: str) -> User | None:
    name = plain_username(username)
    with door_open(username=name):
        return User.objects.filter(username=name).first()
