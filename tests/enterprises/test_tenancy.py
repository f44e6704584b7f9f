"""The tenant line: what a forgotten filter cannot give away."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, transaction

from fugong.areas.models import Area, Authority
from fugong.core.ids import new_id
from fugong.core.operation import operation
from fugong.core.refusals import NotFound
from fugong.core.tenancy import acting_for
from fugong.enterprises import operations, queries
from fugong.enterprises.choices import StandingState
from fugong.enterprises.models import (
    Enterprise,
    NameGram,
    Premises,
    RegisterEvent,
    Standing,
    StandingCount,
    StandingEvent,
)
from tests.enterprises import making
from tests.enterprises.making import NOW

TABLES = (Enterprise, NameGram, Premises, RegisterEvent, Standing, StandingCount, StandingEvent)


@pytest.fixture
def theirs(park_a: Area) -> Enterprise:
    made = making.registered(park_a)
    with operation("tests.decide", actor=making.person(park_a.authority), now=NOW) as op:
        operations.record_standing(made.id, state=StandingState.RESUMED, at=NOW, decision_id=new_id(), op=op)
        Premises.objects.create(
            authority_id=made.authority_id,
            enterprise=made,
            area=park_a,
            address="x",
            since_on=making.ENTERED,
            recorded_at=NOW,
        )
    return made


@pytest.mark.parametrize("table", TABLES)
def test_forgotten_filter_under_another_authority_gives_nothing(
    theirs: Enterprise, south: Authority, table: Any
) -> None:
    with acting_for(theirs.authority_id):
        assert table.objects.all().count() > 0
    with acting_for(south.id):
        assert table.objects.all().count() == 0
    with acting_for(None):
        assert table.objects.all().count() == 0


@pytest.mark.parametrize("table", [Enterprise, Premises, Standing, StandingCount])
def test_forgotten_filter_when_writing_changes_nothing(
    theirs: Enterprise, south: Authority, table: Any
) -> None:
    field = {Enterprise: "name", Premises: "address", Standing: "state", StandingCount: "state"}[table]
    with acting_for(south.id):
        assert table.objects.all().update(**{field: "resumed"}) == 0


def test_row_of_another_authority_when_added_is_refused(
    theirs: Enterprise, north: Authority, south: Authority
) -> None:
    theirs.id = new_id()
    theirs.credit_code = making.credit_code(99)
    with acting_for(south.id), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        theirs.save(force_insert=True)
    gram = NameGram(authority_id=north.id, gram="x", enterprise_id=new_id())
    with acting_for(south.id), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        gram.save(force_insert=True)


def test_row_when_handed_to_another_authority_is_refused(theirs: Enterprise, south: Authority) -> None:
    with (
        acting_for(theirs.authority_id),
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
    ):
        Enterprise.objects.update(authority_id=south.id)


def test_one_code_may_be_on_two_registers(theirs: Enterprise, south: Authority) -> None:
    with acting_for(south.id):
        park = making.park(south, "park-s")
        made = operations.register(
            making.data(park.id, credit_code=theirs.credit_code), actor=making.person(south), now=NOW
        )
        assert Enterprise.objects.get() == made


def test_enterprise_of_another_authority_is_not_found(theirs: Enterprise, south: Authority) -> None:
    with acting_for(south.id), pytest.raises(NotFound):
        queries.get_enterprise(making.person(south), theirs.id)


@pytest.mark.parametrize(
    ("sight", "seen"),
    [
        ({"all_areas": True}, True),
        ({"areas": "own"}, True),
        ({"enterprises": "own"}, True),
        ({"cared_for": "own"}, True),
        ({}, False),
        ({"areas": "other"}, False),
        ({"enterprises": "other"}, False),
        ({"cared_for": "other"}, False),
    ],
)
def test_enterprise_is_visible_by_area_by_speaking_and_by_care(
    theirs: Enterprise, north: Authority, sight: dict[str, Any], seen: bool
) -> None:
    own = {"areas": theirs.area_id, "enterprises": theirs.id, "cared_for": theirs.id}
    sight = {
        name: value if value is True else frozenset({own[name] if value == "own" else new_id()})
        for name, value in sight.items()
    }
    actor = making.person(north, **(sight or {"all_areas": False}))
    with acting_for(north.id):
        assert queries.list_enterprises(actor).exists() is seen
