"""Somebody signed in, for the tests of the closed door."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client

from fugong.accounts.models import User
from fugong.areas.models import Authority
from fugong.core.audit.models import AuditEntry
from fugong.core.tenancy import acting_for
from tests.accounts import making

WRITTEN = "tests.write"


def signed_in(user: User) -> Client:
    """A browser of its own; errors of the server are pages, as they are outside of tests."""
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def inspector(of: Authority) -> User:
    return making.holder(of, "inspector")


def instructor(of: Authority) -> User:
    """Does not see the playbook."""
    return making.holder(of, "instructor")


def count_written(of: Authority) -> int:
    with acting_for(of.id):
        return AuditEntry.objects.filter(action=WRITTEN).count()


def text(response: Any) -> str:
    said: str = response.content.decode()
    return said


def without_token(response: Any) -> str:
    """To compare two answers: each masks the token of its forms anew."""
    return re.sub(r'value="\w{64}"', "", text(response))
