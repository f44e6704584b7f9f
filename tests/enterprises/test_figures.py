"""The figures of any day recompute from events, by what was known at any time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from fugong.areas.models import Area, Authority
from fugong.core.actor import Actor
from fugong.core.figures import FigureQuery, catalogue, manifest_of, printed
from fugong.core.ids import new_id
from fugong.core.operation import operation
from fugong.enterprises import operations, queries
from fugong.enterprises.choices import Kind, SizeClass, StandingState
from fugong.enterprises.models import Enterprise
from fugong.enterprises.queries.figures import UnknownScope
from tests.enterprises import making
from tests.enterprises.making import NOW

pytestmark = pytest.mark.usefixtures("in_north")
HOUR = timedelta(hours=1)


@pytest.fixture
def ann(north: Authority) -> Actor:
    return making.person(north)


def put(enterprise: Enterprise, state: StandingState, *, actor: Actor, at: datetime, known: datetime) -> None:
    with operation("tests.decide", actor=actor, now=known) as op:
        operations.record_standing(enterprise.id, state=state, at=at, decision_id=new_id(), op=op)


def figure(
    key: str, authority: Authority, *, as_of: datetime = NOW, known_at: datetime | None = None, **rest: Any
) -> Any:
    query = FigureQuery(authority_id=authority.id, as_of=as_of, known_at=known_at or as_of, **rest)
    return catalogue[f"enterprises.{key}"].compute(query)


def rate(key: str, authority: Authority) -> Any:
    query = FigureQuery(authority_id=authority.id, as_of=NOW, known_at=NOW)
    return catalogue[f"enterprises.{key}"].figure(query)


def test_figures_of_the_case_come_out_to_the_digit(
    north: Authority, park_a: Area, park_b: Area, ann: Actor
) -> None:
    """106 enterprises, 91 of them resumed; 39 above size, 36 of those resumed: 85.8 % and 92.3 %."""
    for number in range(106):
        area = park_a if number % 2 else park_b
        made = making.registered(area, size_class=SizeClass.ABOVE if number < 39 else SizeClass.BELOW)
        if number < 36 or 39 <= number < 94:
            put(made, StandingState.RESUMED, actor=ann, at=NOW - HOUR, known=NOW - HOUR)
    making.registered(park_a, kind=Kind.SCHOOL)

    assert figure("in_scope", north).value == 106
    assert figure("resumed", north).value == 91
    assert figure("above_size.in_scope", north).value == 39
    assert figure("above_size.resumed", north).value == 36
    assert str(rate("resumption_rate", north).value) == "85.8"
    assert str(rate("above_size.resumption_rate", north).value) == "92.3"
    assert figure("in_scope", north, scope={"size_class": "above"}).value == 39
    assert figure("resumed", north, areas=frozenset({park_a.id})).value < 91
    counted = queries.totals(queries.standing_counts(ann))
    assert (counted.in_scope, counted.resumed, counted.not_resumed) == (106, 91, 15)


@pytest.mark.parametrize(
    ("key", "kind", "printed_as"),
    [
        ("sites", Kind.CONSTRUCTION_SITE, "1个"),
        ("traders", Kind.TRADER, "1户"),
        ("schools", Kind.SCHOOL, "1所"),
        ("hotels", Kind.HOTEL, "1家"),
    ],
)
def test_other_kinds_are_counted_with_their_own_measure_word(
    north: Authority, park_a: Area, key: str, kind: Kind, printed_as: str
) -> None:
    making.registered(park_a)
    made = making.registered(park_a, kind=kind)
    (row,) = figure(key, north).rows
    assert row.id == made.id
    assert printed(rate(key, north), "zh-hans") == printed_as


def test_rate_of_nothing_is_absent(north: Authority) -> None:
    assert rate("resumption_rate", north).value is None


def test_figure_when_asked_by_an_unknown_attribute_is_refused(north: Authority) -> None:
    with pytest.raises(UnknownScope):
        figure("resumed", north, scope={"colour": "red"})


def test_resumed_figure_keeps_its_value_when_more_is_known_later(
    north: Authority, park_a: Area, ann: Actor
) -> None:
    first, second = making.registered(park_a), making.registered(park_a)
    put(first, StandingState.RESUMED, actor=ann, at=NOW - HOUR, known=NOW - HOUR)
    before = figure("resumed", north)
    put(second, StandingState.RESUMED, actor=ann, at=NOW - HOUR, known=NOW + HOUR)
    put(first, StandingState.SUSPENDED, actor=ann, at=NOW + HOUR, known=NOW + HOUR)

    assert manifest_of(figure("resumed", north).rows) == manifest_of(before.rows)
    assert figure("resumed", north, as_of=NOW, known_at=NOW + HOUR).value == 2
    assert figure("resumed", north, as_of=NOW + HOUR).value == 1
    assert figure("resumed", north, as_of=NOW - 2 * HOUR).value == 0


def test_suspended_does_not_count_and_counts_again_when_reopened(
    north: Authority, park_a: Area, ann: Actor
) -> None:
    made = making.registered(park_a)
    values = []
    for hour, state in enumerate((StandingState.RESUMED, StandingState.SUSPENDED, StandingState.RESUMED)):
        at = NOW + hour * HOUR
        put(made, state, actor=ann, at=at, known=at)
        values.append(figure("resumed", north, as_of=at).value)
    assert values == [1, 0, 1]


def test_size_class_when_corrected_later_leaves_what_was_known(
    north: Authority, park_a: Area, ann: Actor
) -> None:
    made = making.registered(park_a)
    said = replace(queries.data_of(made), size_class=SizeClass.BELOW)
    operations.update(made.id, said, actor=ann, now=NOW + HOUR, since=making.ENTERED)
    assert figure("above_size.in_scope", north, as_of=NOW, known_at=NOW).value == 1
    assert figure("above_size.in_scope", north, as_of=NOW, known_at=NOW + HOUR).value == 0


def test_size_class_when_changed_from_a_day_counts_from_that_day(
    north: Authority, park_a: Area, ann: Actor
) -> None:
    made = making.registered(park_a)
    said = replace(queries.data_of(made), size_class=SizeClass.BELOW)
    operations.update(made.id, said, actor=ann, now=NOW, since=date(2022, 4, 20))
    known = {"known_at": NOW}
    assert figure("above_size.in_scope", north, as_of=making.noon(2022, 4, 19), **known).value == 1
    assert figure("above_size.in_scope", north, as_of=making.noon(2022, 4, 20), **known).value == 0


def test_correction_of_the_past_reaches_later_entries_too(
    north: Authority, park_a: Area, park_b: Area, ann: Actor
) -> None:
    """Moved on the 20th; on the 27th its size class is corrected from the beginning: both stay true."""
    made = making.registered(park_a)
    moved = replace(queries.data_of(made), area_id=park_b.id)
    operations.update(made.id, moved, actor=ann, now=NOW, since=date(2022, 4, 20))
    corrected = replace(moved, size_class=SizeClass.BELOW)
    operations.update(made.id, corrected, actor=ann, now=NOW + HOUR, since=making.ENTERED)

    def seen(day: int) -> tuple[Any, ...]:
        (row,) = queries.standing_as_of(north.id, as_of=making.noon(2022, 4, day), known_at=NOW + HOUR)
        return row.area_id, row.size_class

    assert seen(19) == (park_a.id, "below")
    assert seen(21) == (park_b.id, "below")


def test_proof_when_anything_that_counted_differs_differs(north: Authority, park_a: Area, ann: Actor) -> None:
    made = making.registered(park_a)
    first = figure("in_scope", north).rows
    said = replace(queries.data_of(made), normal_staff=7, address="新址")
    operations.update(made.id, said, actor=ann, now=NOW, since=making.ENTERED)
    assert figure("in_scope", north).rows == first
    moved = replace(said, credit_code=making.credit_code(424_242))
    operations.update(made.id, moved, actor=ann, now=NOW + HOUR, since=making.ENTERED)
    assert figure("in_scope", north, as_of=NOW, known_at=NOW + HOUR).rows != first


def test_counters_when_everything_happens_equal_a_count_of_the_rows(
    north: Authority, park_a: Area, park_b: Area, ann: Actor
) -> None:
    made = [making.registered(park_a) for _ in range(6)]
    for each in made[:4]:
        put(each, StandingState.RESUMED, actor=ann, at=NOW, known=NOW)
    put(made[0], StandingState.SUSPENDED, actor=ann, at=NOW, known=NOW)
    operations.update(made[1].id, replace(queries.data_of(made[1]), area_id=park_b.id), actor=ann, now=NOW)
    operations.leave_park(made[2].id, left_on=date(2022, 4, 27), actor=ann, now=NOW)
    operations.update(made[2].id, replace(queries.data_of(made[2]), area_id=park_b.id), actor=ann, now=NOW)
    tally = queries.totals(queries.standing_counts(ann))
    assert (tally.in_scope, tally.resumed, tally.suspended) == (5, 2, 1)
    assert queries.totals(queries.standing_counts(ann), area_id=park_b.id).in_scope == 1
    of_park_b = making.person(north, areas=frozenset({park_b.id}))
    assert queries.totals(queries.standing_counts(of_park_b)).in_scope == 1
    in_care = frozenset(each.id for each in made)
    for areas, expected in ((frozenset(), (5, 2, 1)), (frozenset({park_b.id}), (5, 2, 1))):
        leader = making.person(north, areas=areas, cared_for=in_care)
        tally = queries.totals(queries.standing_counts(leader))
        assert (tally.in_scope, tally.resumed, tally.suspended) == expected
