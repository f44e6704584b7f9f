"""Who may come back: by the first rule in force, and never because nothing is known."""

from datetime import date

import pytest

from fugong.people.facts import PERSON_FACTS
from fugong.playbooks.choices import ApartAt, ExpectedReturn, LodgingKind
from fugong.playbooks.facts import Apart
from fugong.playbooks.rules.loading import load_playbook
from fugong.playbooks.rules.schema import Policy

ON = date(2020, 2, 20)
HUBEI = {"home_region": "420106", "home_province": "420000", "home_city": "420100"}
HUNAN = {"home_region": "430102", "home_province": "430000", "home_city": "430100"}
LOCAL = {"home_region": "441602", "home_province": "440000", "home_city": "441600"}
AWAY = {"stayed_in": ["430000"]}


def answer(zone, *parts, on=ON):
    facts = PERSON_FACTS.unsaid()
    for part in parts:
        facts |= part
    return zone.return_answer(facts, on)


@pytest.mark.parametrize(
    ("parts", "outcome", "rule", "unknown"),
    [
        ((HUBEI, AWAY), "not_yet", "key_area", ()),
        ((HUBEI,), "not_yet", "key_area", ()),
        ((LOCAL, {"stayed_in": ["420000", "420100"]}), "not_yet", "key_area", ()),
        (({"stayed_in": ["420000"]},), "not_yet", "key_area", ()),
        ((HUNAN, AWAY), "with_conditions", "other_province", ()),
        ((LOCAL, AWAY), "may_return", "local", ()),
        ((LOCAL,), "ask", "local", ("stayed_in",)),
        ((AWAY,), "ask", "other_province", ("home_province",)),
        ((), "ask", "other_province", ("home_province", "stayed_in")),
    ],
)
def test_return_answer_when_this_is_known_then_says(zone, parts, outcome, rule, unknown):
    found = answer(zone, *parts)
    assert (found.outcome.value, found.rule.id if found.rule else None, found.unknown) == (
        outcome,
        rule,
        unknown,
    )


def test_return_answer_when_the_rule_has_ended_then_the_next_one_decides(zone):
    assert answer(zone, HUBEI, AWAY, on=date(2020, 3, 26)).outcome is ExpectedReturn.WITH_CONDITIONS


def test_return_answer_when_no_rule_is_written_then_asks(datong):
    policy = Policy.model_validate(
        datong.policy.model_dump(include={"playbook"}), context={"facts": datong.facts_schema}
    )
    assert not policy.origins.rules
    assert answer(datong, LOCAL, AWAY).outcome is ExpectedReturn.ASK


@pytest.mark.parametrize(
    ("lodging", "place"),
    [
        (LodgingKind.HOME, ApartAt.HOME),
        (LodgingKind.DORMITORY, ApartAt.ENTERPRISE),
        (LodgingKind.OTHER, ApartAt.CENTRAL),
    ],
)
def test_apart_when_it_follows_the_lodging_then_is_there(zone, lodging, place):
    assert zone.apart_of(answer(zone, HUNAN, AWAY), lodging) == Apart(7, place)


@pytest.mark.parametrize("lodging", LodgingKind)
def test_apart_when_somebody_came_nevertheless_then_is_central_whatever_the_lodging(zone, lodging):
    assert zone.apart_of(answer(zone, HUBEI, AWAY), lodging) == Apart(14, ApartAt.CENTRAL)


def test_apart_when_nothing_is_asked_then_none(zone):
    assert zone.apart_of(answer(zone, LOCAL, AWAY), LodgingKind.HOME) is None


def test_load_when_rules_have_no_examples_then_says_so(zone_text, applicant_facts):
    before, rest = zone_text.split("[[origins.examples]]", 1)
    after = rest.split("[figures.all]", 1)[1]
    with pytest.raises(Exception, match=r"origins\.examples: is missing or empty"):
        load_playbook(f"{before}[figures.all]{after}", facts=applicant_facts)
