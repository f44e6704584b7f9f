"""Two writers at once, on two connections with real commits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from fugong.areas.models import Area
from fugong.core.ids import new_id
from fugong.core.importing import later
from fugong.core.importing.choices import BatchState
from fugong.core.importing.ending import locked_batch
from fugong.core.operation import operation
from fugong.core.refusals import Conflict
from fugong.core.tenancy import acting_for
from fugong.enterprises import operations, queries
from fugong.enterprises.choices import StandingState
from fugong.enterprises.models import Enterprise, StandingEvent
from fugong.enterprises.operations.importing.kind import LISTS
from tests.enterprises import lists, making
from tests.enterprises.making import NOW
from tests.racing import at_once, beside

pytestmark = pytest.mark.committed


@pytest.fixture
def park(committed_db: str) -> Iterator[Area]:
    north = making.authority()
    with acting_for(north.id):
        yield making.park(north)


def resume(enterprise: Enterprise) -> None:
    actor = making.person(enterprise.authority)
    with operation("tests.decide", actor=actor, now=NOW) as op:
        operations.record_standing(
            enterprise.id, state=StandingState.RESUMED, at=NOW, decision_id=new_id(), op=op
        )


def test_counters_when_many_are_decided_at_once_lose_none(park: Area) -> None:
    made = [making.registered(park) for _ in range(16)]
    results = at_once(*(lambda each=each: resume(each) for each in made))
    assert results == [None] * 16
    tally = queries.totals(queries.standing_counts(making.person(park.authority)))
    assert (tally.in_scope, tally.resumed) == (16, 16)


def test_standing_when_two_decide_one_enterprise_lets_one_through(park: Area) -> None:
    made = making.registered(park)
    results = at_once(lambda: resume(made), lambda: resume(made))
    assert sorted(type(result).__name__ for result in results) == ["Conflict", "NoneType"]
    assert next(result for result in results if isinstance(result, Conflict)).code == "wrong_standing"
    assert StandingEvent.objects.count() == 1
    assert queries.totals(queries.standing_counts(making.person(park.authority))).resumed == 1


def test_register_when_one_code_is_entered_twice_at_once_keeps_one(park: Area) -> None:
    said = making.data(park.id)
    actor = making.person(park.authority)
    work = lambda: operations.register(said, actor=actor, now=NOW)  # noqa: E731
    results = at_once(work, work)
    assert sorted(type(result).__name__ for result in results) == ["DuplicateEnterprise", "Enterprise"]
    assert queries.totals(queries.standing_counts(actor)).in_scope == 1


def test_list_when_discarded_while_it_is_taken_over_is_all_there_or_not_at_all(
    park: Area, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(later, "AT_ONCE", 2)
    ann = making.person(park.authority)
    batch = operations.start_import(lists.upload(lists.as_xlsx(lists.rows(5))), actor=ann, now=NOW)
    operations.read_import(batch.id, actor=ann, now=NOW)
    operations.confirm_import(batch.id, actor=ann, now=NOW)
    _taken, discarded = at_once(
        lambda: operations.take_over(batch.id, actor=ann, now=NOW),
        lambda: operations.discard_import(batch.id, actor=ann, now=NOW),
    )
    batch.refresh_from_db()
    found = (batch.state, Enterprise.objects.count(), isinstance(discarded, Conflict))
    assert found in [(BatchState.CONFIRMED, 5, True), (BatchState.DISCARDED, 0, False)]


def test_list_that_is_taken_over_at_its_last_moment_does_not_expire(
    park: Area, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(later, "AT_ONCE", 2)
    ann = making.person(park.authority)
    batch = operations.start_import(lists.upload(lists.as_xlsx(lists.rows(5))), actor=ann, now=NOW)
    operations.read_import(batch.id, actor=ann, now=NOW)
    operations.confirm_import(batch.id, actor=ann, now=NOW)
    with operation("tests.hold", actor=ann, now=NOW) as op:
        locked_batch(LISTS, batch.id, op=op)
        clock = beside(lambda: operations.expire_imports(ann.authority_id, now=NOW + timedelta(days=4)))
        assert clock.result(20) == 0
        op.audit(batch)
    batch.refresh_from_db()
    assert batch.state == BatchState.CONFIRMING
