"""At least once, after commit, each handler by itself."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from fugong.areas.models import Area
from fugong.core import facts
from fugong.core.facts.delivery import BACK_OFF, DeliveredFact, handler_name
from fugong.core.facts.models import Fact, FactReceipt
from fugong.core.ids import new_id
from fugong.core.tenancy import acting_for, current_authority
from tests.core.making import NOW, found

HOUR = timedelta(hours=1)


def tell(authority, name: str = "a.Happened", **payload) -> Fact:
    return facts.record(authority_id=authority.id, name=name, payload=payload, at=NOW)


def draw(fact: DeliveredFact) -> None:
    """A handler's write: one area named after the fact."""
    Area.objects.create(
        authority_id=fact.authority_id,
        kind="park",
        code=f"from-{str(fact.id)[-12:]}-{new_id().hex[-6:]}",
        name_zh="园区",
        recorded_at=NOW,
    )


class Listener:
    """A handler that remembers; `failures` is how many times it fails first, after having written."""

    def __init__(self, name: str, *, failures: int = 0) -> None:
        self.__module__, self.__qualname__ = "tests.listeners", name
        self.heard: list[tuple[DeliveredFact, object]] = []
        self.failures = failures

    def __call__(self, fact: DeliveredFact, now) -> None:
        draw(fact)
        self.heard.append((fact, current_authority()))
        if self.failures:
            self.failures -= 1
            raise RuntimeError("not today")


def deliver(authority, *handlers, now=NOW, name: str = "a.Happened") -> facts.Delivery:
    return facts.deliver_due({name: handlers}, authorities=[authority.id], now=now)


@pytest.mark.django_db
class TestDelivery:
    def test_each_handler_hears_the_fact_once(self, authority):
        fact = tell(authority, n=1)
        first, second = Listener("first"), Listener("second")
        assert deliver(authority, first, second).delivered == 1
        assert deliver(authority, first, second).delivered == 0
        for listener in (first, second):
            ((told, acting),) = listener.heard
            assert told == DeliveredFact(fact.id, authority.id, "a.Happened", {"n": 1}, NOW)
            assert acting == authority.id
        fact.refresh_from_db()
        assert (fact.delivered_at, facts.count_waiting()) == (NOW, 0)

    def test_handler_gets_the_time(self, authority):
        tell(authority)
        heard = []

        def handler(fact, now) -> None:
            heard.append(now)

        deliver(authority, handler, now=NOW + HOUR)
        assert heard == [NOW + HOUR]

    def test_fact_nobody_answers_is_delivered(self, authority):
        fact = tell(authority)
        assert facts.deliver_due({}, authorities=[authority.id], now=NOW).delivered == 1
        fact.refresh_from_db()
        assert fact.delivered_at == NOW

    def test_fact_of_later_is_not_told_yet(self, authority):
        tell(authority)
        listener = Listener("one")
        assert deliver(authority, listener, now=NOW - HOUR).delivered == 0
        assert listener.heard == []

    def test_facts_are_told_in_the_order_in_which_they_happened(self, authority):
        told = [tell(authority, n=number).id for number in range(5)]
        listener = Listener("one")
        deliver(authority, listener)
        assert [fact.id for fact, _ in listener.heard] == told

    def test_failing_handler_leaves_nothing_and_stops_no_other(self, authority):
        fact = tell(authority)
        other_fact = tell(authority, name="a.Other")
        bad, good, other = Listener("bad", failures=1), Listener("good"), Listener("other")
        registry = {"a.Happened": (bad, good), "a.Other": (other,)}
        done = facts.deliver_due(registry, authorities=[authority.id], now=NOW)
        assert (done.delivered, done.failed, done.dead) == (1, 1, 0)
        assert (len(good.heard), len(other.heard)) == (1, 1)
        assert Area.objects.count() == 2  # the failed one's write is undone
        fact.refresh_from_db()
        other_fact.refresh_from_db()
        assert (fact.attempts, fact.due_at, fact.delivered_at) == (1, NOW + BACK_OFF[0], None)
        assert "tests.listeners.bad: RuntimeError: not today" in fact.last_error
        assert other_fact.delivered_at == NOW

    def test_second_attempt_asks_only_those_that_have_not_answered(self, authority):
        fact = tell(authority)
        bad, good = Listener("bad", failures=1), Listener("good")
        deliver(authority, bad, good)
        assert deliver(authority, bad, good, now=NOW + BACK_OFF[0] / 2).delivered == 0
        assert deliver(authority, bad, good, now=NOW + BACK_OFF[0]).delivered == 1
        assert (len(bad.heard), len(good.heard)) == (2, 1)
        fact.refresh_from_db()
        assert (fact.last_error, fact.attempts) == ("", 1)
        assert FactReceipt.objects.filter(fact=fact).count() == 2

    def test_attempts_back_off_and_end_in_a_visible_death(self, authority):
        fact = tell(authority)
        bad = Listener("bad", failures=99)
        now, waits = NOW, []
        for _ in range(len(BACK_OFF)):
            deliver(authority, bad, now=now)
            fact.refresh_from_db()
            waits.append(fact.due_at - now)
            now = fact.due_at
        assert tuple(waits) == BACK_OFF
        assert deliver(authority, bad, now=now).dead == 1
        assert deliver(authority, bad, now=now + timedelta(days=365)).failed == 0
        (dead,) = facts.list_dead()
        assert (dead.id, dead.dead_at, dead.attempts) == (fact.id, now, len(BACK_OFF) + 1)
        assert "not today" in dead.last_error

    def test_revived_fact_is_told_to_those_that_failed(self, authority):
        fact = tell(authority)
        bad, good = Listener("bad", failures=len(BACK_OFF) + 1), Listener("good")
        now = NOW
        while not facts.list_dead():
            deliver(authority, bad, good, now=now)
            now += timedelta(days=1)
        facts.revive(fact.id, now=now)
        assert deliver(authority, bad, good, now=now).delivered == 1
        assert len(good.heard) == 1

    def test_handler_that_breaks_a_constraint_is_undone_alone(self, authority):
        tell(authority)
        good = Listener("good")

        def broken(fact, now) -> None:
            for _ in range(2):
                Area.objects.create(
                    authority_id=fact.authority_id, kind="park", code="twice", name_zh="园", recorded_at=now
                )

        assert deliver(authority, broken, good).failed == 1
        assert len(good.heard) == 1
        assert not Area.objects.filter(code="twice").exists()
        assert "IntegrityError" in Fact.objects.get().last_error

    def test_every_authority_is_served_in_its_own_name(self, authority, neighbour):
        tell(authority)
        with acting_for(neighbour.id):
            tell(neighbour)
        listener = Listener("one")
        done = facts.deliver_due(
            {"a.Happened": (listener,)}, authorities=[authority.id, neighbour.id], now=NOW
        )
        assert done.delivered == 2
        assert [(fact.authority_id, acting) for fact, acting in listener.heard] == [
            (authority.id, authority.id),
            (neighbour.id, neighbour.id),
        ]

    def test_limit_is_of_facts_per_authority(self, authority):
        for _ in range(3):
            tell(authority)
        done = facts.deliver_due({}, authorities=[authority.id], now=NOW, limit=2)
        assert (done.delivered, facts.count_waiting()) == (2, 1)

    def test_one_handler_has_one_receipt_for_a_fact(self, authority):
        fact = tell(authority)
        deliver(authority, Listener("one"))
        with pytest.raises(IntegrityError), transaction.atomic():
            FactReceipt.objects.create(
                fact=fact, authority_id=authority.id, handler="tests.listeners.one", at=NOW
            )

    def test_handlers_are_known_by_where_they_are_written(self):
        assert handler_name(draw_it) == f"{__name__}.draw_it"


