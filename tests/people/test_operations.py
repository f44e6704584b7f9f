"""Files opened, found again, moved, corrected and left; every refusal; what the trail says."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection

from fugong.core.audit.models import AuditEntry
from fugong.core.audit.personal import is_sealed
from fugong.core.refusals import Conflict, Invalid, NotFound, NotPermitted
from fugong.enterprises import operations as enterprises
from fugong.people import operations
from fugong.people.choices import DocumentKind
from fugong.people.models import Employment, Person, PersonGram
from fugong.people.operations import EmployedElsewhere, KnownElsewhere
from fugong.people.queries import data_of
from tests.enterprises import making as enterprise_making
from tests.people.making import NOW, TODAY, contact, data, job, keeper, registered, resident_id

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def entries(action):
    return list(AuditEntry.objects.filter(action=action).order_by("at", "id"))


def test_a_file_is_opened_once_with_its_employment(at):
    person = operations.register(data(name=" 李 伟"), job(at.firm.id), actor=at.bo, now=NOW)
    person.refresh_from_db()
    assert (person.name, person.name_initials, person.enterprise_id) == ("李 伟", "lw", at.firm.id)
    (work,) = Employment.objects.all()
    assert (work.person_id, work.post, work.ends_on, work.recorded_by_name) == (person.id, "缝纫", None, "Bo")
    assert [entry.subject_kind for entry in entries("people.register")] == [
        "people.person",
        "people.employment",
    ]


def test_numbers_lie_sealed_in_the_table_and_in_the_trail(at):
    said = data()
    operations.register(said, job(at.firm.id), actor=at.bo, now=NOW)
    with connection.cursor() as cursor:
        cursor.execute("select document, phone, document_hash from people_person")
        kept = b"".join(bytes(value) for value in cursor.fetchone())
    assert said.document.encode() not in kept
    assert said.phone.encode() not in kept
    changes = entries("people.register")[0].changes
    assert is_sealed(changes["document"])
    assert is_sealed(changes["phone"])


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "李" * 61}, "name"),
        ({"document": ""}, "document"),
        ({"document": "340402199001010000"}, "document"),
        ({"document_kind": DocumentKind.PASSPORT, "document": "护照"}, "document"),
        ({"phone": "call me"}, "phone"),
        ({"home_region": "亚特兰蒂斯"}, "home_region"),
        ({"home_region": "朝阳区"}, "home_region"),
        ({"lodging": "x" * 201}, "lodging"),
    ],
)
def test_what_cannot_be_right_is_named_by_field_and_nothing_is_kept(at, changes, field):
    with pytest.raises(Invalid) as refused:
        operations.register(data(**changes), job(at.firm.id), actor=at.bo, now=NOW)
    assert set(refused.value.fields) == {field}
    assert not Person.objects.exists()
    assert not entries("people.register")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"starts_on": TODAY + timedelta(days=400)}, "starts_on"),
        ({"starts_on": date(1900, 1, 1)}, "starts_on"),
        ({"post": "x" * 61}, "post"),
    ],
)
def test_an_employment_that_cannot_be_right_is_named_by_field(at, changes, field):
    with pytest.raises(Invalid) as refused:
        operations.register(data(), job(at.firm.id, **changes), actor=at.bo, now=NOW)
    assert set(refused.value.fields) == {field}
    assert not Person.objects.exists()


def test_the_same_number_however_spelt_is_the_same_file(at):
    number = resident_id(7)
    first = operations.register(data(document=number), job(at.firm.id), actor=at.bo, now=NOW)
    old_card = number[:6] + number[8:17]
    for spelt in (number.lower(), f" {number[:6]} {number[6:]}", old_card):
        again = operations.register(data(document=spelt), job(at.firm.id), actor=at.bo, now=LATER)
        assert again.id == first.id
    assert Employment.objects.count() == 1


def test_registering_again_here_corrects_and_leaves_what_was_left_empty(at):
    said = data(lodging="东宿舍")
    operations.register(said, job(at.firm.id), actor=at.bo, now=NOW)
    operations.register(
        replace(said, phone="13900000002", lodging="", home_region=""),
        job(at.firm.id),
        actor=at.bo,
        now=LATER,
    )
    kept = data_of(Person.objects.get())
    assert (kept.phone, kept.lodging, kept.home_region) == ("13900000002", "东宿舍", "340402")


def test_a_number_whose_file_bears_another_name_is_refused_and_the_name_told(at):
    said = data(name="𠮷野·家")
    person = operations.register(said, job(at.firm.id), actor=at.bo, now=NOW)
    with pytest.raises(Invalid) as refused:
        operations.register(replace(said, name="朱明"), job(at.firm.id), actor=at.bo, now=LATER)
    assert set(refused.value.fields) == {"document"}
    assert "𠮷野·家" in str(refused.value)
    person.refresh_from_db()
    assert person.name == "𠮷野·家"


def test_another_spelling_of_the_name_is_the_same_person(at):
    said = data(name="阿不都·买买提")
    person = operations.register(said, job(at.firm.id), actor=at.bo, now=NOW)
    again = operations.register(replace(said, name="阿不都•买买提"), job(at.firm.id), actor=at.bo, now=LATER)
    assert again.id == person.id


def test_somebody_who_compared_the_document_may_say_it_is_the_same_person(at):
    said = data()
    operations.register(said, job(at.firm.id), actor=at.bo, now=NOW)
    operations.register(replace(said, name="李玮"), job(at.firm.id), is_same=True, actor=at.bo, now=LATER)
    assert Person.objects.get().name == "李玮"


def test_a_name_out_of_sight_is_not_told_and_nobody_is_taken_on_under_another(at):
    person = registered(at.neighbour)
    operations.end_employment(person.id, on=date(2022, 4, 15), actor=at.ann, now=NOW)
    with pytest.raises(Invalid) as refused:
        operations.register(replace(data_of(person), name="朱明"), job(at.firm.id), actor=at.bo, now=LATER)
    assert person.name not in str(refused.value)
    assert Person.objects.get().enterprise_id is None
    assert Employment.objects.count() == 1


def test_another_name_does_not_tell_of_somebody_employed_elsewhere(at):
    person = registered(at.neighbour)
    with pytest.raises(EmployedElsewhere):
        operations.register(replace(data_of(person), name="朱明"), job(at.firm.id), actor=at.bo, now=LATER)


def test_somebody_employed_elsewhere_is_not_taken_away_by_an_enterprise(at):
    person = registered(at.neighbour)
    with pytest.raises(EmployedElsewhere) as refused:
        operations.register(data_of(person), job(at.firm.id), actor=at.bo, now=LATER)
    assert at.neighbour.name not in str(refused.value)
    assert Person.objects.get().enterprise_id == at.neighbour.id


def test_the_park_moves_a_person_and_both_employments_stay(at):
    person = registered(at.neighbour)
    moved = operations.register(
        data_of(person), job(at.firm.id, starts_on=date(2022, 4, 20)), actor=at.ann, now=LATER
    )
    assert moved.id == person.id
    before, now = Employment.objects.order_by("starts_on")
    assert (before.enterprise_id, before.ends_on) == (at.neighbour.id, date(2022, 4, 20))
    assert (now.enterprise_id, now.ends_on) == (at.firm.id, None)


def test_the_park_takes_nobody_from_another_park(at):
    person = registered(at.far)
    with pytest.raises(EmployedElsewhere):
        operations.register(data_of(person), job(at.firm.id), actor=at.ann, now=LATER)
    with pytest.raises(NotFound):
        operations.employ(person.id, job(at.firm.id), actor=at.ann, now=LATER)


def test_whoever_left_may_be_taken_on_by_anybody_with_the_same_file(at):
    person = registered(at.neighbour)
    operations.end_employment(person.id, on=date(2022, 4, 15), actor=at.ann, now=NOW)
    again = operations.register(data_of(person), job(at.firm.id), actor=at.bo, now=LATER)
    assert again.id == person.id
    assert Employment.objects.count() == 2
    assert Person.objects.get().enterprise_id == at.firm.id


def test_files_are_opened_only_where_one_may_keep_them(at):
    for place, actor, refusal in (
        (at.neighbour, at.bo, NotFound),
        (at.far, at.ann, NotFound),
        (at.firm, replace(at.bo, permissions=frozenset({"people.see", "enterprises.see"})), NotPermitted),
    ):
        with pytest.raises(refusal):
            operations.register(data(), job(place.id), actor=actor, now=NOW)
    assert not Person.objects.exists()


def test_leaving_ends_the_employment_and_keeps_the_file(at):
    person = registered(at.firm)
    operations.end_employment(person.id, on=TODAY, actor=at.bo, now=LATER)
    person.refresh_from_db()
    assert person.enterprise_id is None
    assert Employment.objects.get().ends_on == TODAY
    with pytest.raises(NotFound):
        operations.end_employment(person.id, on=TODAY, actor=at.bo, now=LATER)
    everywhere = replace(at.ann, areas=frozenset(), all_areas=True)
    with pytest.raises(Conflict) as refused:
        operations.end_employment(person.id, on=TODAY, actor=everywhere, now=LATER)
    assert refused.value.code == "not_employed"


def test_nobody_leaves_before_he_began(at):
    person = registered(at.firm)
    with pytest.raises(Invalid) as refused:
        operations.end_employment(person.id, on=date(2022, 3, 31), actor=at.bo, now=LATER)
    assert set(refused.value.fields) == {"ends_on"}


def test_a_correction_says_what_was_changed_and_finds_the_new_name(at):
    person = registered(at.firm)
    said = data_of(person)
    done = operations.correct(
        person.id, replace(said, name="王芳"), seen_at=person.changed_at, actor=at.bo, now=LATER
    )
    assert done.name_initials == "wf"
    assert set(PersonGram.objects.values_list("gram", flat=True)) == {"王芳", "芳", "~wf", "~f"}
    said = entries("people.correct")[0].changes
    assert list(said) == ["name"]
    assert all(is_sealed(value) for value in said["name"])


def test_a_correction_on_top_of_somebody_elses_is_refused(at):
    person = registered(at.firm)
    said, seen = data_of(person), person.changed_at
    operations.correct(person.id, replace(said, lodging="西宿舍"), seen_at=seen, actor=at.bo, now=LATER)
    with pytest.raises(Conflict) as refused:
        operations.correct(person.id, replace(said, name="王芳"), seen_at=seen, actor=at.ann, now=LATER)
    assert refused.value.code == "overtaken"
    assert Person.objects.get().name == "李伟"


def test_a_number_that_is_anothers_is_refused_without_saying_whose(at):
    other = registered(at.far, name="赵敏")
    person = registered(at.firm)
    taken = replace(data_of(person), document=str(other.document))
    with pytest.raises(KnownElsewhere) as refused:
        operations.correct(person.id, taken, seen_at=person.changed_at, actor=at.bo, now=LATER)
    assert "赵敏" not in str(refused.value)
    assert data_of(Person.objects.get(id=person.id)).document != taken.document


def test_a_file_out_of_sight_cannot_be_corrected(at):
    person = registered(at.far)
    with pytest.raises(NotFound):
        operations.correct(person.id, data_of(person), seen_at=person.changed_at, actor=at.ann, now=LATER)


def test_a_number_is_read_in_full_with_a_reason_that_is_kept(at):
    person = registered(at.firm)
    full = operations.unmask(person.id, reason="call", actor=at.bo, now=LATER)
    assert (full.document, full.phone) == (str(person.document), "13855400001")
    (entry,) = entries("people.unmask")
    assert (entry.actor_name, entry.changes) == ("Bo", {"reason": "call"})
    assert "13855400001" not in repr(full)


@pytest.mark.parametrize("reason", ["", "curiosity"])
def test_without_a_reason_of_the_list_nothing_is_read(at, reason):
    person = registered(at.firm)
    with pytest.raises(Invalid):
        operations.unmask(person.id, reason=reason, actor=at.bo, now=LATER)
    assert not entries("people.unmask")


def test_numbers_are_read_in_full_only_where_one_may(at):
    person = registered(at.firm)
    looks_on = replace(at.ann, permissions=frozenset({"people.see", "enterprises.see"}))
    with pytest.raises(NotPermitted):
        operations.unmask(person.id, reason="call", actor=looks_on, now=LATER)
    with pytest.raises(NotFound):
        operations.unmask(person.id, reason="call", actor=contact(at.neighbour), now=LATER)


def test_an_enterprise_that_left_takes_nobody_on(at):
    writer = enterprise_making.person(at.authority)
    enterprises.leave_park(at.firm.id, left_on=TODAY, actor=writer, now=NOW)
    with pytest.raises(Conflict) as refused:
        operations.register(data(), job(at.firm.id), actor=keeper(at.park), now=LATER)
    assert refused.value.code == "enterprise_left"
    assert not Person.objects.exists()
