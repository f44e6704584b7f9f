"""Keys changed on order: what it records, what it moves, what stays readable."""

from datetime import timedelta

import pytest

from fugong.core.audit.models import AuditEntry
from fugong.core.key_rotation import list_keys, rewrap_keys, rotate_keys
from fugong.core.sealed import add_master_key, key_ring, reseal_all
from fugong.core.sealed.models import DataKey
from tests.core.making import NOW
from tests.core.sealed.ledger import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ledger_table", "keys", "people")]

LATER = NOW + timedelta(days=30)


@pytest.fixture
def people(authority, ledger_table, keys):
    return Person.objects.bulk_create(
        Person(authority_id=authority.id, phone=f"138001380{n:02}") for n in range(7)
    )


def of_ledger(authority):
    return next(key for key in list_keys(authority.id) if key.data_class == "ledger")


def phones():
    return sorted(str(person.phone) for person in Person.objects.all())


def test_a_rotation_is_recorded_with_the_class_of_data(authority, ann):
    (made,) = rotate_keys(["ledger"], actor=ann, now=LATER)
    entry = AuditEntry.objects.get(action="keys.rotate")
    assert (entry.subject_id, entry.changes) == (str(made.id), {"data_class": "ledger"})
    assert of_ledger(authority).id == made.id


def test_old_values_are_counted_until_they_are_moved_and_stay_readable_all_the_while(authority, ann):
    before = phones()
    rotate_keys(["ledger"], actor=ann, now=LATER)
    assert (of_ledger(authority).older_keys, of_ledger(authority).under_older) == (1, 7)
    assert phones() == before
    told = []
    assert reseal_all(authority.id, "ledger", tell=lambda what, done: told.append((what, done))) == 7
    assert told[-1][1] == 7
    assert of_ledger(authority).under_older == 0
    assert phones() == before


def test_moving_over_again_moves_nothing(authority, ann):
    rotate_keys(["ledger"], actor=ann, now=LATER)
    reseal_all(authority.id, "ledger", tell=lambda what, done: None)
    assert reseal_all(authority.id, "ledger", tell=lambda what, done: None) == 0


def test_a_new_master_key_wraps_every_data_key_and_is_recorded(authority, ann, keys):
    before = phones()
    add_master_key(keys)
    moved = rewrap_keys(actor=ann, now=LATER)
    assert moved == DataKey.objects.count() > 0
    assert set(DataKey.objects.values_list("master", flat=True)) == {key_ring().current}
    assert AuditEntry.objects.get(action="keys.rewrap").changes == {"keys": moved}
    assert phones() == before
