"""Staff back, each once, by home region: recomputed for any day from what was known at any time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fugong.core.actor import system_actor
from fugong.core.clock import end_of
from fugong.core.figures import FigureQuery, catalogue, manifest_of
from fugong.people import operations
from fugong.people.choices import DocumentKind
from fugong.people.models import WorkEvent
from fugong.people.queries.figures import UnknownScope
from fugong.people.queries.people import data_of
from tests.accounts import making as accounts
from tests.people import making
from tests.people.conftest import Ground
from tests.people.making import NOW, TODAY

HOUR = timedelta(hours=1)
LOCAL_PEOPLE = {"home_within": "441600"}
NOT_LOCAL = {"home_outside": "441600"}
OTHER_PROVINCES = {"home_outside": "440000"}


def back(at: Ground, *, day: date = TODAY, known_at: datetime = NOW, **rest: Any) -> Any:
    query = FigureQuery(authority_id=at.authority.id, as_of=end_of(day), known_at=known_at, **rest)
    return catalogue["people.back"].compute(query)


def comes(
    at: Ground, *, home: str = "441600", starts_on: date = date(2022, 4, 1), now: datetime = NOW
) -> Any:
    job = making.job(at.firm.id, starts_on=starts_on)
    return operations.register(making.data(home_region=home), job, actor=at.ann, now=now)


def by_origin(at: Ground, **rest: Any) -> tuple[int, ...]:
    return tuple(
        back(at, scope=scope, **rest).value for scope in ({}, LOCAL_PEOPLE, NOT_LOCAL, OTHER_PROVINCES)
    )


def test_people_when_they_have_come_back_then_are_counted_by_where_they_are_from(at: Ground) -> None:
    for home in ("441600", "441602", "440100", "440300", "420100", "360000"):
        comes(at, home=home)
    assert by_origin(at) == (6, 2, 4, 2)


def test_person_when_the_home_region_is_unknown_then_counts_in_the_whole_only(at: Ground) -> None:
    comes(at, home="")
    assert by_origin(at) == (1, 0, 0, 0)


def test_region_when_it_is_a_county_then_its_city_is_outside_it(at: Ground) -> None:
    comes(at, home="441602")
    comes(at, home="441600")
    assert back(at, scope={"home_within": "441602"}).value == 1
    assert back(at, scope={"home_within": "441600", "home_outside": "441602"}).value == 1


def test_person_when_the_day_has_not_come_then_is_not_back(at: Ground) -> None:
    comes(at, starts_on=TODAY + timedelta(days=3))
    assert back(at).value == 0
    assert back(at, day=TODAY + timedelta(days=2)).value == 0
    assert back(at, day=TODAY + timedelta(days=3)).value == 1


def test_person_when_moved_to_another_enterprise_then_counts_once(at: Ground) -> None:
    person = comes(at)
    there = making.job(at.neighbour.id, starts_on=TODAY)
    operations.employ(person.id, there, actor=at.ann, now=NOW + HOUR)
    assert back(at, known_at=NOW + HOUR).value == 1
    assert WorkEvent.objects.count() == 3


def test_person_when_gone_then_still_counts_for_the_figure_is_cumulative(at: Ground) -> None:
    person = comes(at)
    operations.end_employment(person.id, on=TODAY, actor=at.ann, now=NOW + HOUR)
    assert back(at, known_at=NOW + HOUR).value == 1


def test_person_when_the_employment_ended_on_its_first_day_then_never_was_back(at: Ground) -> None:
    person = comes(at, starts_on=TODAY)
    operations.end_employment(person.id, on=TODAY, actor=at.ann, now=NOW + HOUR)
    assert back(at).value == 1
    assert back(at, known_at=NOW + HOUR).value == 0


def test_figure_when_a_region_is_corrected_later_then_stays_what_it_was(at: Ground) -> None:
    person = comes(at, home="441600")
    before = manifest_of(back(at, scope=LOCAL_PEOPLE).rows)
    said = replace(data_of(person), home_region="420100")
    operations.correct(person.id, said, seen_at=person.changed_at, actor=at.ann, now=NOW + HOUR)

    assert by_origin(at, known_at=NOW + HOUR) == (1, 0, 1, 1)
    assert by_origin(at) == (1, 1, 0, 0)
    assert manifest_of(back(at, scope=LOCAL_PEOPLE).rows) == before


def test_correction_when_the_region_stays_then_notes_nothing(at: Ground) -> None:
    person = comes(at)
    said = replace(data_of(person), name="李大伟")
    operations.correct(person.id, said, seen_at=person.changed_at, actor=at.ann, now=NOW + HOUR)
    assert WorkEvent.objects.count() == 1


def test_person_when_registered_again_with_another_region_then_counts_by_the_later_word(at: Ground) -> None:
    data = making.data(home_region="441600")
    operations.register(data, making.job(at.firm.id), actor=at.ann, now=NOW)
    said, there = replace(data, home_region="420100"), making.job(at.neighbour.id, starts_on=TODAY)
    operations.register(said, there, actor=at.ann, now=NOW + HOUR)
    assert by_origin(at, known_at=NOW + HOUR) == (1, 0, 1, 1)


def test_figure_when_asked_for_one_area_then_counts_there_only(at: Ground) -> None:
    comes(at)
    system = system_actor(at.authority.id, "set-up")
    operations.register(making.data(), making.job(at.far.id), actor=system, now=NOW)
    assert back(at).value == 2
    assert back(at, areas=frozenset({at.park.id})).value == 1
    assert back(at, areas=frozenset()).value == 0


@pytest.mark.parametrize("scope", [{"colour": "red"}, {"home_within": "Heyuan"}, {"home_outside": "4416"}])
def test_figure_when_asked_by_what_it_does_not_know_then_is_refused(
    at: Ground, scope: dict[str, str]
) -> None:
    with pytest.raises(UnknownScope):
        back(at, scope=scope)


def test_proof_when_read_then_holds_each_person_once_and_no_number(at: Ground) -> None:
    for _each in range(3):
        comes(at)
    computed = back(at)
    assert len({row.id for row in computed.rows}) == computed.value == 3
    kept = {field.name for field in WorkEvent._meta.get_fields()}
    assert not kept & {"name", "document", "document_hash", "phone", "phone_hash", "person"}


def test_figure_when_computed_then_asks_one_statement_and_opens_no_number(at: Ground) -> None:
    passport = making.data(document_kind=DocumentKind.PASSPORT, document="E12345678")
    operations.register(passport, making.job(at.firm.id), actor=at.ann, now=NOW)
    with CaptureQueriesContext(connection) as asked:
        assert back(at).value == 1
    assert len(asked) == 1
    assert "people_person" not in asked[0]["sql"]


def test_another_authority_when_it_asks_then_counts_its_own(at: Ground) -> None:
    comes(at)
    other = accounts.authority("south")
    query = FigureQuery(authority_id=other.id, as_of=end_of(TODAY), known_at=NOW)
    assert catalogue["people.back"].compute(query).value == 0
