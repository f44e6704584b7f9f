"""Suzhou: venue codes in daily use for two weeks, and what the record says of their use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from uuid import UUID

import pytest
from django.test import Client

from fugong.accounts.models import User
from fugong.areas.queries import find_authority
from fugong.core.actor import system_actor
from fugong.core.audit.verifying import verify
from fugong.core.clock import local_date
from fugong.core.tenancy import acting_for
from fugong.passage import queries
from fugong.passage.choices import Answer, Flag, Reason, Way
from fugong.passage.models import Scan, VenueCheck
from fugong.passage.operations.gates import close_gate
from fugong.people.models import Device, Person
from fugong.scenarios.opening import open_scenario

STORY = open_scenario("suzhou")
FIRST, LAST = date(2022, 8, 1), date(2022, 8, 14)


@pytest.fixture
def park(in_suzhou) -> Iterator[UUID]:
    authority = find_authority("suzhou")
    assert authority is not None
    with acting_for(authority.id):
        yield authority.id


def told(word: str) -> Counter[tuple[str, date]]:
    """What the story says of each enterprise and day."""
    days = [act for act in STORY.acts if act.what == "place_day"]
    return Counter({(act.enterprise, local_date(act.at)): int(act.detail[word]) for act in days})


def test_everything_in_the_story_is_marked_as_made_up():
    assert all(row["provenance"] == "synthetic" and "（合成）" in row["name"] for row in STORY.enterprises)
    assert all("（合成）" in user["name"] for user in STORY.users)


def test_everybody_has_a_phone_of_her_own_and_a_marked_name(park):
    people = list(Person.objects.all())
    assert len(people) == sum(
        int(act.detail["people"]) for act in STORY.acts if act.what == "register_phones"
    )
    assert all("（合成）" in person.name for person in people)
    assert Device.objects.filter(person__isnull=False, ended_at=None).count() == len(people)


def test_who_came_is_present_and_who_tapped_on_a_picture_at_home_is_not(park):
    here, forwarded = told("here"), told("forwarded")
    confirmed = Scan.objects.filter(way=Way.BY_HAND)
    assert confirmed.count() == here.total()
    assert {(row.answer, row.flags) for row in confirmed} == {(Answer.ALLOW, 0)}
    tapped = Scan.objects.filter(way=Way.VENUE)
    assert tapped.count() == here.total() + forwarded.total()
    assert {(row.answer, row.reason, row.flags) for row in tapped} == {
        (Answer.ASK, Reason.NOT_ON_THE_SPOT, Flag.NOT_SHOWN_TO_BE_THERE)
    }
    assert forwarded.total() == 3
    assert VenueCheck.objects.count() == tapped.count()


def test_the_use_of_each_enterprise_on_each_day_is_as_the_story_tells(park):
    actor = system_actor(park, "tests")
    found = queries.use_of_venues(actor, since=FIRST, until=LAST)
    names = {row["name"]: row["ref"] for row in STORY.enterprises}
    counted = {
        (names[use.gate.enterprise.name], day): use.counted[day]
        for use in found
        for day in use.days
        if use.counted[day]
    }
    assert counted == {key: number for key, number in told("here").items() if number}


def test_a_working_day_without_a_scan_is_shown_as_a_gap(park):
    found = queries.use_of_venues(system_actor(park, "tests"), since=FIRST, until=LAST)
    gaps = {use.gate.enterprise.name: use.gaps for use in found if use.gaps}
    (name,) = gaps
    assert name == next(row["name"] for row in STORY.enterprises if row["ref"] == "E06")
    assert gaps[name] == [date(2022, 8, 4), date(2022, 8, 10)]


def test_who_must_have_a_code_and_has_none_is_named(park):
    """All six have one; with its venue closed an enterprise is missed."""
    actor = system_actor(park, "tests")
    assert not queries.list_without_code(actor, on=LAST).exists()
    gate = queries.use_of_venues(actor, since=FIRST, until=LAST)[0].gate
    close_gate(gate.id, actor=actor, now=STORY.ends_at)
    assert [each.id for each in queries.list_without_code(actor, on=LAST)] == [gate.enterprise_id]


def test_the_trail_is_whole(park):
    verdict = verify(park)
    assert (verdict.is_intact, verdict.waiting, verdict.unproven) == (True, 0, 0)


def test_the_list_of_venues_shows_the_use_to_the_park(park, settings):
    settings.FUGONG_CLOCK = STORY.ends_at
    client = Client()
    client.force_login(User.objects.get(username="park"))
    page = client.get("/venues/").content.decode()
    assert page.count("/venues/") > 6
    assert 'datetime="2022-08-04"' in page
