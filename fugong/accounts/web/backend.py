"""Who a user name and a password, or a session, belong to."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from fugong.accounts.models import User
from fugong.accounts.queries import door


class PasswordBackend(BaseBackend):
    """Finds users through the door of row-level security; a name that does not exist costs as much as a
    wrong password."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: Any
    ) -> User | None:
        if not username or not password:
            return None
        user = door.find_by_username(username)
        if user is None or not user.has_usable_password():
            make_password(password)
            return None
        return user if user.check_password(password) and user.is_active else None

    def get_user(self, user_id: UUID) -> User | None:
        user = door.find_by_id(user_id)
        return user if user is not None and user.is_active else None
