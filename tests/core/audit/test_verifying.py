"""Every way to damage the trail is found and named, even by the tables' owner with the guards taken off."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, connections

from fugong.core.audit.chain import Head, entry_hash, link_hash, seal_message
from fugong.core.audit.models import AuditEntry, AuditLink, AuditSeal
from fugong.core.audit.personal import Personal
from fugong.core.audit.sealing import MAC_PURPOSE, seal_all
from fugong.core.audit.verdicts import Harm
from fugong.core.audit.verifying import find_head, verify
from fugong.core.sealed import destroy, forget_opened_keys, key_ring, rotate
from fugong.core.sealed.models import DataKey
from tests.core.audit.conftest import as_owner, write
from tests.core.making import NOW

pytestmark = pytest.mark.committed


def link_at(position: int) -> AuditLink:
    return AuditLink.objects.select_related("entry").get(position=position)


def found(chain, expected_head: Head | None = None) -> tuple[Harm, int | None, UUID | None]:
    fault = verify(chain.id, expected_head=expected_head).fault
    assert fault is not None
    assert str(fault.sentence)
    return fault.harm, fault.position, fault.entry_id


def move(owner, old: int, new: int) -> None:
    owner.execute("update core_auditlink set position = %s where position = %s", [new, old])


def backdate(entry: AuditEntry) -> None:
    with as_owner() as owner:
        owner.execute("delete from core_auditpending")
        owner.execute(
            "update core_auditentry set recorded_at = now() - interval '1 hour' where id = %s", [entry.id]
        )


def push_in(chain, position: int, *, fitting: bool) -> UUID:
    """An entry that never happened, between two that did; `fitting` to the one before it."""
    (extra,) = write(chain, note="never happened")
    hashed = entry_hash(AuditEntry.objects.get(id=extra.id))
    before = bytes(link_at(position - 1).hash)
    with as_owner() as owner:
        for place in range(12, position - 1, -1):
            move(owner, place, place + 1)
        owner.execute(
            "insert into core_auditlink (entry_id, authority_id, position, entry_hash, hash)"
            " values (%s, %s, %s, %s, %s)",
            [extra.id, chain.id, position, hashed, link_hash(before, hashed) if fitting else bytes(32)],
        )
    return extra.id


def test_untouched_chain_is_intact(chain):
    verdict = verify(chain.id)
    assert (verdict.is_intact, verdict.checked, verdict.waiting, verdict.unproven) == (True, 12, 0, 0)
    assert verdict.head == find_head(chain.id) == Head(12, bytes(link_at(12).hash))


def test_empty_chain_is_intact(committed_authority):
    verdict = verify(committed_authority.id)
    assert (verdict.is_intact, verdict.checked, verdict.head) == (True, 0, None)
    assert find_head(committed_authority.id) is None


def test_even_the_owner_must_take_the_guard_off_first(chain):
    changes = (
        "update core_auditentry set note = 'x'",
        "delete from core_auditlink",
        "truncate core_auditseal",
    )
    for change in changes:
        with connections["owner"].cursor() as owner, pytest.raises(DatabaseError, match="never changed"):
            owner.execute(change)
    connections["owner"].close()


def test_altered_entry_is_named_whatever_was_altered(chain):
    """One column each, from the end backwards, so that the newest damage is always the first broken row."""
    changes = (
        "note = 'x'",
        "actor_name = 'Bo'",
        "actor_id = null",
        "action = 'resumption.refuse'",
        "subject_id = 'x'",
        "subject_kind = 'x.y'",
        "changes = '{}'",
        "at = at + interval '1 microsecond'",
        "recorded_at = recorded_at - interval '1 second'",
    )
    for position, change in zip(range(12, 0, -1), changes, strict=False):
        victim = link_at(position)
        with as_owner() as owner:
            owner.execute(f"update core_auditentry set {change} where id = %s", [victim.pk])
        assert found(chain) == (Harm.ALTERED, position, victim.pk)


def test_first_of_several_altered_entries_is_named(chain):
    with as_owner() as owner:
        for position in (9, 3, 11):
            owner.execute("update core_auditentry set note = 'x' where id = %s", [link_at(position).pk])
    assert found(chain) == (Harm.ALTERED, 3, link_at(3).pk)


def test_entry_altered_together_with_its_hash_breaks_the_link(chain):
    victim = link_at(7)
    with as_owner() as owner:
        owner.execute("update core_auditentry set note = 'x' where id = %s", [victim.pk])
        fresh = entry_hash(AuditEntry.objects.get(id=victim.pk))
        owner.execute("update core_auditlink set entry_hash = %s where entry_id = %s", [fresh, victim.pk])
    assert found(chain) == (Harm.BROKEN, 7, victim.pk)


def test_removed_entry_is_named(chain):
    victim = link_at(6).pk
    with as_owner() as owner:
        owner.execute("delete from core_auditentry where id = %s", [victim])
    assert found(chain) == (Harm.MISSING, 6, victim)


def test_entry_removed_with_its_link_is_missed(chain):
    victim = link_at(6).pk
    with as_owner() as owner:
        owner.execute("delete from core_auditlink where entry_id = %s", [victim])
        owner.execute("delete from core_auditentry where id = %s", [victim])
    assert found(chain) == (Harm.MISSING, 6, None)


def test_link_removed_at_the_end_of_a_seal_is_missed(chain):
    for position in (12, 8, 4):
        with as_owner() as owner:
            owner.execute("delete from core_auditlink where position = %s", [position])
        assert found(chain)[:2] == (Harm.MISSING, position)


def test_entry_removed_and_the_rest_renumbered_breaks_the_chain(chain):
    with as_owner() as owner:
        owner.execute("delete from core_auditlink where position = 6")
        for position in range(7, 13):
            move(owner, position, position - 1)
    assert found(chain)[:2] == (Harm.BROKEN, 6)


@pytest.mark.parametrize("fitting", [True, False])
def test_inserted_entry_is_named(chain, fitting):
    extra = push_in(chain, 7, fitting=fitting)
    assert found(chain) == (Harm.INSERTED, 7, extra)


def test_link_appended_behind_the_last_seal_is_named(chain):
    (extra,) = write(chain, note="never happened")
    hashed = entry_hash(AuditEntry.objects.get(id=extra.id))
    AuditLink.objects.create(
        entry=extra,
        authority_id=chain.id,
        position=13,
        entry_hash=hashed,
        hash=link_hash(bytes(link_at(12).hash), hashed),
    )
    assert found(chain) == (Harm.INSERTED, 13, extra.id)


@pytest.mark.parametrize(("first", "second"), [(5, 6), (2, 11)])
def test_reordered_links_are_named(chain, first, second):
    with as_owner() as owner:
        for old, new in ((first, 900), (second, first), (900, second)):
            move(owner, old, new)
    assert found(chain) == (Harm.REORDERED, first, link_at(first).pk)


def test_entries_swapped_between_links_are_named(chain):
    first, second = link_at(5).pk, link_at(9).pk
    with as_owner() as owner:
        for old, new in ((first, UUID(int=1)), (second, first), (UUID(int=1), second)):
            owner.execute("update core_auditlink set entry_id = %s where entry_id = %s", [new, old])
    assert found(chain) == (Harm.REORDERED, 5, second)


def test_altered_link_is_named(chain):
    with as_owner() as owner:
        owner.execute("update core_auditlink set hash = %s where position = 8", [bytes(32)])
    assert found(chain)[:2] == (Harm.BROKEN, 8)


@pytest.mark.parametrize(
    "column",
    [
        "sealed_at = sealed_at + interval '1 hour'",
        "mac = '\\x00'",
        "hash = '\\x00'",
        "previous_hash = '\\x00'",
    ],
)
def test_altered_seal_is_named(chain, column):
    with as_owner() as owner:
        owner.execute(f"update core_auditseal set {column} where number = 2")
    harm, position, _ = found(chain)
    assert harm is Harm.SEAL
    assert position in {5, 8}


def test_removed_seal_is_missed(chain):
    with as_owner() as owner:
        owner.execute("delete from core_auditseal where number = 2")
    assert found(chain)[:2] == (Harm.MISSING, 5)


def cut_tail() -> None:
    with as_owner() as owner:
        owner.execute("create table gone as select entry_id from core_auditlink where position > 8")
        owner.execute("delete from core_auditseal where number = 3")
        owner.execute("delete from core_auditlink where position > 8")
        owner.execute("delete from core_auditentry where id in (select entry_id from gone)")
        owner.execute("drop table gone")


def test_tail_cut_off_cleanly_is_found_against_a_kept_head(chain):
    kept = find_head(chain.id)
    assert kept is not None
    assert verify(chain.id, expected_head=kept).is_intact
    cut_tail()
    assert verify(chain.id).is_intact  # by itself a shorter chain is a chain
    assert found(chain, Head.parse(str(kept)))[:2] == (Harm.TAIL, 9)


def test_older_kept_head_still_fits_a_longer_chain(chain):
    kept = find_head(chain.id)
    write(chain, count=3)
    seal_all(chain.id, now=NOW)
    assert verify(chain.id, expected_head=kept).is_intact


def rebuild_from(chain, position: int, *, with_keys: bool) -> None:
    """The best forgery: alters an entry and computes everything after it anew."""
    with as_owner() as owner:
        owner.execute("update core_auditentry set note = 'forged' where id = %s", [link_at(position).pk])
        head = bytes(link_at(position - 1).hash)
        later = AuditLink.objects.filter(position__gte=position).select_related("entry")
        for link in later.order_by("position"):
            hashed = entry_hash(link.entry)
            head = link_hash(head, hashed)
            owner.execute(
                "update core_auditlink set entry_hash = %s, hash = %s where position = %s",
                [hashed, head, link.position],
            )
        for seal in AuditSeal.objects.filter(last_position__gte=position).order_by("number"):
            seal.hash = bytes(link_at(seal.last_position).hash)
            if seal.first_position > position:
                seal.previous_hash = bytes(link_at(seal.first_position - 1).hash)
            mac = seal.mac
            if with_keys:
                mac = key_ring().mac(MAC_PURPOSE, seal_message(seal), fingerprint=seal.mac_key)
            owner.execute(
                "update core_auditseal set hash = %s, previous_hash = %s, mac = %s where number = %s",
                [seal.hash, seal.previous_hash, mac, seal.number],
            )


def test_whole_chain_forged_by_the_databases_owner_fails_at_the_keyed_seal(chain):
    rebuild_from(chain, 6, with_keys=False)
    assert found(chain)[:2] == (Harm.SEAL, 5)


def test_whole_chain_forged_with_the_keys_too_fails_at_the_kept_head(chain):
    kept = find_head(chain.id)
    rebuild_from(chain, 6, with_keys=True)
    assert verify(chain.id).is_intact
    assert found(chain, kept)[:2] == (Harm.TAIL, 12)


def test_old_unsealed_entry_is_named_and_a_young_one_is_waiting(chain):
    (young,) = write(chain)
    verdict = verify(chain.id)
    assert (verdict.is_intact, verdict.waiting) == (True, 1)
    backdate(young)
    assert found(chain) == (Harm.UNSEALED, None, young.id)


def test_entry_taken_out_of_the_queue_is_found_in_time(chain):
    (smuggled,) = write(chain)
    backdate(smuggled)
    assert seal_all(chain.id, now=NOW) == 0
    assert found(chain) == (Harm.UNSEALED, None, smuggled.id)


def test_missing_master_key_leaves_the_chain_checked_and_says_so(chain, monkeypatch, tmp_path):
    monkeypatch.setenv("FUGONG_KEYS", str(tmp_path / "new-keys"))
    verdict = verify(chain.id)
    assert (verdict.is_intact, verdict.checked, verdict.unproven) == (True, 12, 3)


def test_chain_still_verifies_when_personal_data_was_destroyed(chain):
    write(chain, changes={"phone": Personal("13800138000", "witness")})
    seal_all(chain.id, now=NOW)
    key = DataKey.objects.get(data_class="witness", purpose="seal")
    rotate(chain.id, "witness", now=NOW)
    destroy(key.id, authority_id=chain.id, now=NOW + timedelta(days=1))
    forget_opened_keys()
    verdict = verify(chain.id)
    assert (verdict.is_intact, verdict.checked) == (True, 13)


def test_chain_is_read_in_pieces(chain, monkeypatch):
    monkeypatch.setattr("fugong.core.audit.verifying._AT_A_TIME", 2)
    assert verify(chain.id).checked == 12
    with as_owner() as owner:
        owner.execute("update core_auditentry set note = 'x' where id = %s", [link_at(10).pk])
    assert found(chain)[:2] == (Harm.ALTERED, 10)


@pytest.mark.parametrize(
    "text", ["", "12", "x:" + "0" * 64, "12:zz", "12:" + "0" * 63, "-1:" + "0" * 64, "1:" + "g" * 64]
)
def test_head_is_refused_when_it_is_not_one(text):
    with pytest.raises(ValueError, match="hex"):
        Head.parse(text)


def test_head_comes_back_from_paper():
    head = Head(12, bytes(range(32)))
    assert Head.parse(f" {head}\n") == head
