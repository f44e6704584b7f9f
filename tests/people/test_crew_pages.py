"""Who answers for a crew, in the browser's terms."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from fugong.accounts.choices import ENTERPRISE, Subject
from fugong.core.tenancy import acting_for
from fugong.people.models import Crew
from tests.accounts import making as accounts
from tests.enterprises import making as register
from tests.people import making


@pytest.fixture
def firm(db):
    authority = accounts.authority()
    with acting_for(authority.id):
        yield register.registered(register.park(authority))


def browser(firm: Any, role: str = "enterprise_contact") -> Client:
    subject = Subject(ENTERPRISE, firm.id, firm.name)
    user = accounts.holder(firm.authority, role, subject=subject)
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def test_crews_when_employments_name_them_then_each_with_its_people(firm):
    making.registered(firm), making.registered(firm)
    text = browser(firm).get(f"/people/crews/{firm.id}/").content.decode()
    assert "甲班" in text
    assert "The enterprise answers" in text


def test_crews_when_there_are_none_then_it_says_how_to_name_one(firm):
    assert "No crew yet" in browser(firm).get(f"/people/crews/{firm.id}/").content.decode()


def test_leader_when_appointed_and_taken_back_then_shown(firm):
    making.registered(firm)
    accounts.user(firm.authority, "liang", name="梁")
    client, path = browser(firm), f"/people/crews/{firm.id}/"
    assert client.post(path, {"crew": "甲班", "username": "liang"}).status_code == 302
    assert "梁" in client.get(path).content.decode()
    assert client.post(path, {"crew": "甲班", "username": ""}).status_code == 302
    with acting_for(firm.authority_id):
        assert Crew.objects.get().leader_user_id is None


@pytest.mark.parametrize(
    ("crew", "username", "says"),
    [("甲班", "nobody", "Nobody has this user name"), ("乙班", "", "crew"), ("甲班", "", "Nobody leads")],
)
def test_leader_when_it_cannot_be_then_told_and_nothing_is_kept(firm, crew, username, says):
    making.registered(firm)
    response = browser(firm).post(f"/people/crews/{firm.id}/", {"crew": crew, "username": username})
    assert response.status_code == 422
    assert says in response.content.decode()
    with acting_for(firm.authority_id):
        assert not Crew.objects.exists()


def test_crews_when_of_another_enterprise_then_not_found(firm):
    client = browser(firm)
    with acting_for(firm.authority_id):
        other = register.registered(firm.area)
    assert client.get(f"/people/crews/{other.id}/").status_code == 404
