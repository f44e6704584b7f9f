"""What the register tells playbooks keeps to what their conditions may ask for."""

from __future__ import annotations

import pytest

from fugong.areas.models import Area
from fugong.enterprises import queries
from fugong.enterprises.choices import Kind, Tag
from fugong.enterprises.facts import ENTERPRISE_FACTS
from fugong.playbooks.choices import SubjectKind
from fugong.resumption.facts import APPLICANT
from tests.enterprises import making


@pytest.mark.usefixtures("in_north")
def test_facts_of_an_enterprise_are_those_a_condition_may_ask_for(park_a: Area) -> None:
    made = making.registered(park_a, tags=(Tag.EXPORT_ORDER, Tag.CITY_RUNNING))
    known = queries.facts_of(queries.get_enterprise(making.person(park_a.authority), made.id))
    assert known == {
        "kind": "enterprise",
        "size_class": "above",
        "industry": "C",
        "head_count": 120,
        "tags": ["city_running", "export_order"],
        "park": "park-a",
    }
    assert APPLICANT.complaints({**known, "purpose": "resume"}) == {}


def test_facts_declare_the_types_that_conditions_are_checked_against() -> None:
    asked = {name: APPLICANT.facts[name].type.value for name in ENTERPRISE_FACTS}
    assert asked == dict(ENTERPRISE_FACTS)


def test_kinds_are_the_subjects_that_playbooks_know_but_for_people() -> None:
    assert {*Kind.values, SubjectKind.PERSON.value} == {kind.value for kind in SubjectKind}
