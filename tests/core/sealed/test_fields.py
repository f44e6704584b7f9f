"""Sealed columns as the application's role sees them, in a real table."""

from uuid import uuid4

import pytest
from django.core.exceptions import FieldError, ValidationError
from django.db import connection, transaction
from django.forms import modelform_factory

from fugong.core.sealed import Ciphertext, KeyLost, NoAuthority, SealedField, Tampered, hashed_for_search
from fugong.core.sealed.models import DataKey
from fugong.core.tenancy import acting_for
from tests.core.sealed.ledger import TABLE, Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ledger_table", "keys")]

PHONE = "13800138000"


def raw(person: Person, column: str = "phone") -> bytes | None:
    with connection.cursor() as cursor:
        cursor.execute(f"select {column} from {TABLE} where id = %s", [person.id])
        value = cursor.fetchone()[0]
    return None if value is None else bytes(value)


@pytest.fixture
def wang(authority):
    return Person.objects.create(authority_id=authority.id, name="王", phone=PHONE)


def test_value_is_ciphertext_in_the_database_and_text_in_python(wang):
    stored = raw(wang)
    assert stored is not None
    assert PHONE.encode() not in stored
    assert Person.objects.get(id=wang.id).phone == PHONE
    assert wang.phone == PHONE


def test_value_is_opened_only_when_read(wang, authority):
    fetched = Person.objects.get(id=wang.id)
    DataKey.objects.all().update(wrapped=b"gone")
    assert fetched.name == "王"
    with pytest.raises(Tampered):
        _ = fetched.phone


def test_unread_row_is_saved_without_opening_it(wang):
    before = raw(wang)
    fetched = Person.objects.get(id=wang.id)
    fetched.name = "李"
    fetched.save()
    assert raw(wang) == before
    assert Person.objects.get(id=wang.id).name == "李"


def test_changed_value_is_sealed_anew_and_found_by_its_new_hash(wang):
    fetched = Person.objects.get(id=wang.id)
    fetched.phone = "139 0013 9000"
    fetched.save()
    assert Person.objects.get(phone_hash="13900139000").id == wang.id
    assert not Person.objects.filter(phone_hash=PHONE).exists()
    assert Person.objects.get(id=wang.id).phone == "139 0013 9000"


def test_values_gives_ciphertext_that_shows_nothing(wang):
    (held,) = Person.objects.values_list("phone", flat=True)
    assert isinstance(held, Ciphertext)
    assert (str(held), repr(held)) == ("<sealed>", "<sealed>")
    assert held.open() == PHONE
    assert DataKey.objects.filter(id=held.key_id, data_class="ledger").exists()


def test_deferred_value_is_fetched_and_opened(wang):
    assert Person.objects.defer("phone").get(id=wang.id).phone == PHONE


@pytest.mark.parametrize("spelling", [PHONE, "138-0013-8000", "+86 138 0013 8000", "１３８００１３８０００"])
def test_value_is_found_by_any_spelling(wang, spelling):
    assert Person.objects.get(phone_hash=spelling) == wang


def test_search_uses_no_plain_text(wang, authority):
    stored = raw(wang, "phone_hash")
    expected = hashed_for_search(PHONE, authority_id=authority.id, data_class="ledger")
    assert stored == expected
    assert len(expected) == 32


def test_empty_and_missing_values_need_no_key(authority):
    person = Person.objects.create(authority_id=authority.id, phone="", identity=None)
    fetched = Person.objects.get(id=person.id)
    assert (fetched.phone, fetched.identity, fetched.phone_hash) == ("", None, None)
    assert (raw(person), raw(person, "identity")) == (b"", None)
    assert not DataKey.objects.exists()


def test_value_that_is_emptied_loses_its_hash(wang):
    wang.phone = ""
    wang.save()
    assert (raw(wang), raw(wang, "phone_hash")) == (b"", None)


