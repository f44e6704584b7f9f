"""Who answers for a crew, in the browser's terms."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from fugong.accounts.choices import ENTERPRISE, Subject
from fugong.core.actor import worker_actor
from fugong.core.tenancy import acting_for
from fugong.people import operations, queries
from fugong.people.models import Crew, Employment
from tests.accounts import making as accounts
from tests.enterprises import making as register
from tests.people import making
from tests.people.own import making as phones


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


def test_leader_when_a_worker_with_a_phone_is_chosen_then_offered_and_appointed(firm):
    worker, other = making.registered(firm), making.registered(firm, name="王芳")
    phones.phone_of(worker)
    client, path = browser(firm), f"/people/crews/{firm.id}/"
    offered = client.get(path, {"crew": "甲班"}).content.decode()
    assert str(worker.id) in offered
    assert str(other.id) not in offered
    assert client.post(path, {"crew": "甲班", "person": str(worker.id)}).status_code == 302
    with acting_for(firm.authority_id):
        assert Crew.objects.get().leader_person_id == worker.id
    assert "sheet and the reminders on the own phone" in client.get(path).content.decode()


@pytest.mark.parametrize("named", ["without a phone", "of another crew", "both"])
def test_leader_when_no_worker_of_the_crew_on_a_phone_or_two_are_named_then_refused(firm, named):
    worker = making.registered(firm)
    if named != "without a phone":
        phones.phone_of(worker)
    if named == "of another crew":
        Employment.objects.filter(person=worker).update(crew="乙班")
        making.registered(firm)
    accounts.user(firm.authority, "liang")
    username = "liang" if named == "both" else ""
    sent = {"crew": "甲班", "person": str(worker.id), "username": username}
    assert browser(firm).post(f"/people/crews/{firm.id}/", sent).status_code == 422
    with acting_for(firm.authority_id):
        assert not Crew.objects.exists()


def test_crews_when_the_worker_who_led_has_left_then_said_and_the_crew_is_out_of_sight(firm):
    worker = making.registered(firm)
    token = phones.phone_of(worker)
    client, path = browser(firm), f"/people/crews/{firm.id}/"
    client.post(path, {"crew": "甲班", "person": str(worker.id)})
    with acting_for(firm.authority_id):
        actor = worker_actor(worker.authority_id, worker.id, worker.name)
        assert queries.crews_led_by(actor) == {firm.id: {"甲班"}}
        operations.end_employment(worker.id, on=making.TODAY, actor=making.contact(firm), now=making.NOW)
        assert queries.crews_led_by(actor) == {}
    assert "has left: the enterprise answers" in client.get(path).content.decode()
    assert "My crew" not in phones.holding(token).get("/me/").content.decode()


def test_crews_when_there_are_many_then_as_few_statements(firm, django_assert_max_num_queries):
    client, path = browser(firm), f"/people/crews/{firm.id}/"
    for number in range(6):
        with acting_for(firm.authority_id):
            worker = making.registered(firm)
            Employment.objects.filter(person=worker).update(crew=f"{number}班")
            phones.phone_of(worker)
        client.post(path, {"crew": f"{number}班", "person": str(worker.id)})
    with django_assert_max_num_queries(30):
        client.get(path, {"crew": "1班"})
