"""The sealer: each committed entry once, whatever the order in which writers commit."""

import threading
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import connection, transaction

from fugong.core.audit.chain import entry_hash, genesis, link_hash
from fugong.core.audit.models import AuditEntry, AuditLink, AuditPending, AuditSeal
from fugong.core.audit.sealing import seal, seal_all
from fugong.core.audit.verifying import verify
from fugong.core.tenancy import acting_for
from tests.core.audit.conftest import write
from tests.core.making import NOW


@pytest.mark.django_db
def test_seal_chains_entries_in_order_from_the_authoritys_own_start(authority):
    entries = write(authority, count=3)
    batch = seal(authority.id, now=NOW)
    assert batch is not None
    links = list(AuditLink.objects.order_by("position"))
    assert [link.pk for link in links] == [entry.id for entry in entries]
    head = genesis(authority.id)
    for link, entry in zip(links, AuditEntry.objects.order_by("id"), strict=True):
        head = link_hash(head, entry_hash(entry))
        assert bytes(link.hash) == head
    assert (batch.number, batch.first_position, batch.last_position, batch.count) == (1, 1, 3, 3)
    assert (bytes(batch.previous_hash), bytes(batch.hash)) == (genesis(authority.id), head)
    assert not AuditPending.objects.exists()


@pytest.mark.django_db
def test_seal_goes_on_where_the_last_one_ended(authority):
    write(authority, count=2)
    first = seal(authority.id, now=NOW)
    write(authority, count=3)
    second = seal(authority.id, now=NOW + timedelta(seconds=1), limit=2)
    third = seal(authority.id, now=NOW + timedelta(seconds=2))
    assert first is not None
    assert second is not None
    assert third is not None
    assert [s.first_position for s in (first, second, third)] == [1, 3, 5]
    assert bytes(second.previous_hash) == bytes(first.hash)
    assert (second.count, third.count) == (2, 1)
    assert seal(authority.id, now=NOW) is None


@pytest.mark.django_db
def test_authorities_have_chains_of_their_own(authority, neighbour):
    write(authority, count=2)
    with acting_for(neighbour.id):
        write(neighbour, count=3)
    assert seal_all(authority.id, now=NOW) == 2
    assert seal_all(neighbour.id, now=NOW) == 3
    assert AuditSeal.objects.count() == 1
    assert verify(authority.id).is_intact
    assert verify(neighbour.id).is_intact


@pytest.mark.django_db
def test_sealing_costs_the_same_however_long_the_chain_is(authority, django_assert_num_queries):
    write(authority, count=5)
    seal(authority.id, now=NOW)
    write(authority, count=40)
    with django_assert_num_queries(9):
        seal(authority.id, now=NOW)


@pytest.mark.committed
def test_entry_that_commits_late_is_sealed_once_behind_earlier_ones(committed_authority):
    """The late one has the lower id: an order by id or sequence alone would pass it over for ever."""
    authority = committed_authority
    written, go_on = threading.Event(), threading.Event()
    late: list[AuditEntry] = []

    def write_slowly() -> None:
        try:
            with acting_for(authority.id), transaction.atomic():
                late.extend(write(authority, note="late"))
                written.set()
                go_on.wait(20)
        finally:
            connection.close()

    thread = threading.Thread(target=write_slowly)
    thread.start()
    assert written.wait(20)
    write(authority, count=3)
    assert seal_all(authority.id, now=NOW) == 3
    go_on.set()
    thread.join(20)
    assert late[0].id < min(AuditEntry.objects.exclude(note="late").values_list("id", flat=True))
    assert seal_all(authority.id, now=NOW) == 1
    assert seal_all(authority.id, now=NOW) == 0
    assert AuditLink.objects.get(pk=late[0].id).position == 4
    assert verify(authority.id).is_intact


@pytest.mark.committed
def test_several_sealers_beside_several_writers_seal_everything_once(committed_authority):
    authority = committed_authority
    writing = threading.Event()
    writing.set()
    failures: list[BaseException] = []

    def work(step) -> None:
        try:
            with acting_for(authority.id):
                step()
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    def write_on() -> None:
        for _ in range(25):
            write(authority)

    def seal_on() -> None:
        while writing.is_set():
            seal(authority.id, now=NOW, limit=7)

    writers = [threading.Thread(target=work, args=(write_on,)) for _ in range(4)]
    sealers = [threading.Thread(target=work, args=(seal_on,)) for _ in range(3)]
    for thread in writers + sealers:
        thread.start()
    for thread in writers:
        thread.join(60)
    writing.clear()
    for thread in sealers:
        thread.join(60)
    seal_all(authority.id, now=NOW)
    assert failures == []
    assert AuditLink.objects.count() == AuditEntry.objects.count() == 100
    assert list(AuditLink.objects.order_by("position").values_list("position", flat=True)) == list(
        range(1, 101)
    )
    verdict = verify(authority.id)
    assert (verdict.is_intact, verdict.checked, verdict.waiting) == (True, 100, 0)


@pytest.mark.committed
def test_sealer_that_dies_leaves_the_entries_for_the_next(committed_authority):
    write(committed_authority, count=3)
    with suppress(KeyboardInterrupt), transaction.atomic():
        assert seal(committed_authority.id, now=NOW) is not None
        raise KeyboardInterrupt
    assert not AuditSeal.objects.exists()
    assert seal_all(committed_authority.id, now=NOW) == 3
    assert verify(committed_authority.id).is_intact


@pytest.mark.committed
def test_chain_verifies_while_it_is_being_written_and_sealed(committed_authority):
    authority = committed_authority
    stop, failures = threading.Event(), []

    def write_and_seal() -> None:
        try:
            with acting_for(authority.id):
                while not stop.is_set():
                    write(authority, count=2)
                    seal(authority.id, now=NOW)
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=write_and_seal)
    thread.start()
    try:
        verdicts = [verify(authority.id) for _ in range(12)]
    finally:
        stop.set()
        thread.join(30)
    assert failures == []
    assert [verdict.fault for verdict in verdicts if verdict.fault] == []
    assert verdicts[-1].checked > verdicts[0].checked