def test_rows_are_sealed_in_bulk_and_by_update(authority):
    people = [Person(authority_id=authority.id, phone=f"1380013800{n}") for n in range(5)]
    Person.objects.bulk_create(people)
    Person.objects.filter(id=people[0].id).update(identity="34040219900101001X")
    assert sorted(person.phone for person in Person.objects.all()) == [p.phone for p in people]
    assert Person.objects.get(id=people[0].id).identity == "34040219900101001X"
    assert Person.objects.get(phone_hash="13800138003") == people[3]


@pytest.mark.parametrize("lookup", ["phone", "phone__exact", "phone__contains", "phone__gt", "phone__in"])
def test_nothing_is_looked_up_by_ciphertext(authority, lookup):
    with pytest.raises(FieldError):
        Person.objects.filter(**{lookup: PHONE})


def test_null_can_be_asked_for(authority, wang):
    assert list(Person.objects.filter(identity__isnull=True)) == [wang]


def test_equal_values_have_other_hashes_and_keys_in_another_authority(authority, neighbour, wang):
    with acting_for(neighbour.id):
        other = Person.objects.create(authority_id=neighbour.id, phone=PHONE)
        assert list(Person.objects.filter(phone_hash=PHONE)) == [other]
        theirs = raw(other, "phone_hash")
    assert theirs != raw(wang, "phone_hash")


def test_value_does_not_open_while_another_authority_or_none_is_acting(authority, neighbour, wang):
    fetched = Person.objects.get(id=wang.id)
    held = fetched.__dict__["phone"]
    with acting_for(neighbour.id), pytest.raises(KeyLost):
        held.open()
    with acting_for(None), pytest.raises(NoAuthority):
        held.open()
    assert fetched.phone == PHONE
    with acting_for(neighbour.id), pytest.raises((KeyLost, NoAuthority)):
        Person(phone=held).phone  # noqa: B018


def test_value_is_not_sealed_for_an_authority_that_is_not_acting(authority, neighbour):
    with pytest.raises(NoAuthority), transaction.atomic():
        Person.objects.create(authority_id=neighbour.id, phone=PHONE)
    with acting_for(None), pytest.raises(NoAuthority), transaction.atomic():
        Person.objects.create(authority_id=authority.id, phone=PHONE)


def test_ciphertext_carried_from_another_authority_does_not_open(authority, neighbour, wang):
    with acting_for(neighbour.id):
        theirs = Person.objects.create(authority_id=neighbour.id, phone="13900139000")
        stolen = raw(theirs)
    assert stolen is not None
    Person.objects.filter(id=wang.id).update(phone=Ciphertext(stolen))
    with pytest.raises(KeyLost, match="row is lost"):
        _ = Person.objects.get(id=wang.id).phone


def test_form_takes_text_and_checks_its_length(authority):
    form = modelform_factory(Person, fields=["phone"])({"phone": "1" * 31})
    assert not form.is_valid()
    form = modelform_factory(Person, fields=["phone"])({"phone": PHONE})
    assert form.is_valid()
    assert form.instance.phone == PHONE
    with pytest.raises(ValidationError):
        Person(authority_id=authority.id, phone="1" * 31).full_clean(exclude=["authority"])


def test_fields_say_what_a_migration_must_know():
    _, path, _, kwargs = SealedField(data_class="identity", max_length=18).deconstruct()
    assert path == "fugong.core.sealed.fields.SealedField"
    assert kwargs == {"data_class": "identity", "max_length": 18}
    field = Person._meta.get_field("phone_hash")
    assert field.deconstruct()[3] == {"source": "phone", "normalise": "phone"}


def test_sealed_values_do_not_leave_by_serialisation(wang):
    with pytest.raises(NotImplementedError):
        Person._meta.get_field("phone").value_to_string(wang)


def test_lost_key_row_is_an_error_not_an_empty_value(wang):
    fetched = Person.objects.get(id=wang.id)
    broken = bytearray(fetched.__dict__["phone"].raw)
    broken[1:17] = uuid4().bytes
    Person.objects.filter(id=wang.id).update(phone=Ciphertext(bytes(broken)))
    with pytest.raises(KeyLost):
        _ = Person.objects.get(id=wang.id).phone
