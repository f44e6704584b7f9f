"""What was known when a bulletin was composed stays what was known, whoever writes at the same time."""

import threading
import time
from datetime import timedelta

import pytest

from fugong.core import horizon
from fugong.core.horizon import Horizon, Overtaken
from fugong.core.operation import operation
from fugong.core.refusals import Conflict
from fugong.core.tenancy import acting_for
from fugong.core.web.models import Receipt
from tests.core.making import NOW, actor_of, any_row
from tests.racing import PATIENCE, at_once, beside

LATER = NOW + timedelta(microseconds=1)
BEFORE = NOW - timedelta(microseconds=1)


def settle(actor, now=NOW):
    with operation("tests.settle", actor=actor, now=now, settles=True) as op:
        op.audit(None)
        return Receipt.objects.count()


def enter(actor, now):
    with operation("tests.enter", actor=actor, now=now) as op:
        op.audit(None)


@pytest.mark.django_db
def test_nothing_is_recorded_at_or_before_what_was_settled(ann):
    settle(ann)
    for now in (BEFORE, NOW):
        with pytest.raises(Overtaken):
            enter(ann, now)
    enter(ann, LATER)


@pytest.mark.django_db
def test_settling_again_moves_on_and_never_back(ann):
    settle(ann)
    for now in (BEFORE, NOW):
        with pytest.raises(Overtaken):
            settle(ann, now)
    assert Horizon.objects.get().known_at == NOW
    settle(ann, LATER)
    assert Horizon.objects.get().known_at == LATER


@pytest.mark.django_db
def test_settling_that_is_refused_settles_nothing(ann):
    with pytest.raises(ZeroDivisionError), operation("tests.settle", actor=ann, now=NOW, settles=True):
        raise ZeroDivisionError
    enter(ann, NOW)


@pytest.mark.django_db
def test_one_authority_settles_for_itself_only(ann, neighbour):
    settle(ann)
    enter(actor_of(neighbour.id), BEFORE)


@pytest.mark.committed
def test_settling_waits_for_a_writer_under_way_and_counts_what_it_wrote(committed_authority):
    """Without the wait the writer's row would be older than the count, and missing from it."""
    ann = actor_of(committed_authority.id)
    with operation("tests.write", actor=ann, now=BEFORE) as op:
        op.audit(any_row(committed_authority))
        counting = beside(lambda: settle(ann))
        time.sleep(0.3)
        assert not counting.done()
    assert counting.result(PATIENCE) == 1


@pytest.mark.committed
def test_a_writer_that_began_before_and_comes_after_is_told_to_send_it_again(committed_authority):
    ann = actor_of(committed_authority.id)
    with operation("tests.settle", actor=ann, now=NOW, settles=True) as op:
        op.audit(None)
        coming = beside(lambda: enter(ann, BEFORE))
        time.sleep(0.3)
        assert not coming.done()
    assert isinstance(coming.result(PATIENCE), Overtaken)


@pytest.mark.committed
def test_a_page_that_writes_waits_before_it_takes_the_time(committed_authority):
    ann = actor_of(committed_authority.id)
    settled = threading.Event()

    def page():
        horizon.wait(committed_authority.id)
        return settled.is_set()

    with operation("tests.settle", actor=ann, now=NOW, settles=True) as op:
        op.audit(None)
        waiting = beside(page)
        time.sleep(0.3)
        assert not waiting.done()
        settled.set()
    assert waiting.result(PATIENCE) is True


@pytest.mark.committed
def test_many_writers_and_several_who_settle_at_once_never_stand_still(committed_authority):
    """Whatever the order: a count is what was recorded by its time, then and now."""
    ann = actor_of(committed_authority.id)

    def write_one(number):
        with operation("tests.write", actor=ann, now=NOW + timedelta(microseconds=number)) as op:
            row = any_row(committed_authority)
            Receipt.objects.filter(pk=row.pk).update(recorded_at=op.now)
            op.audit(row)
        return "written"

    def count(number):
        now = NOW + timedelta(microseconds=number)
        with operation("tests.settle", actor=ann, now=now, settles=True) as op:
            op.audit(None)
            return now, Receipt.objects.filter(recorded_at__lte=now).count()

    works = [lambda n=n: (count if n % 4 == 0 else write_one)(n) for n in range(12)]
    results = at_once(*works)
    counts = [result for result in results if isinstance(result, tuple)]
    assert counts
    assert all(isinstance(result, tuple | Overtaken) or result == "written" for result in results)
    for now, counted in counts:
        assert Receipt.objects.filter(recorded_at__lte=now).count() == counted


@pytest.mark.committed
def test_a_long_writer_is_not_waited_for_without_end(committed_authority):
    ann = actor_of(committed_authority.id)
    with operation("tests.import", actor=ann, now=BEFORE) as op:
        op.audit(None)
        refused = beside(lambda: settle(ann)).result(PATIENCE)
    assert isinstance(refused, Conflict)
    assert refused.code == "writers_under_way"
    assert settle(ann) == 0


@pytest.mark.django_db
def test_the_application_cannot_forget_what_was_settled(ann, authority):
    settle(ann)
    with acting_for(authority.id), pytest.raises(Exception, match="permission denied"):
        Horizon.objects.all().delete()
