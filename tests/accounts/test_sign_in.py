"""Counting tries, locking, unlocking."""

from datetime import timedelta

import pytest
from django.utils import translation

from fugong.accounts import operations
from fugong.accounts.models import TryCount, User
from fugong.accounts.operations import Knock, TooManyTries
from fugong.core.audit.models import AuditEntry
from fugong.core.refusals import NotPermitted
from fugong.core.tenancy import acting_for

from .making import NOW, acting, authority, holder, system, user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def limits(settings):
    settings.FUGONG_SIGN_IN_TRIES = 3
    settings.FUGONG_SIGN_IN_TRIES_PER_ADDRESS = 7
    settings.FUGONG_LOCK_MINUTES = 15


@pytest.fixture
def north():
    return authority()


def knock(username, *, times=1, address="10.0.0.1", now=NOW):
    """The times at which the door let it be tried."""
    passed = 0
    for _ in range(times):
        try:
            operations.count_try(Knock(username, address), now=now)
        except TooManyTries:
            continue
        passed += 1
    return passed


def locks(of):
    with acting_for(of.id):
        return [
            entry.changes
            for entry in AuditEntry.objects.filter(action="accounts.lock").order_by("recorded_at")
        ]


def test_so_many_tries_pass_and_the_lock_is_in_the_audit_once(north):
    ann = user(north, "ann")
    assert knock("ann", times=6) == 3
    (lock,) = locks(north)
    assert (lock["locked"], lock["tries"], lock["address"]) == ("user", 4, "10.0.0.1")
    assert operations.is_locked(ann, now=NOW)


def test_the_name_counts_however_it_is_written_and_from_wherever(north):
    user(north, "ann")
    assert [knock(name, address=f"10.0.0.{n}") for n, name in enumerate(["ann", "ANN", " Ann ", "ann"])] == [
        1,
        1,
        1,
        0,
    ]


def test_a_name_that_is_nobodys_is_locked_with_the_same_sentence(north):
    user(north, "ann")
    sentences = set()
    for name in ("ann", "nobody"):
        knock(name, times=3, address=f"10.0.1.{len(name)}")
        with pytest.raises(TooManyTries) as refused, translation.override("en"):
            operations.count_try(Knock(name, f"10.0.1.{len(name)}"), now=NOW)
        sentences.add(str(refused.value))
    assert len(sentences) == 1
    assert "15 minutes" in sentences.pop()


def test_a_try_costs_the_same_statements_whether_the_name_exists_or_not(north, django_assert_num_queries):
    user(north, "ann")
    knock("nobody")
    knock("ann")
    for name in ("ann", "nobody"):
        with django_assert_num_queries(6):
            operations.count_try(Knock(name, "10.0.0.1"), now=NOW)


def test_one_address_trying_many_names_is_locked_and_others_are_not(north):
    names = [user(north, f"user-{n:02}").username for n in range(9)]
    assert sum(knock(name) for name in names) == 7
    assert knock(names[-1], address="10.0.0.2") == 1
    assert {lock["locked"] for lock in locks(north)} == {"address"}


def test_time_opens_the_door_again(north):
    user(north, "ann")
    knock("ann", times=4)
    assert knock("ann", now=NOW + timedelta(minutes=14)) == 0
    assert knock("ann", times=5, now=NOW + timedelta(minutes=15)) == 3


def test_the_security_admin_opens_it_and_nobody_else(north):
    ann = user(north, "ann")
    knock("ann", times=4)
    with pytest.raises(NotPermitted):
        operations.unlock(ann, actor=acting(holder(north, "system_admin")), now=NOW)
    security = acting(holder(north, "security_admin"))
    operations.unlock(ann, actor=security, now=NOW)
    assert not operations.is_locked(ann, now=NOW)
    assert knock("ann") == 1
    with acting_for(north.id):
        assert AuditEntry.objects.get(action="accounts.unlock").actor_id == security.user_id


def test_a_right_password_takes_back_its_own_try_and_no_other(north):
    user(north, "ann")
    knock("ann", times=2)
    for _ in range(5):
        assert knock("ann") == 1
        operations.take_back(Knock("ann", "10.0.0.1"))
    assert knock("ann", times=2) == 1


def test_a_complete_sign_in_is_recorded_and_forgets_the_mistakes(north):
    ann = user(north, "ann")
    knock("ann", times=3)
    operations.record_sign_in(ann, actor=acting(ann), method="password", address="10.0.0.1", now=NOW)
    assert knock("ann", times=3, address="10.0.0.2") == 3
    with acting_for(north.id):
        entry = AuditEntry.objects.get(action="accounts.sign_in")
        assert User.objects.get(pk=ann.pk).last_signed_in_at == NOW
    assert entry.changes == {"method": "password", "address": "10.0.0.1", "wrong_tries": 3}


def test_old_counts_are_swept_away_by_whoever_signs_in(north):
    ann = user(north, "ann")
    knock("long.ago", address="10.0.0.7", now=NOW - timedelta(days=2))
    knock("just.now", address="10.0.0.8")
    operations.record_sign_in(ann, actor=acting(ann), method="password", address="10.0.0.1", now=NOW)
    assert TryCount.objects.count() == 2


def test_nobody_signs_in_for_somebody_else(north):
    with pytest.raises(NotPermitted):
        operations.record_sign_in(
            user(north), actor=acting(user(north)), method="password", address="10.0.0.1", now=NOW
        )


def test_the_table_of_tries_tells_no_name_and_no_address(north):
    knock("somebody.known", address="10.9.8.7")
    kept = str(list(TryCount.objects.values()))
    assert "somebody" not in kept
    assert "10.9.8.7" not in kept


def test_locks_of_another_authoritys_user_are_in_that_authoritys_audit(north):
    south = authority("south")
    user(south, "cai")
    knock("cai", times=4)
    assert locks(north) == []
    assert len(locks(south)) == 1
    assert system(south).authority_id == south.id
