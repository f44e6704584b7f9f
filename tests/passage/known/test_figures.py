"""Figures of a day's passages: counted again from what was known, with a proof by gate."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fugong.core.clock import end_of
from fugong.core.figures import FigureQuery, catalogue, manifest_of
from fugong.passage.choices import Answer, Flag, SubjectKind
from fugong.passage.queries.figures import UnknownScope
from tests.passage.known.making import TODAY, clock, kept, out, scan


def asked(at, key, *, known_at=None, **more):
    as_of = end_of(TODAY)
    query = FigureQuery(
        authority_id=at.authority.id, as_of=as_of, known_at=known_at or as_of + timedelta(days=2), **more
    )
    return catalogue[f"passage.{key}"].compute(query)


def test_passages_and_refusals_of_a_day_then_are_of_people_with_a_row_for_each_gate(at):
    kept(
        at.authority,
        scan(clock("08:00"), at.east, at.worker),
        out(clock("18:00"), at.west, at.worker),
        scan(clock("08:00"), at.east, at.mate, answer=Answer.STOP),
        scan(clock("08:01"), at.east, at.mate, answer=Answer.STOP, flags=Flag.FORCED),
        scan(clock("08:02"), at.road, subject_kind=SubjectKind.VEHICLE),
        scan(clock("08:00", TODAY - timedelta(days=1)), at.east, at.worker),
    )
    passages, refusals = asked(at, "passages"), asked(at, "refusals")
    assert (passages.value, {row.id for row in passages.rows}) == (3, {at.east.id, at.west.id})
    assert refusals.value == 2


def test_what_came_later_then_changes_nothing_of_what_was_known(at):
    kept(at.authority, scan(clock("08:00"), at.east, at.worker))
    known_at = clock("12:00")
    before = asked(at, "passages", known_at=known_at)
    kept(at.authority, scan(clock("09:00"), at.east, at.mate, received_at=clock("13:00")))
    after = asked(at, "passages", known_at=known_at)
    assert manifest_of(before.rows) == manifest_of(after.rows)
    assert (after.value, asked(at, "passages").value) == (1, 2)


def test_a_day_of_which_nothing_is_kept_then_has_no_figure(at):
    assert asked(at, "passages").value is None


def test_a_figure_of_some_areas_then_counts_the_gates_that_lie_there(at):
    kept(at.authority, scan(clock("08:00"), at.east, at.worker))
    assert asked(at, "passages", areas=frozenset({at.park.id})).value == 1
    assert asked(at, "passages", areas=frozenset({at.other.id})).value is None


def test_a_figure_when_narrowed_by_what_it_does_not_know_then_refuses(at):
    with pytest.raises(UnknownScope):
        asked(at, "passages", scope={"size_class": "above"})
