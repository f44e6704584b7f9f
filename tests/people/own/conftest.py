"""An enterprise with a poster on its wall, on a day in April 2022."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from fugong.accounts.choices import ENTERPRISE, Subject
from fugong.core.tenancy import acting_for
from fugong.people import operations
from fugong.people.models import RegistrationCode
from fugong.people.rules.tokens import Token
from tests.accounts import making as accounts
from tests.clocks import stand_still
from tests.core.web.people import signed_in
from tests.people.making import NOW


@pytest.fixture(autouse=True)
def on_the_day(settings: Any, monkeypatch: Any) -> None:
    stand_still(NOW, settings=settings, monkeypatch=monkeypatch)
    settings.FUGONG_ADMIN_MFA = False
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def at(at):
    """Duties are ended by users that there are."""
    known = {
        name: replace(getattr(at, name), user_id=accounts.user(at.authority).id) for name in ("ann", "bo")
    }
    return replace(at, **known)


@pytest.fixture
def code(at) -> RegistrationCode:
    return operations.renew_code(at.firm.id, ends_on=date(2022, 6, 1), actor=at.bo, now=NOW)


@pytest.fixture
def poster(code) -> Token:
    return Token(code.authority_id, bytes.fromhex(code.key))


@pytest.fixture
def contact(at):
    with acting_for(at.authority.id):
        subject = Subject(ENTERPRISE, at.firm.id, at.firm.name)
        return signed_in(accounts.holder(at.authority, "enterprise_contact", subject=subject))
