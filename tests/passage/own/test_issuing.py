"""A phone is given what its code is made of, and loses it with the phone."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from fugong.core.audit.models import AuditEntry
from fugong.core.facts import deliver_due
from fugong.core.refusals import Conflict, Invalid, NotPermitted
from fugong.core.tenancy import acting_for
from fugong.passage import operations
from fugong.passage.models import PhoneCode, PlaceNumber, ShiftHours
from fugong.passage.queries.keys import code_secrets, public_keys
from fugong.passage.rules.codes import Fault, LiveCode, fault_offline, fault_online
from fugong.passage.rules.issuing import MOST_A_DAY
from fugong.people import operations as people
from fugong.people.models import Device
from fugong.reactions import REACTIONS
from tests.passage.own.making import HOUR, PUBLIC, on_a_phone, shown, worker
from tests.support.making import NOW, place


def issued(fang, **changes):
    given = {"actor": fang.actor, "now": NOW} | changes
    return operations.issue_code(given.pop("phone", None) or fang.phone.id, given.pop("key", PUBLIC), **given)


def faults(code: LiveCode, fang, *, at):
    secrets, public = (read(fang.here.authority.id) for read in (code_secrets, public_keys))
    return fault_online(code, secrets, at), fault_offline(code, public, at)


def test_what_the_phone_makes_of_it_is_taken_with_and_without_a_network(fang):
    told = issued(fang)
    for later in (timedelta(0), HOUR, timedelta(days=2, hours=23)):
        code = LiveCode.parse(str(shown(told, at=NOW + later)))
        assert code is not None
        assert faults(code, fang, at=NOW + later) == (None, None)


def test_after_its_days_it_is_over_and_a_screenshot_is_old_in_three_minutes(fang, settings):
    settings.FUGONG_CODE_DAYS = 2
    told = issued(fang)
    code = shown(told, at=NOW)
    assert faults(code, fang, at=NOW + timedelta(minutes=2)) == (None, None)
    assert faults(code, fang, at=NOW + timedelta(minutes=3)) == (Fault.OLD, Fault.OLD)
    end = NOW + timedelta(days=2)
    assert faults(shown(told, at=end), fang, at=end) == (Fault.EXPIRED, Fault.EXPIRED)


def test_it_carries_the_place_and_the_hours_of_the_own_shift(fang):
    assert issued(fang).claim.hours is None
    ShiftHours.objects.create(
        authority=fang.here.authority,
        enterprise=fang.here.enterprise,
        shift="甲班",
        starts=480,
        ends=960,
        recorded_at=NOW,
    )
    person, _token = on_a_phone(fang.here, name="李强")
    person.employments.update(shift="甲班")
    phone = Device.objects.get(person=person)
    claim = operations.issue_code(phone.id, PUBLIC, actor=worker(person), now=NOW).claim
    assert claim.hours == (480, 960)
    assert claim.place == PlaceNumber.objects.get(enterprise=fang.here.enterprise).number
    assert claim.person == person.id


def test_a_row_says_what_was_given_and_neither_it_nor_the_trail_holds_a_secret(fang):
    told = issued(fang)
    row = PhoneCode.objects.get()
    assert (row.person_id, row.phone, bytes(row.public)) == (fang.person.id, fang.phone.id, PUBLIC)
    assert (row.valid_until - NOW, row.revoked_at) == (timedelta(days=3), None)
    entry = AuditEntry.objects.get(action="passage.issue_code", subject_id=row.id)
    assert told.mac_key.hex() not in str(entry.changes)


@pytest.mark.parametrize("key", [b"", b"\x01" * 31, b"\x01" * 33])
def test_what_is_no_key_is_refused(fang, key):
    with pytest.raises(Invalid) as refused:
        issued(fang, key=key)
    assert refused.value.code == "bad_key"
    assert not PhoneCode.objects.exists()


def test_nobody_but_the_worker_on_the_phone_gets_its_code(fang):
    other, _token = on_a_phone(fang.here, name="李强")
    for actor in (worker(other), fang.here.person("enterprise_contact")):
        with pytest.raises(NotPermitted):
            issued(fang, actor=actor)
    with pytest.raises(NotPermitted):
        issued(fang, phone=uuid4())
    assert not PhoneCode.objects.exists()


def test_a_phone_of_another_authority_is_unknown_here(fang):
    phone, there = fang.phone.id, place("south")
    with acting_for(there.authority.id):
        other, _token = on_a_phone(there, name="赵敏")
        with pytest.raises(NotPermitted):
            issued(fang, phone=phone, actor=worker(other))


def test_a_phone_that_has_ended_gets_no_more(fang):
    phone = fang.phone.id
    people.end_phone(fang.person.id, actor=fang.actor, now=NOW)
    with pytest.raises(NotPermitted) as refused:
        issued(fang, phone=phone)
    assert refused.value.code == "phone_ended"


def test_ending_the_phone_revokes_what_it_still_has(fang):
    issued(fang)
    people.end_phone(fang.person.id, actor=fang.actor, now=NOW + HOUR)
    deliver_due(REACTIONS, authorities=[fang.here.authority.id], now=NOW + HOUR)
    assert PhoneCode.objects.get().revoked_at == NOW + HOUR
    assert AuditEntry.objects.filter(action="passage.revoke_codes").count() == 1


def test_revoking_twice_or_what_is_over_writes_nothing(fang):
    issued(fang)
    authority, phone = fang.here.authority.id, fang.phone.id
    assert operations.revoke_codes_of(phone, authority, now=NOW + timedelta(days=4)) == 0
    assert operations.revoke_codes_of(phone, authority, now=NOW) == 1
    assert operations.revoke_codes_of(phone, authority, now=NOW) == 0
    assert AuditEntry.objects.filter(action="passage.revoke_codes").count() == 1


def test_a_phone_that_asks_again_and_again_is_refused_until_the_next_day(fang):
    for _each in range(MOST_A_DAY):
        issued(fang)
    with pytest.raises(Conflict) as refused:
        issued(fang)
    assert refused.value.code == "too_many_codes"
    assert issued(fang, now=NOW + timedelta(days=1)).claim.person == fang.person.id
