"""Registering from a phone, and what the enterprise makes of it: on the database, with every refusal."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fugong.core.audit.models import AuditEntry
from fugong.core.refusals import Conflict, Invalid, NotFound, NotPermitted
from fugong.core.tenancy import acting_for
from fugong.duties.models import Duty
from fugong.people import operations, queries
from fugong.people.choices import CONFIRM_DUTY, MOVE_DUTY, Bond, PhoneEnd, RegistrationState, Way
from fugong.people.models import Device, Employment, Person, RegistrationCode, SelfRegistration
from fugong.people.operations import CodeClosed, EmployedElsewhere
from fugong.people.operations.self_registering import PhoneTaken
from fugong.people.rules.self_registering import WAITS
from fugong.people.rules.tokens import Token
from tests.accounts import making as accounts
from tests.people import making
from tests.people.making import NOW, registered, resident_id
from tests.people.own.making import given, phone_of, said, token_in

pytestmark = pytest.mark.django_db


def open_duties(kind):
    return list(Duty.objects.open().filter(kind=kind))


class TestCodes:
    def test_renewing_closes_the_poster_that_was_passed_on(self, at, code, poster):
        fresh = operations.renew_code(at.firm.id, ends_on=date(2022, 7, 1), actor=at.bo, now=NOW)
        with pytest.raises(CodeClosed):
            given(poster)
        assert given(Token(fresh.authority_id, bytes.fromhex(fresh.key))).state == RegistrationState.WAITING

    def test_a_code_is_over_on_its_last_day(self, at, code, poster):
        assert queries.find_open_code(poster, now=NOW) == code
        assert queries.find_open_code(poster, now=NOW + timedelta(days=36)) is None

    def test_a_closed_code_opens_nothing(self, at, code, poster):
        operations.close_code(at.firm.id, actor=at.bo, now=NOW)
        assert queries.find_open_code(poster, now=NOW) is None
        with pytest.raises(NotFound):
            operations.close_code(at.firm.id, actor=at.bo, now=NOW)

    @pytest.mark.parametrize("day", [date(2022, 4, 27), date(2021, 1, 1), date(2023, 5, 1)])
    def test_a_day_that_is_over_or_far_ahead_is_refused(self, at, day):
        with pytest.raises(Invalid):
            operations.renew_code(at.firm.id, ends_on=day, actor=at.bo, now=NOW)
        assert not RegistrationCode.objects.exists()

    def test_a_contact_makes_no_code_for_a_neighbour(self, at):
        with pytest.raises(NotFound):
            operations.renew_code(at.neighbour.id, ends_on=date(2022, 6, 1), actor=at.bo, now=NOW)


class TestSelfRegistering:
    def test_what_is_given_waits_and_is_nobodys_file(self, at, poster):
        row = given(poster, name="王芳")
        assert row.state == RegistrationState.WAITING
        assert not Person.objects.exists()
        assert queries.said_in(row).person.name == "王芳"

    def test_the_contact_owes_it_by_the_end_of_the_next_working_day(self, at, poster):
        given(poster)
        given(poster)
        (duty,) = open_duties(CONFIRM_DUTY)
        assert duty.owner_enterprise_id == at.firm.id
        assert duty.due_at == making.NOW.replace(day=28, hour=16, minute=0)

    def test_the_row_and_its_audit_hold_no_number_in_the_open(self, at, poster):
        number = resident_id()
        row = given(poster, document=number)
        raw = SelfRegistration.objects.filter(id=row.id).values_list("document", "said").get()
        assert number not in str([bytes(each.raw) for each in raw])
        assert number not in str(list(AuditEntry.objects.values_list("changes", flat=True)))

    def test_sent_again_from_the_same_phone_it_is_one(self, at, poster):
        phone = token_in(at.authority.id)
        first = given(poster, on=phone, name="王芳")
        second = given(poster, on=phone, name="王芳芳", now=NOW + timedelta(minutes=1))
        assert first.id == second.id
        assert queries.said_in(SelfRegistration.objects.get()).person.name == "王芳芳"

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"document": "340402199001010000"}, "document"),
            ({"document": "340402199013010000"}, "document"),
            ({"name": " "}, "name"),
            ({"phone": "abc"}, "phone"),
            ({"home_region": "无此地"}, "home_region"),
            ({"crew": "班" * 61}, "crew"),
        ],
    )
    def test_what_cannot_be_right_is_refused_by_field(self, at, poster, changes, field):
        with pytest.raises(Invalid) as refused:
            given(poster, **changes)
        assert set(refused.value.fields) == {field}
        assert not Device.objects.exists()

    def test_another_version_of_the_notice_is_no_consent(self, at, poster):
        with pytest.raises(Invalid) as refused:
            operations.self_register(poster, token_in(at.authority.id), said(), consent="2020-01", now=NOW)
        assert refused.value.code == "no_consent"

    def test_the_consent_is_kept_with_its_version_and_time(self, at, poster):
        row = given(poster)
        assert (row.consent_version, row.consented_at) == ("2022-04", NOW)

    def test_a_phone_that_stands_for_somebody_is_not_taken_over(self, at, poster):
        token = phone_of(registered(at.firm))
        with pytest.raises(PhoneTaken):
            given(poster, on=token)

    def test_the_same_statements_run_whether_the_number_has_a_file_or_not(self, at, poster):
        """Neither its answer nor its time tells an outsider whether there is a file."""
        known = registered(at.firm)
        given(poster)
        with_file, without = token_in(at.authority.id), token_in(at.authority.id)
        with CaptureQueriesContext(connection) as first:
            given(poster, on=with_file, document=str(known.document))
        with CaptureQueriesContext(connection) as second:
            given(poster, on=without)
        assert len(first) == len(second)
        assert not any("people_person" in query["sql"] for query in first)


class TestConfirming:
    def test_the_person_gets_a_file_and_the_phone_stands_for_it(self, at, poster):
        phone = token_in(at.authority.id)
        row = given(poster, on=phone, name="王芳")
        assert queries.worker_of(phone) is None
        person = operations.confirm(row.id, actor=at.bo, now=NOW)
        worker = queries.worker_of(phone)
        assert worker is not None
        assert (worker.person_id, worker.actor.person_id) == (person.id, person.id)
        assert (person.way, person.enterprise_id) == (Way.OWN_PHONE, at.firm.id)
        assert Device.objects.get().bond == Bond.OPENED
        assert Employment.objects.get().crew == "甲班"

    def test_the_duty_is_done_with_the_last_one(self, at, poster):
        first, second = given(poster), given(poster)
        operations.confirm(first.id, actor=at.bo, now=NOW)
        assert open_duties(CONFIRM_DUTY)
        operations.refuse(second.id, reason="not_ours", actor=at.bo, now=NOW)
        assert not open_duties(CONFIRM_DUTY)

    def test_a_known_number_keeps_its_file(self, at, poster):
        there = registered(at.firm, name="王芳", phone="13855400009")
        row = given(poster, name="王芳", document=str(there.document), phone="13855400010")
        person = operations.confirm(row.id, actor=at.bo, now=NOW)
        assert person.id == there.id
        assert Device.objects.get().bond == Bond.KNOWN
        assert str(Person.objects.get().phone) == "13855400010"

    def test_a_new_phone_takes_the_place_of_the_lost_one(self, at, poster):
        there = registered(at.firm, name="王芳")
        old, new = phone_of(there), token_in(at.authority.id)
        row = given(poster, on=new, name="王芳", document=str(there.document))
        assert queries.worker_of(old) is not None
        operations.confirm(row.id, actor=at.bo, now=NOW)
        assert queries.worker_of(old) is None
        assert queries.worker_of(new) is not None
        assert Device.objects.get(token_hash=old.hashed).ended_why == PhoneEnd.REPLACED

    def test_somebody_whom_another_enterprise_employs_waits_and_the_park_is_told(self, at, poster):
        there = registered(at.neighbour, name="王芳")
        row = given(poster, name="王芳", document=str(there.document))
        with pytest.raises(EmployedElsewhere):
            operations.confirm(row.id, actor=at.bo, now=NOW)
        done = operations.confirm_each([row.id], actor=at.bo, now=NOW)
        assert done.number == 0
        assert SelfRegistration.objects.get().is_elsewhere
        (duty,) = open_duties(MOVE_DUTY)
        assert (duty.owner_permission, duty.owner_area_id) == ("people.register", at.park.id)
        assert Person.objects.get().enterprise_id == at.neighbour.id

    def test_the_park_moves_the_person_by_confirming(self, at, poster):
        there = registered(at.neighbour, name="王芳")
        row = given(poster, name="王芳", document=str(there.document))
        operations.confirm_each([row.id], actor=at.bo, now=NOW)
        assert operations.confirm_each([row.id], actor=at.ann, now=NOW).number == 1
        assert Person.objects.get().enterprise_id == at.firm.id
        assert not open_duties(MOVE_DUTY)
        assert not open_duties(CONFIRM_DUTY)

    def test_several_are_confirmed_and_those_that_want_a_look_are_left(self, at, poster):
        there = registered(at.firm, name="王芳")
        plain, other = given(poster), given(poster, name="李强", document=str(there.document))
        done = operations.confirm_each([plain.id, other.id], actor=at.bo, now=NOW)
        assert done.number == 1
        assert done.refusals[other.id].code == "look_first"
        assert Person.objects.get(id=there.id).name == "王芳"
        assert operations.confirm_each([other.id], actor=at.bo, now=NOW).number == 1
        assert Person.objects.get(id=there.id).name == "李强"

    def test_it_is_decided_once(self, at, poster):
        row = given(poster)
        operations.confirm(row.id, actor=at.bo, now=NOW)
        with pytest.raises(Conflict):
            operations.confirm(row.id, actor=at.bo, now=NOW)
        with pytest.raises(Conflict):
            operations.refuse(row.id, reason="twice", actor=at.bo, now=NOW)

    def test_another_enterprise_decides_nothing(self, at, poster):
        row, other = given(poster), making.contact(at.neighbour)
        with pytest.raises(NotFound):
            operations.confirm(row.id, actor=other, now=NOW)
        with pytest.raises(NotFound):
            operations.refuse(row.id, reason="twice", actor=other, now=NOW)

    def test_a_worker_decides_nothing(self, at, poster):
        worker = queries.worker_of(phone_of(registered(at.firm)))
        assert worker is not None
        with pytest.raises(NotFound):
            operations.confirm(given(poster).id, actor=worker.actor, now=NOW)

    def test_refusing_wants_a_reason_and_removes_what_was_given(self, at, poster):
        row = given(poster)
        with pytest.raises(Invalid):
            operations.refuse(row.id, reason="", actor=at.bo, now=NOW)
        operations.refuse(row.id, reason="not_ours", actor=at.bo, now=NOW)
        row.refresh_from_db()
        assert (row.document, row.said, row.document_hash) == ("", "", None)
        assert Device.objects.get().ended_why == PhoneEnd.REFUSED

    def test_each_decision_is_audited_with_who_took_it(self, at, poster):
        operations.confirm(given(poster).id, actor=at.bo, now=NOW)
        entry = AuditEntry.objects.get(action="people.confirm")
        assert entry.actor_id == at.bo.user_id


class TestExpiring:
    def test_what_nobody_confirms_is_removed_and_no_longer_owed(self, at, poster):
        row = given(poster)
        assert operations.expire_registrations(at.authority.id, now=NOW + WAITS - timedelta(seconds=1)) == 0
        assert operations.expire_registrations(at.authority.id, now=NOW + WAITS) == 1
        assert operations.expire_registrations(at.authority.id, now=NOW + WAITS) == 0
        row.refresh_from_db()
        assert (row.state, row.said) == (RegistrationState.EXPIRED, "")
        assert not open_duties(CONFIRM_DUTY)


class TestPhones:
    def test_the_contact_ends_a_lost_phone(self, at):
        person = registered(at.firm)
        token = phone_of(person)
        operations.end_phone(person.id, actor=at.bo, now=NOW)
        assert queries.worker_of(token) is None
        with pytest.raises(Conflict):
            operations.end_phone(person.id, actor=at.bo, now=NOW)

    def test_a_neighbour_ends_no_phone(self, at):
        person = registered(at.firm)
        phone_of(person)
        with pytest.raises(NotFound):
            operations.end_phone(person.id, actor=making.contact(at.neighbour), now=NOW)

    def test_a_worker_ends_the_own_phone_and_no_other(self, at):
        mine, other = registered(at.firm), registered(at.firm)
        worker = queries.worker_of(phone_of(mine))
        theirs = phone_of(other)
        assert worker is not None
        with pytest.raises(NotFound):
            operations.end_phone(other.id, actor=worker.actor, now=NOW)
        operations.end_phone(mine.id, actor=worker.actor, now=NOW)
        assert Device.objects.get(person=mine).ended_why == PhoneEnd.BY_PERSON
        assert queries.worker_of(theirs) is not None

    def test_two_people_on_one_phone_are_two_workers(self, at):
        first, second = (phone_of(registered(at.firm)) for _ in range(2))
        one, two = queries.worker_of(first), queries.worker_of(second)
        assert one is not None
        assert two is not None
        assert one.person_id != two.person_id


def test_another_authority_sees_no_registration(at, poster):
    given(poster)
    with acting_for(None):
        other = accounts.authority("south")
    with acting_for(other.id):
        assert not SelfRegistration.objects.exists()
        assert not Device.objects.exists()
        assert not RegistrationCode.objects.exists()


def test_a_worker_is_permitted_nothing_an_official_is(at):
    worker = queries.worker_of(phone_of(person := registered(at.firm)))
    assert worker is not None
    assert [each.id for each in queries.list_people(worker.actor)] == [person.id]
    with pytest.raises(NotFound):
        operations.correct(
            person.id, queries.data_of(person), seen_at=person.changed_at, actor=worker.actor, now=NOW
        )
    with pytest.raises((NotFound, NotPermitted)):
        operations.unmask(person.id, reason="call", actor=worker.actor, now=NOW)
