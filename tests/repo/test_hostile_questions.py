"""Nonsense in an address is answered with a page, on every address of the product."""

import re
from uuid import UUID

import pytest
from django.test import Client

from fugong.accounts.choices import known_permissions
from fugong.accounts.models import Membership, Role, User
from fugong.core.tenancy import acting_for
from tests.repo.test_addresses import addresses
from tests.resumption import making

pytestmark = pytest.mark.django_db
NAMES = (
    *("q", "sort", "page", "size", "day", "since", "until", "action", "subject_id", "after", "name"),
    *("credit_code", "show", "kind", "enterprise", "user", "s", "state", "presence", "park", "next"),
)
STRANGE = "%ED%9F%BF%20%F4%8F%BF%BF%20%25_%5C((((('%22%20%ED%A0%80"
"""Words: the last character before the surrogates, the last of all, signs of patterns, half a character."""

QUESTIONS = {
    "a NUL": "%00",
    "strange words": STRANGE,
    "the first day": "0001-01-01",
    "the last day": "9999-12-31",
    "a great number": "9" * 5000,
}


def somebody_who_may_all(of) -> User:
    """No rule would grant this: a page must not break for whoever comes to see it."""
    user = User.objects.create(authority=of, username="all", name="All", added_at=making.NOW)
    role = Role.objects.create(
        authority=of,
        code="all",
        name_zh="all",
        name_en="all",
        permissions=sorted(known_permissions()),
        sight="everything",
        changed_at=making.NOW,
    )
    Membership.objects.create(
        authority=of, user=user, role=role, starts_at=making.NOW, recorded_at=making.NOW
    )
    return user


@pytest.fixture
def clients(settings):
    settings.FUGONG_ADMIN_MFA = False
    settings.FUGONG_CLOCK = making.NOW
    at = making.ground()
    with acting_for(at.authority.id):
        application = making.approved(at)
        known = {
            "application_id": application.id,
            "enterprise_id": at.enterprise.id,
            "certificate_id": making.certificate_of(application).id,
        }
        stranger, one = (Client(raise_request_exception=False) for _ in range(2))
        one.force_login(somebody_who_may_all(at.authority))
    return [one, stranger], known


def paths(known) -> list[str]:
    values = {"slug": "territory", "str": "x", "int": "9" * 30}

    def value(match: re.Match[str]) -> str:
        return str(known.get(match[2], UUID(int=5))) if match[1] == "uuid" else values[match[1]]

    return ["/" + re.sub(r"<(\w+):(\w+)>", value, path) for path, _view in addresses()]


def asked(nonsense: str) -> str:
    return "?" + "&".join(f"{name}={nonsense}" for name in NAMES)


def test_every_address_answers_every_nonsense_without_breaking(clients):
    (one, stranger), known = clients
    asking = [(one, what, asked(nonsense)) for what, nonsense in QUESTIONS.items()]
    asking.append((stranger, "strange words, by a stranger", asked(STRANGE)))
    broken = "\n".join(
        f"{path}: {what}"
        for path in paths(known)
        for client, what, question in asking
        if client.get(path + question).status_code >= 500
    )
    assert broken == ""
