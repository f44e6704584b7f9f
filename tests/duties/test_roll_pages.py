"""Rolls in the browser's terms: on the home page, all of them, one of them, one person let off."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from fugong.accounts.models import User
from fugong.core import clock
from fugong.core.tenancy import acting_for
from fugong.duties.choices import Outcome, owed_by_user
from fugong.duties.models import Duty, Entry
from fugong.duties.web import people as registry
from fugong.duties.web import roll_views, views
from fugong.duties.web.people import Shown, Way
from tests.accounts import making as people
from tests.duties.making import NOON, REPORT, person, roll, subject, tick
from tests.duties.test_web import text_of

SEES = "reviewer_headquarters"


@pytest.fixture(autouse=True)
def _at_noon(monkeypatch):
    for module in (views, roll_views):
        monkeypatch.setattr(module, "present", lambda: NOON)
    monkeypatch.setattr(clock, "now", lambda: NOON)
    monkeypatch.setattr("fugong.accounts.web.middleware.now", lambda: NOON)


@pytest.fixture
def north(db):
    made = people.authority()
    with acting_for(made.id):
        yield made


def browser(user: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


@pytest.fixture
def ann(north) -> User:
    return people.holder(north, SEES)


def opened(user: User, numbers: Any = (1, 2, 3), **changes: Any) -> Duty:
    return roll(people.acting(user), numbers, **changes)


def test_home_when_a_roll_is_owed_then_it_says_how_far_it_is_and_leads_to_who_is_missing(north, ann):
    duty = opened(ann, owner=owed_by_user(ann.id))
    tick(people.acting(ann), 1)
    response = browser(ann).get("/")
    assert "1/3" in text_of(response)
    assert f'href="/duties/rolls/{duty.id}/"' in response.content.decode()


def test_rolls_when_there_are_some_then_totals_and_each_with_its_counters(north, ann):
    opened(ann)
    opened(ann, (4, 5), subject=subject(2))
    tick(people.acting(ann), 4), tick(people.acting(ann), 5)
    text = text_of(browser(ann).get("/duties/rolls/"))
    assert "2/5" in text  # the done roll counts in the total, and is on no list
    assert "2 rolls · 3 people missing" in text
    assert "Enterprise 1" in text
    assert "Enterprise 2" not in text


def test_rolls_when_nobody_is_missing_then_it_says_so(north, ann):
    assert "Nobody is missing on any roll" in text_of(browser(ann).get("/duties/rolls/"))


def test_rolls_when_there_are_many_then_as_many_statements_as_for_one(
    north, ann, django_assert_max_num_queries
):
    for number in range(60):
        opened(ann, (number + 1,), subject=subject(number + 1))
    client = browser(ann)
    client.get("/duties/rolls/")
    with django_assert_max_num_queries(16):
        response = client.get("/duties/rolls/?sort=-missing")
    assert response.content.count(b"<tr") == 51


def test_rolls_when_asked_without_permission_then_refused(north):
    # No shipped role of an enterprise looks over others.
    contact = people.holder(north, "enterprise_contact", subject=people.enterprise())
    assert browser(contact).get("/duties/rolls/").status_code == 403


def test_roll_when_looked_at_then_who_is_missing_by_name_and_nothing_of_the_files(north, ann):
    duty = opened(ann)
    tick(people.acting(ann), 2)
    text = text_of(browser(ann).get(duty.url))
    assert "1/3" in text
    assert "Person 1" in text
    assert "Person 2" not in text


def test_roll_when_the_files_may_be_seen_then_crew_and_masked_phone_asked_at_once(north, ann, monkeypatch):
    duty, asked = opened(ann), []

    def files(actor: Any, ids: Any) -> Any:
        asked.append(ids)
        return {person(1): Shown(url="/people/1/", crew="Crew A", phone="138****0001")}

    monkeypatch.setattr(registry, "_people", [files])
    monkeypatch.setattr(
        registry, "_ways", {REPORT: lambda _actor, group: Way("Sheet", f"/s/{group.period}/")}
    )
    response = browser(ann).get(duty.url)
    text = text_of(response)
    assert "Crew A · 138****0001" in text
    assert 'href="/s/2022-04-27/"' in response.content.decode()
    assert len([ids for ids in asked if ids]) == 1


def test_roll_when_it_has_hundreds_then_the_first_and_how_many_more(north, ann):
    duty = opened(ann, range(1, 205))
    assert "4 more people are not shown" in text_of(browser(ann).get(duty.url))


def test_roll_when_of_others_then_not_found(north, ann):
    duty = opened(ann)
    contact = people.holder(north, "enterprise_contact", subject=people.enterprise())
    entry = duty.entries.first()
    client = browser(contact)
    assert client.get(duty.url).status_code == 404
    assert client.get(f"/duties/rolls/entries/{entry.id}/excuse/").status_code == 404


def let_off(client: Client, entry: Entry, **data: str) -> Any:
    return client.post(
        f"/duties/rolls/entries/{entry.id}/excuse/", {"reason": "absent", "note": "on leave"} | data
    )


def test_excuse_when_said_then_let_off_and_shown_with_the_reason(north, ann):
    duty = opened(ann)
    entry = duty.entries.get(subject_id=person(1))
    client = browser(ann)
    assert client.get(f"/duties/rolls/entries/{entry.id}/excuse/").status_code == 200
    response = let_off(client, entry)
    assert response.status_code == 302
    text = text_of(client.get(duty.url))
    assert "On leave, or not on shift: on leave" in text
    assert "0/2" in text
    with acting_for(north.id):
        assert Entry.objects.get(id=entry.id).outcome is Outcome.EXCUSED


def test_excuse_when_without_a_note_then_told_at_the_field_and_nothing_is_lost(north, ann):
    entry = opened(ann).entries.first()
    response = let_off(browser(ann), entry, note="")
    assert response.status_code == 422
    with acting_for(north.id):
        assert Entry.objects.get(id=entry.id).outcome is Outcome.OPEN


def test_excuse_when_done_meanwhile_then_told(north, ann):
    entry = opened(ann).entries.get(subject_id=person(1))
    tick(people.acting(ann), 1)
    response = let_off(browser(ann), entry)
    assert response.status_code == 422
    assert "has ended already" in text_of(response)


def test_roll_when_missed_for_good_then_nobody_is_let_off_any_more(north, ann):
    duty = opened(ann, due_at=NOON - timedelta(days=3), opened_at=NOON - timedelta(days=4))
    Duty.objects.filter(id=duty.id).update(lapsed_at=NOON)
    assert "Let off" not in text_of(browser(ann).get(duty.url))


def test_roll_when_the_reader_may_not_excuse_then_nobody_is_let_off_there(north, ann):
    duty = opened(ann)
    entry = duty.entries.earliest("id")
    commander = browser(people.holder(north, "commander"))
    assert "Let off" not in text_of(commander.get(duty.url))
    assert let_off(commander, entry).status_code == 404


def test_shortfall_when_a_roll_is_missed_then_with_its_counters(north, ann):
    opened(ann)
    text = text_of(browser(ann).get("/duties/shortfall/"))
    assert "0/3" in text
