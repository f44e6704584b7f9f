"""Whom a condition names, judged by sets of facts; and reading one number to call it."""

from dataclasses import replace
from datetime import date

import pytest

from fugong.core.audit.models import AuditEntry
from fugong.core.refusals import NotFound, NotPermitted
from fugong.people import operations, permissions, queries
from fugong.people.choices import Way
from fugong.people.facts import PERSON_FACTS
from fugong.people.operations import StayData
from fugong.people.queries.naming import COLUMNS
from fugong.playbooks.facts import Condition
from tests.people.making import NOW, TODAY, contact, registered

pytestmark = pytest.mark.django_db


def names(at, text, **kwargs):
    condition = Condition.compiled(text, PERSON_FACTS)
    found = queries.named_by(condition, authority_id=at.authority.id, on=TODAY, **kwargs)
    return {each.person_id for each in found}


def test_every_fact_says_from_which_columns_it_follows():
    assert set(COLUMNS) == set(PERSON_FACTS.facts)


def test_named_by_when_home_employment_and_travel_differ_then_each_is_told_apart(at):
    here = registered(at.firm, home_region="420106")
    there = registered(at.far, home_region="420106")
    local = registered(at.firm, home_region="340402")
    gone = registered(at.neighbour, home_region="420106")
    operations.end_employment(gone.id, on=TODAY, actor=contact(at.neighbour), now=NOW)
    stay = StayData(region="湖北省", from_on=date(2022, 4, 1))
    operations.record_stay(local.id, stay, way=Way.FORM, actor=at.bo, now=NOW)

    assert names(at, 'home_province == "420000"') == {here.id, there.id, gone.id}
    assert names(at, 'home_province == "420000"', areas=[at.park.id]) == {here.id}
    assert names(at, '"420000" in stayed_in') == {local.id}
    assert names(at, 'is_employed && crew == "甲班"') == {here.id, there.id, local.id}
    assert names(at, f'park == "{at.park.code}"') == {here.id, local.id}
    assert names(at, "days_employed != null && days_employed > 20") == {here.id, there.id, local.id}
    assert names(at, 'home_province == "110000"') == set()


def test_named_by_when_many_are_alike_then_few_statements(at, django_assert_num_queries):
    for _ in range(6):
        registered(at.firm, home_region="420106")
    with django_assert_num_queries(3):
        assert len(names(at, 'home_province == "420000" && is_employed')) == 6


def test_read_phone_when_called_then_the_act_stands_in_the_file(at):
    person = registered(at.firm)
    caller = replace(
        contact(at.firm), permissions=frozenset({"people.see", "people.call", "enterprises.see"})
    )
    assert operations.read_phone(person.id, actor=caller, now=NOW) == "13855400001"
    (entry,) = AuditEntry.objects.filter(action="people.read_phone")
    assert (entry.subject_id, entry.changes) == (str(person.id), {"reason": "call"})


def test_read_phone_when_in_the_care_of_somebody_who_calls_then_may(at):
    person = registered(at.firm)
    carer = replace(
        contact(at.far),
        permissions=frozenset({"people.see", "people.call", "enterprises.see"}),
        enterprises=frozenset(),
        cared_for=frozenset({at.firm.id}),
    )
    assert operations.read_phone(person.id, actor=carer, now=NOW)


def test_read_phone_when_not_allowed_or_out_of_sight_then_refused(at):
    person = registered(at.firm)
    looking = replace(at.bo, permissions=at.bo.permissions - {permissions.CALL, permissions.UNMASK})
    with pytest.raises(NotPermitted):
        operations.read_phone(person.id, actor=looking, now=NOW)
    with pytest.raises(NotFound):
        operations.read_phone(person.id, actor=contact(at.far), now=NOW)
    assert not AuditEntry.objects.filter(action="people.read_phone").exists()
