"""Stays said, corrected and taken back; who may; what the facts say afterwards."""

from datetime import date, timedelta

import pytest

from fugong.core.audit.models import AuditEntry
from fugong.core.facts.models import Fact
from fugong.core.refusals import Conflict, Invalid, NotFound
from fugong.people import facts, operations, queries
from fugong.people.choices import Transport, Way
from fugong.people.models import Person, Stay
from fugong.people.operations import StayData
from tests.people.making import NOW, TODAY, contact, registered

pytestmark = pytest.mark.django_db
SINCE = date(2022, 4, 1)
LATER = NOW + timedelta(hours=1)


def said(**changes):
    return StayData(**{"region": "湖北省武汉市", "from_on": SINCE, "to_on": date(2022, 4, 20)} | changes)


def stayed(person, actor, **changes):
    return operations.record_stay(person.id, said(**changes), way=Way.CALL, actor=actor, now=NOW)


def asked(person, on=TODAY):
    person = Person.objects.get(id=person.id)
    return queries.facts_of(person, None, on=on)["stayed_in"]


def test_record_when_said_then_the_facts_know_and_others_are_told(at):
    person = registered(at.firm)
    assert asked(person) == []
    row = stayed(person, at.bo, transport=Transport.TRAIN, number="g1112")
    assert (row.region, row.number, row.way, row.recorded_by_name) == ("420100", "G1112", "call", "Bo")
    assert asked(person) == ["420000", "420100"]
    assert asked(person, on=TODAY + timedelta(days=40)) == []
    assert Fact.objects.filter(name=facts.STAY_RECORDED).count() == 1


def test_record_when_said_twice_then_kept_once(at):
    person = registered(at.firm)
    assert stayed(person, at.bo).id == stayed(person, at.bo).id
    assert Stay.objects.count() == 1
    assert AuditEntry.objects.filter(action="people.record_stay").count() == 2


def test_record_when_it_cannot_be_right_then_by_field_and_nothing_is_kept(at):
    person = registered(at.firm)
    with pytest.raises(Invalid) as refused:
        stayed(person, at.bo, region="", from_on=TODAY + timedelta(days=3), to_on=TODAY)
    assert set(refused.value.fields) == {"region", "from_on", "to_on"}
    assert not Stay.objects.exists()


def test_record_when_the_file_is_not_in_sight_then_not_found(at):
    person = registered(at.far)
    with pytest.raises(NotFound):
        stayed(person, at.bo)


def test_correct_when_another_is_said_then_both_stay_and_one_counts(at):
    person = registered(at.firm)
    first = stayed(person, at.bo)
    second = operations.correct_stay(first.id, said(region="湖南省长沙市"), actor=at.ann, now=LATER)
    assert Stay.objects.count() == 2
    assert [stay.id for stay in queries.list_current(person)] == [second.id]
    assert asked(person) == ["430000", "430100"]


def test_correct_when_there_was_none_then_nothing_counts(at):
    person = registered(at.firm)
    first = stayed(person, at.bo)
    operations.correct_stay(first.id, None, actor=at.bo, now=LATER)
    assert asked(person) == []
    assert Stay.objects.count() == 2


def test_correct_when_somebody_was_quicker_then_conflict(at):
    person = registered(at.firm)
    first = stayed(person, at.bo)
    operations.correct_stay(first.id, None, actor=at.bo, now=LATER)
    with pytest.raises(Conflict):
        operations.correct_stay(first.id, said(), actor=at.bo, now=LATER)


def test_correct_when_of_another_enterprise_then_not_found(at):
    row = stayed(registered(at.far), contact(at.far))
    with pytest.raises(NotFound):
        operations.correct_stay(row.id, None, actor=at.bo, now=LATER)


def test_facts_when_the_row_came_by_bulk_then_say_nothing_rather_than_fail(at):
    person = registered(at.firm)
    assert Person.objects.get(id=person.id).travel == []
