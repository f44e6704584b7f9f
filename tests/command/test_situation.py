"""The situation page: what holds now, as far as the reader sees, at a price that does not grow."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fugong.command import queries
from fugong.core.actor import Actor
from fugong.enterprises import queries as enterprises
from fugong.enterprises.choices import Kind, StandingState
from fugong.enterprises.queries import list_enterprises
from tests.bench.growing import grow
from tests.command.case import NOW
from tests.core.web.people import signed_in, text

pytestmark = pytest.mark.usefixtures("morning_after")


def numbers(share: Any) -> Any:
    return share.whole.value, share.part.value, str(share.rate.value)


def test_the_commander_sees_all_and_each_park(case, publisher):
    found = queries.situation(publisher, now=NOW)
    assert numbers(found.everyone) == (106, 91, "85.8")
    assert numbers(found.above_size) == (39, 36, "92.3")
    assert [sum(each) for each in zip(*(numbers(share)[:2] for share in found.areas), strict=True)] == [
        106,
        91,
    ]
    assert found.bulletin == case.published


def test_a_park_sees_itself_only(case):
    found = queries.situation(case.actor("park1"), now=NOW)
    assert [share.name for share in found.areas] == ["Datong Industrial New Zone"]
    assert numbers(found.everyone) == numbers(found.areas[0])
    assert numbers(found.everyone)[0] < 106


def visible(actor: Actor) -> tuple[int, int]:
    seen = [row for row in list_enterprises(actor).present() if row.kind == Kind.ENTERPRISE]
    return len(seen), sum(row.standing.state == StandingState.RESUMED for row in seen)


def test_a_leader_sees_those_in_care(case):
    leader = case.actor("leader01")
    found = queries.situation(leader, now=NOW)
    assert numbers(found.everyone)[:2] == visible(leader)
    assert found.everyone.whole.value == len(leader.cared_for) > 0
    assert sum(numbers(share)[0] for share in found.areas) == numbers(found.everyone)[0]
    resumed = sum(each.resumed for each in queries.today(leader, now=NOW).trend)
    assert resumed >= numbers(found.everyone)[1] > 0


def test_who_has_a_park_and_some_in_care_sees_each_once(case):
    reviewer, leaders = case.actor("park1"), [case.actor(f"leader0{number}") for number in range(1, 6)]
    cared_for = frozenset().union(*(leader.cared_for for leader in leaders))
    both = replace(reviewer, cared_for=cared_for)
    rows = list_enterprises(both).filter(id__in=cared_for)
    inside = sum(row.area_id in reviewer.areas for row in rows)
    assert 0 < inside < len(cared_for)
    found = queries.situation(both, now=NOW)
    assert numbers(found.everyone)[:2] == visible(both)
    trend, of_park = (queries.today(each, now=NOW).trend for each in (both, reviewer))
    assert sum(each.resumed for each in trend) > sum(each.resumed for each in of_park)


def test_those_in_care_cost_no_further_statement(case, publisher, django_assert_num_queries):
    leader = case.actor("leader01")
    both = replace(case.actor("park1"), cared_for=leader.cared_for)
    for actor in (publisher, leader, both):
        with django_assert_num_queries(1):
            enterprises.standing_counts(actor)
        with django_assert_num_queries(1):
            enterprises.standing_by_day(actor, until=NOW.date(), days=30)


def test_it_is_of_now_and_not_of_the_bulletin(case, publisher):
    case.enter(StandingState.RESUMED, at=NOW, now=NOW)
    found = queries.situation(publisher, now=NOW)
    assert numbers(found.everyone) == (106, 92, "86.8")
    assert queries.verify(case.published).is_good


def test_the_bulletin_is_shown_only_to_who_may_see_bulletins(case, publisher):
    blind = replace(publisher, permissions=publisher.permissions - {"bulletins.see"})
    assert queries.situation(blind, now=NOW).bulletin is None


def test_where_nobody_is_in_scope_there_is_no_rate(case, publisher):
    nowhere = replace(publisher, all_areas=False, areas=frozenset())
    found = queries.situation(nowhere, now=NOW)
    assert (found.everyone.rate.value, found.everyone.percent, found.areas) == (None, 0, ())


def statements(client):
    with CaptureQueriesContext(connection) as seen:
        response = client.get("/situation/")
    assert response.status_code == 200
    return len(seen), text(response)


def test_the_page_asks_no_more_at_a_thousand_enterprises(alone):
    client = signed_in(alone.user("commander"))
    client.get("/situation/")
    few, said = statements(client)
    assert "1060" not in said.replace(",", "")
    grow(alone.authority_id, factor=10)
    many, said = statements(client)
    assert "1060" in said.replace(",", "")
    assert many == few
