"""Further premises: kept beside the main ones, never counted twice."""

from __future__ import annotations

from datetime import date

import pytest

from fugong.areas.models import Area, Authority
from fugong.core.actor import Actor
from fugong.core.audit.models import AuditEntry
from fugong.core.ids import new_id
from fugong.core.refusals import Conflict, Invalid, NotFound, NotPermitted
from fugong.enterprises import operations, queries
from fugong.enterprises.models import Premises
from tests.enterprises import making
from tests.enterprises.making import NOW

pytestmark = pytest.mark.usefixtures("in_north")
SINCE = date(2021, 6, 1)


@pytest.fixture
def ann(north: Authority) -> Actor:
    return making.person(north)


def test_premises_are_kept_and_the_enterprise_counted_once(ann: Actor, park_a: Area, park_b: Area) -> None:
    made = making.registered(park_a)
    operations.add_premises(made.id, place=(park_b.id, " 乙路 2号 "), since_on=SINCE, actor=ann, now=NOW)
    (found,) = queries.list_premises(ann, made.id)
    assert (found.area_id, found.address, found.since_on) == (park_b.id, "乙路 2号", SINCE)
    tallies = queries.standing_counts(ann)
    assert queries.totals(tallies).in_scope == 1
    assert queries.totals(tallies, area_id=park_b.id).in_scope == 0
    row = AuditEntry.objects.get(action="enterprises.add_premises")
    assert row.changes == {"premises": "乙路 2号", "area": "park-b", "since_on": "2021-06-01"}


def test_premises_when_given_up_stay_in_the_record(ann: Actor, park_a: Area) -> None:
    made = making.registered(park_a)
    kept = operations.add_premises(made.id, place=(park_a.id, "x"), since_on=SINCE, actor=ann, now=NOW)
    operations.end_premises(kept.id, until_on=date(2022, 1, 1), actor=ann, now=NOW)
    assert Premises.objects.get().until_on == date(2022, 1, 1)
    row = AuditEntry.objects.get(action="enterprises.end_premises")
    assert row.changes["until_on"] == [None, "2022-01-01"]
    with pytest.raises(Conflict):
        operations.end_premises(kept.id, until_on=date(2022, 2, 1), actor=ann, now=NOW)


@pytest.mark.parametrize(
    ("address", "since", "field"),
    [(" ", SINCE, "address"), ("路" * 301, SINCE, "address"), ("x", date(2022, 4, 28), "since_on")],
)
def test_premises_when_wrong_name_the_field(
    ann: Actor, park_a: Area, address: str, since: date, field: str
) -> None:
    made = making.registered(park_a)
    with pytest.raises(Invalid) as caught:
        operations.add_premises(made.id, place=(park_a.id, address), since_on=since, actor=ann, now=NOW)
    assert set(caught.value.fields) == {field}
    assert not Premises.objects.exists()


def test_premises_when_given_up_before_they_were_used_are_refused(ann: Actor, park_a: Area) -> None:
    made = making.registered(park_a)
    kept = operations.add_premises(made.id, place=(park_a.id, "x"), since_on=SINCE, actor=ann, now=NOW)
    with pytest.raises(Invalid):
        operations.end_premises(kept.id, until_on=date(2021, 5, 1), actor=ann, now=NOW)


def test_premises_of_what_is_not_there_are_not_found(ann: Actor, park_a: Area) -> None:
    made = making.registered(park_a)
    with pytest.raises(NotFound):
        operations.add_premises(new_id(), place=(park_a.id, "x"), since_on=SINCE, actor=ann, now=NOW)
    with pytest.raises(NotFound):
        operations.add_premises(made.id, place=(new_id(), "x"), since_on=SINCE, actor=ann, now=NOW)
    with pytest.raises(NotFound):
        operations.end_premises(new_id(), until_on=SINCE, actor=ann, now=NOW)


def test_premises_of_another_persons_area_are_refused(north: Authority, park_a: Area, park_b: Area) -> None:
    made = making.registered(park_a)
    kept = operations.add_premises(
        made.id, place=(park_b.id, "x"), since_on=SINCE, actor=making.person(north), now=NOW
    )
    carer = making.person(north, areas=frozenset({park_b.id}), cared_for=frozenset({made.id}))
    with pytest.raises(NotPermitted):
        operations.add_premises(made.id, place=(park_b.id, "y"), since_on=SINCE, actor=carer, now=NOW)
    with pytest.raises(NotPermitted):
        operations.end_premises(kept.id, until_on=SINCE, actor=carer, now=NOW)