def draw_it(fact: DeliveredFact, now) -> None:
    draw(fact)


@pytest.mark.committed
def test_several_deliverers_tell_each_fact_once(committed_authority):
    for _ in range(20):
        tell(committed_authority)
    barrier, delivered, failures = threading.Barrier(4), [], []

    def run() -> None:
        try:
            barrier.wait(10)
            done = facts.deliver_due(
                {"a.Happened": (draw_it,)}, authorities=[committed_authority.id], now=NOW
            )
            delivered.append(done.delivered)
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []
    assert sum(delivered) == 20
    assert Area.objects.count() == FactReceipt.objects.count() == 20


class Killed(BaseException):
    pass


@pytest.mark.committed
def test_deliverer_that_dies_leaves_the_fact_for_the_next(committed_authority):
    tell(committed_authority)

    def dies(fact, now) -> None:
        draw(fact)
        raise Killed

    with pytest.raises(Killed):
        deliver(committed_authority, draw_it, dies)
    assert not Area.objects.exists()
    assert deliver(committed_authority, draw_it).delivered == 1
    assert Area.objects.count() == 1


@pytest.mark.committed
def test_fact_is_not_told_before_its_writer_commits(committed_authority):
    other = found("other")
    listener = Listener("one")
    with transaction.atomic():
        tell(committed_authority)

        def look() -> None:
            try:
                deliver(committed_authority, listener)
            finally:
                connection.close()

        thread = threading.Thread(target=look)
        thread.start()
        thread.join(30)
        assert listener.heard == []
    assert deliver(other, listener).delivered == 0
    assert deliver(committed_authority, listener).delivered == 1
