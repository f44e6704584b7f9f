"""Keys under real commits: several first writers, rolled-back writers, keys kept in memory."""

import threading
from contextlib import suppress
from uuid import UUID

import pytest
from django.db import connection, transaction

from fugong.core import sealed
from fugong.core.sealed import cache, open_text, rotate, seal_text
from fugong.core.sealed.models import DataKey
from fugong.core.tenancy import acting_for
from tests.core.making import NOW
from tests.core.sealed.ledger import Person

pytestmark = [pytest.mark.committed, pytest.mark.usefixtures("keys")]


class Stop(Exception):
    pass


def test_two_first_writers_end_with_one_key(committed_authority):
    authority_id: UUID = committed_authority.id
    barrier, values = threading.Barrier(4), []

    def write() -> None:
        try:
            with acting_for(authority_id), transaction.atomic():
                barrier.wait(10)
                values.append(seal_text("x", authority_id=authority_id, data_class="race"))
        finally:
            connection.close()

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert DataKey.objects.filter(data_class="race").count() == 1
    assert [open_text(value, authority_id=authority_id) for value in values] == ["x"] * 4


@pytest.mark.usefixtures("committed_ledger")
def test_key_of_a_rolled_back_transaction_seals_nothing_afterwards(committed_authority):
    with suppress(Stop), transaction.atomic():
        Person.objects.create(authority_id=committed_authority.id, phone="13800138000")
        raise Stop
    assert not DataKey.objects.exists()
    Person.objects.create(authority_id=committed_authority.id, phone="13900139000")
    sealed.forget_opened_keys()
    assert Person.objects.get().phone == "13900139000"
    assert Person.objects.get(phone_hash="13900139000")


@pytest.mark.usefixtures("committed_ledger")
def test_key_of_a_rolled_back_savepoint_seals_nothing_afterwards(committed_authority):
    with transaction.atomic():
        with suppress(Stop), transaction.atomic():
            Person.objects.create(authority_id=committed_authority.id, phone="13800138000")
            raise Stop
        Person.objects.create(authority_id=committed_authority.id, phone="13900139000")
    sealed.forget_opened_keys()
    assert Person.objects.get().phone == "13900139000"


def test_rolled_back_rotation_leaves_the_old_key_in_force(committed_authority):
    authority_id = committed_authority.id
    before = sealed.Ciphertext(seal_text("x", authority_id=authority_id, data_class="c")).key_id
    with suppress(Stop), transaction.atomic():
        rotate(authority_id, "c", now=NOW)
        seal_text("y", authority_id=authority_id, data_class="c")
        raise Stop
    assert sealed.Ciphertext(seal_text("z", authority_id=authority_id, data_class="c")).key_id == before


def test_committed_key_is_kept_in_memory_for_a_while_only(
    committed_authority, monkeypatch, django_assert_num_queries
):
    authority_id = committed_authority.id
    seal_text("x", authority_id=authority_id, data_class="c")
    seal_text("x", authority_id=authority_id, data_class="c")
    with django_assert_num_queries(0):
        seal_text("x", authority_id=authority_id, data_class="c")
    monkeypatch.setattr(cache, "SECONDS", -1.0)
    sealed.forget_opened_keys()
    with django_assert_num_queries(2):
        seal_text("x", authority_id=authority_id, data_class="c")
        seal_text("x", authority_id=authority_id, data_class="c")
