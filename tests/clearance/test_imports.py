"""A list of staff that was taken over bears on levels as single entries do; nobody is free meanwhile."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fugong.clearance import operations
from fugong.clearance.models import Clearance
from fugong.clearance.operations import refreshing
from fugong.clearance.queries import clearance_of
from fugong.core.facts import deliver_due
from fugong.people import operations as people
from fugong.people.models import Person
from fugong.playbooks import operations as playbooks
from fugong.reactions import REACTIONS
from tests.clearance.test_refreshing import REQUIRED
from tests.clearance.test_refreshing import changed as playbook_with
from tests.people import making, staff_lists
from tests.support.making import NOW, Place

OF_HUBEI = REQUIRED.replace("requires.report", "requires.hubei").replace(
    "within_hours = 24", "within_hours = 24\nwhen = 'home_province == \"420000\"'"
)
SOON = NOW + timedelta(minutes=1)


def taken_over(here: Place, lines: list[list[Any]], *, now: Any = NOW) -> None:
    keeper = making.keeper(here.park)
    batch = people.start_import(
        staff_lists.upload(lines), enterprise_id=here.enterprise.id, actor=keeper, now=now
    )
    people.confirm_import(batch.id, actor=keeper, now=now)


def told(here: Place, *, now: Any = NOW) -> int:
    """How many statements the answers took."""
    with CaptureQueriesContext(
        connection,
    ) as captured:
        done = deliver_due(REACTIONS, authorities=[here.authority.id], now=now)
    assert (done.failed, done.dead) == (0, 0)
    return len(captured)


def changed(lines: list[list[Any]], home: str = "安徽淮南") -> list[list[Any]]:
    """The same people, from elsewhere."""
    return [lines[0], *([*row[:4], home, *row[5:]] for row in lines[1:])]


def levels() -> list[str]:
    return sorted(Clearance.objects.values_list("level", flat=True))


def test_list_when_taken_over_then_everybody_has_a_level_without_the_minute_job(here):
    taken_over(here, staff_lists.rows(3))
    told(here)
    assert set(Clearance.objects.values_list("person_id", flat=True)) == set(
        Person.objects.values_list("id", flat=True)
    )
    assert Clearance.objects.filter(computed_at=NOW).count() == 3


def test_list_when_it_says_something_new_then_the_level_follows_at_once(here):
    """Free until the list says that they come from Hubei, of whom the playbook asks a report."""
    asking = playbook_with(("\n[clearance.reasons.contact_told]", OF_HUBEI))
    playbooks.activate(asking, actor=here.person("commander"), now=NOW, from_day=date(2022, 4, 27))
    taken_over(here, changed(staff_lists.rows(3)))
    told(here)
    assert levels() == ["green", "green", "green"]
    taken_over(here, staff_lists.rows(2), now=SOON)
    told(here, now=SOON)
    assert levels() == ["ask", "ask", "green"]


def test_list_when_ten_times_longer_then_no_more_statements(here):
    taken_over(here, staff_lists.rows(3))
    few = told(here)
    taken_over(here, staff_lists.rows(30, start=50))
    assert told(here) <= few + 5


def test_list_when_very_long_then_marked_in_one_stroke_and_brought_by_the_minute_job(here, monkeypatch):
    taken_over(here, staff_lists.rows(3))
    told(here)
    monkeypatch.setattr(refreshing, "AT_ONCE", 2)
    taken_over(here, changed(staff_lists.rows(4)), now=SOON)
    told(here, now=SOON)
    assert Clearance.objects.filter(law=refreshing.STALE).count() == 3
    assert operations.refresh_clearances(here.authority.id, now=SOON) == 4
    assert Clearance.objects.filter(computed_at=SOON).count() == 4
    assert operations.refresh_clearances(here.authority.id, now=SOON) == 0


def test_list_when_nothing_was_computed_yet_then_nobody_in_it_is_free(here):
    taken_over(here, staff_lists.rows(3))
    found = {clearance_of(person.id, now=NOW).level for person in Person.objects.all()}
    assert found == {"ask"}
    assert not Clearance.objects.exists()


@pytest.mark.parametrize("number", [1, 3])
def test_list_when_told_twice_then_as_once(here, number):
    taken_over(here, staff_lists.rows(number))
    told(here)
    operations.recompute_people(
        list(Person.objects.values_list("id", flat=True)), here.authority.id, now=SOON
    )
    assert Clearance.objects.count() == number
