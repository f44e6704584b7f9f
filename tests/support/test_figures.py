"""The figure recomputes from events: as of any time, as known at any time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from fugong.core.figures import FigureQuery, catalogue, manifest_of
from fugong.core.ids import new_id
from fugong.core.tenancy import acting_for
from fugong.support.choices import State, Step
from fugong.support.models import DifficultyEvent
from fugong.support.queries import DIFFICULTIES_SOLVED
from tests.support.making import DAY, HOUR, NOW, Place, brought_to, place

SOLVED_AT = NOW + 3 * HOUR


def ask(here: Place, *, as_of: datetime = NOW + DAY, known_at: datetime | None = None, **changed: Any) -> Any:
    query = FigureQuery(authority_id=here.authority.id, as_of=as_of, known_at=known_at or as_of, **changed)
    return catalogue[DIFFICULTIES_SOLVED].compute(query)


def test_figure_when_solved_then_counted_with_the_very_event(here):
    difficulty = brought_to(State.SOLVED, here)
    event = DifficultyEvent.objects.get(difficulty=difficulty, step=Step.SOLVE)
    computed = ask(here)
    assert computed.value == 1
    assert [(row.model, row.id) for row in computed.rows] == [("support.DifficultyEvent", event.id)]


@pytest.mark.parametrize("state", [State.RAISED, State.ASSIGNED, State.ANSWERED, State.WITHDRAWN])
def test_figure_when_not_confirmed_by_the_enterprise_then_not_counted(here, state):
    brought_to(state, here)
    assert ask(here).value == 0


def test_figure_when_asked_as_of_earlier_or_as_known_earlier_then_what_was_so(here):
    first = brought_to(State.SOLVED, here)
    later = DifficultyEvent.objects.get(difficulty=first, step=Step.SOLVE)
    assert ask(here, as_of=SOLVED_AT - HOUR).value == 0
    assert ask(here, as_of=SOLVED_AT).value == 1
    assert ask(here, as_of=SOLVED_AT, known_at=later.recorded_at - HOUR).value == 0


def test_figure_when_more_is_solved_later_then_the_earlier_one_recomputes_to_the_same_rows(here):
    brought_to(State.SOLVED, here)
    frozen = manifest_of(ask(here, as_of=SOLVED_AT).rows)
    brought_to(State.SOLVED, here, at=NOW + DAY)
    assert ask(here, as_of=SOLVED_AT + DAY).value == 2
    assert manifest_of(ask(here, as_of=SOLVED_AT + DAY).rows) != frozen
    assert manifest_of(ask(here, as_of=SOLVED_AT).rows) == frozen


def test_figure_when_narrowed_then_only_that_area_and_kind(here):
    brought_to(State.SOLVED, here)
    assert ask(here, areas=frozenset({here.park.id})).value == 1
    assert ask(here, areas=frozenset({new_id()})).value == 0
    assert ask(here, scope={"category": "logistics"}).value == 1
    assert ask(here, scope={"category": "loans"}).value == 0
    with pytest.raises(ValueError, match="size_class"):
        ask(here, scope={"size_class": "above"})


def test_figure_when_of_another_authority_then_nothing_of_ours(here):
    brought_to(State.SOLVED, here)
    south = place("south")
    with acting_for(south.authority.id):
        assert ask(south).value == 0


def test_figure_when_worded_then_a_cumulative_count_without_denominator(here):
    brought_to(State.SOLVED, here)
    query = FigureQuery(authority_id=here.authority.id, as_of=NOW + DAY, known_at=NOW + DAY)
    figure = catalogue[DIFFICULTIES_SOLVED].figure(query)
    assert (figure.value, figure.kind, figure.denominator) == (1, "cumulative", None)
