"""The life of keys: made, rotated, rewrapped, destroyed, lost."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from fugong.core import sealed
from fugong.core.sealed import (
    KeyDestroyed,
    KeyLost,
    StillInUse,
    Tampered,
    add_master_key,
    destroy,
    key_ring,
    list_sealed_fields,
    open_text,
    reseal,
    reseal_all,
    rewrap,
    rotate,
    seal_text,
)
from fugong.core.sealed.models import DataKey
from fugong.core.tenancy import acting_for
from tests.core.making import NOW
from tests.core.sealed.ledger import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ledger_table", "keys")]

LATER = NOW + timedelta(days=30)


@pytest.fixture
def people(authority):
    made = [Person(authority_id=authority.id, phone=f"138001380{n:02}") for n in range(12)]
    made.append(Person(authority_id=authority.id, phone=""))
    return Person.objects.bulk_create(made)


def phones() -> list[str]:
    return sorted(str(person.phone) for person in Person.objects.all())


def current(authority) -> DataKey:
    return DataKey.objects.get(
        authority_id=authority.id, data_class="ledger", purpose="seal", retired_at=None
    )


def under(key: DataKey) -> int:
    return sum(field.count_sealed_under(key.id) for field in list_sealed_fields("ledger"))


def test_first_write_makes_one_key_of_each_purpose(authority, people):
    assert sorted(DataKey.objects.values_list("purpose", flat=True)) == ["index", "seal"]


def test_classes_of_data_have_keys_of_their_own(authority):
    values = [seal_text("x", authority_id=authority.id, data_class=name) for name in ("a", "b", "a")]
    keys = [sealed.Ciphertext(value).key_id for value in values]
    assert keys[0] == keys[2] != keys[1]


def test_rotation_gives_new_writes_a_new_key_and_leaves_old_rows_readable(authority, people):
    old = current(authority)
    before = phones()
    new = rotate(authority.id, "ledger", now=LATER)
    old.refresh_from_db()
    assert (old.retired_at, current(authority).id) == (LATER, new.id)
    late = Person.objects.create(authority_id=authority.id, phone="13900139000")
    assert Person.objects.get(id=late.id).__dict__["phone"].key_id == new.id
    assert phones() == sorted([*before, "13900139000"])
    assert (under(old), under(new)) == (12, 1)
    assert Person.objects.get(phone_hash="13800138005").phone == "13800138005"


def test_rotation_of_a_class_never_used_just_makes_its_key(authority):
    key = rotate(authority.id, "fresh", now=NOW)
    assert key.retired_at is None
    assert (
        open_text(seal_text("x", authority_id=authority.id, data_class="fresh"), authority_id=authority.id)
        == "x"
    )


def test_resealing_goes_on_where_it_was_stopped(authority, people):
    old, before = current(authority), phones()
    new = rotate(authority.id, "ledger", now=LATER)
    (_, phone) = list_sealed_fields("ledger")
    assert phone.name == "phone"
    first = reseal(phone, authority.id, limit=5)
    assert (first.resealed, under(old), under(new)) == (5, 7, 5)
    second = reseal(phone, authority.id, after=first.after, limit=5)
    assert (second.resealed, under(old)) == (5, 2)
    # A process that was killed here starts over without knowing where it was.
    assert reseal_all(authority.id, "ledger", limit=5) == 2
    assert reseal_all(authority.id, "ledger", limit=5) == 0
    assert (under(old), under(new)) == (0, 12)
    assert phones() == before


def test_resealing_does_nothing_without_a_rotation_or_a_key(authority, people):
    assert reseal_all(authority.id, "ledger") == 0
    assert reseal_all(authority.id, "never") == 0


def test_resealing_leaves_other_authorities_alone(authority, neighbour, people):
    with acting_for(neighbour.id):
        Person.objects.create(authority_id=neighbour.id, phone="13700137000")
        theirs = current(neighbour)
    rotate(authority.id, "ledger", now=LATER)
    assert reseal_all(authority.id, "ledger") == 12
    with acting_for(neighbour.id):
        assert under(theirs) == 1
        assert phones() == ["13700137000"]


def test_destroyed_key_destroys_what_is_left_under_it(authority, people):
    old = current(authority)
    left = seal_text("in an old backup", authority_id=authority.id, data_class="ledger")
    rotate(authority.id, "ledger", now=LATER)
    reseal_all(authority.id, "ledger")
    destroy(old.id, authority_id=authority.id, now=LATER)
    with pytest.raises(KeyDestroyed, match="2022-05-27"):
        open_text(left, authority_id=authority.id)
    assert len(phones()) == 13
    old.refresh_from_db()
    assert bytes(old.wrapped) == b""


def test_key_in_use_is_not_destroyed(authority, people):
    old = current(authority)
    with pytest.raises(StillInUse, match="rotate first"):
        destroy(old.id, authority_id=authority.id, now=NOW)
    rotate(authority.id, "ledger", now=LATER)
    with pytest.raises(StillInUse, match=r"Person.phone still holds 12"):
        destroy(old.id, authority_id=authority.id, now=LATER)
    assert len(phones()) == 13


def test_new_master_key_takes_over_all_data_keys(authority, people, keys):
    first = key_ring().current
    add_master_key(keys)
    assert rewrap(authority.id) == 2
    assert rewrap(authority.id) == 0
    assert set(DataKey.objects.values_list("master", flat=True)) == {key_ring().current}
    sealed.forget_opened_keys()
    (keys / "master-0001.key").unlink()
    assert first not in key_ring().keys
    assert len(phones()) == 13


def test_lost_master_key_is_an_error_that_says_what_to_do(authority, people, keys):
    sealed.forget_opened_keys()
    (keys / "master-0001.key").unlink()
    with pytest.raises(KeyLost, match="Put its file back"):
        phones()


def test_lost_ring_does_not_silently_grow_a_new_one(authority, people, keys):
    sealed.forget_opened_keys()
    (keys / "master-0001.key").unlink()
    with pytest.raises(KeyLost):
        seal_text("x", authority_id=authority.id, data_class="another")
    assert not DataKey.objects.filter(data_class="another").exists()


def test_altered_data_key_does_not_open(authority, people):
    sealed.forget_opened_keys()
    key = current(authority)
    wrapped = bytearray(key.wrapped)
    wrapped[-1] ^= 1
    DataKey.objects.filter(id=key.id).update(wrapped=bytes(wrapped))
    with pytest.raises(Tampered):
        phones()


def test_database_allows_one_current_key_and_no_removal(authority, people):
    key = current(authority)
    with pytest.raises(IntegrityError), transaction.atomic():
        DataKey.objects.create(
            authority_id=authority.id, data_class="ledger", purpose="seal", wrapped=b"x", master="m"
        )
    with (
        pytest.raises(Exception, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("delete from core_datakey where id = %s", [key.id])
    with pytest.raises(IntegrityError), transaction.atomic():
        DataKey.objects.filter(id=key.id).update(destroyed_at=NOW)
