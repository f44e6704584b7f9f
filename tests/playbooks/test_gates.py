"""What a gate asks for on a day: its own words, those of other tables, and what stands in for it."""

from datetime import date
from decimal import Decimal

import pytest

from fugong.playbooks.choices import Directions, GateAnswer, GateKind, Measuring, OnTheSpot
from fugong.playbooks.rules.gates import answer_to
from fugong.playbooks.rules.loading import load_playbook

WARTIME, PEACE = date(2020, 2, 20), date(2020, 3, 20)
ALLOW, ASK, STOP = GateAnswer


def test_gate_rule_when_the_gate_names_no_limit_then_has_that_of_the_health_reports(zone):
    rule = zone.gate_rule("door", PEACE)
    assert (rule.key, rule.kind, rule.fever_from) == ("door", GateKind.DOOR, 373)
    assert rule.levels == {"green": ALLOW, "ask": ASK, "yellow": STOP, "red": STOP}
    assert (rule.own_people_only, rule.shift_margin, rule.test_hours, rule.loop) == (True, 60, None, False)
    assert (rule.visitors, rule.vehicles) == (ASK, ALLOW)
    assert (rule.measure_temperature, rule.directions, rule.presence_minutes) == (
        Measuring.ALWAYS,
        Directions.BOTH,
        840,
    )


def test_gate_rule_when_the_gate_names_its_own_limit_then_has_it_in_tenths(zone):
    rule = zone.gate_rule("road", PEACE)
    assert (rule.fever_from, rule.directions, rule.vehicles) == (375, Directions.IN, ASK)


def test_gate_rule_when_no_temperature_is_taken_then_has_no_limit(zone):
    assert zone.gate_rule("venue", PEACE).fever_from is None


def test_gate_rule_when_the_playbook_knows_no_health_reports_then_has_no_limit(zone_text, applicant_facts):
    start, end = zone_text.index("[health]\n"), zone_text.index("[gates.door]\n")
    fever = zone_text.index('[[gates.door.examples]]\nname = { zh = "绿，发热"')
    after = zone_text.index("[gates.door_alert]\n")
    red = '[[gates.door.examples]]\nname = { zh = "红", en = "Red" }\nlevel = "red"\nanswer = "stop"\n'
    text = zone_text[:start] + zone_text[end:fever] + red + zone_text[after:]
    assert load_playbook(text, facts=applicant_facts).gate_rule("door", PEACE).fever_from is None


def test_gate_rule_when_another_stands_in_for_it_then_is_that_one_while_it_is_in_force(zone):
    rule = zone.gate_rule("door", WARTIME)
    assert (rule.key, rule.levels["green"], rule.test_hours, rule.visitors) == ("door_alert", ASK, 48, STOP)
    assert (rule.own_people_only, rule.presence_minutes) == (False, 720)
    assert zone.gate_rule("door", PEACE).key == "door"


@pytest.mark.parametrize("key", ["nowhere", ""])
def test_gate_rule_when_the_playbook_does_not_know_the_kind_then_is_none(key, zone):
    assert zone.gate_rule(key, PEACE) is None


def test_gate_rule_when_not_in_force_then_is_none_and_no_kind_to_choose(zone_text, applicant_facts):
    text = zone_text.replace("[gates.road]\n", "[gates.road]\nin_force_to = 2020-03-15\n")
    zone = load_playbook(text, facts=applicant_facts)
    assert zone.gate_rule("road", date(2020, 3, 15)).key == "road"
    assert zone.gate_rule("road", date(2020, 3, 16)) is None
    assert [each.id for each in zone.gates_on(date(2020, 3, 15))] == ["door", "road", "venue"]
    assert [each.id for each in zone.gates_on(date(2020, 3, 16))] == ["door", "venue"]


def test_gate_rule_when_a_regime_holds_in_its_area_only_then_it_counts_there_only(zone_text, applicant_facts):
    text = zone_text.replace(
        'instead_of = "door"\nregimes = ["alert"]', 'instead_of = "door"\nregimes = ["high_risk"]'
    )
    zone = load_playbook(text, facts=applicant_facts)
    assert zone.gate_rule("door", WARTIME, "east").key == "door_alert"
    assert zone.gate_rule("door", WARTIME).key == "door"


def test_gates_on_when_one_stands_in_for_another_then_is_no_kind_of_its_own(zone):
    assert [each.id for each in zone.gates_on(WARTIME)] == ["door", "road", "venue"]


@pytest.mark.parametrize(
    ("level", "temperature", "answer"),
    [
        ("green", None, ALLOW),
        ("green", "37.2", ALLOW),
        ("green", "37.3", STOP),
        ("ask", "36.5", ASK),
        ("ask", "38.0", STOP),
        ("red", "36.5", STOP),
        (None, "36.5", ASK),
        (None, "37.3", STOP),
        ("purple", None, ASK),
    ],
)
def test_answer_when_level_and_temperature_are_given_then_the_stricter_counts(
    level, temperature, answer, zone
):
    degrees = Decimal(temperature) if temperature else None
    assert answer_to(zone.policy, zone.policy.gates["door"], level, degrees) is answer


def test_venues_when_the_playbook_says_how_then_are_scanned_so(zone):
    venues = zone.venues
    assert (venues.on_the_spot, venues.position_metres) == (OnTheSpot.POSITION, 200)
    assert (venues.nonce_minutes, venues.crowd_per_minute, venues.used_daily) == (5, 500, True)


def test_venues_when_the_playbook_is_silent_then_ask_for_nothing_on_the_spot(zone_text, applicant_facts):
    start, end = zone_text.index("[venues]"), zone_text.index("[retention.passages]")
    silent = load_playbook(zone_text[:start] + zone_text[end:], facts=applicant_facts).venues
    assert (silent.on_the_spot, silent.crowd_per_minute, silent.used_daily) == (OnTheSpot.NONE, 500, False)


def test_examples_when_counted_then_those_of_gates_are_among_them(zone):
    assert zone.number_of_examples == 17


def test_origins_when_read_then_each_answer_of_a_gate_has_one(zone):
    answers = {
        path: provenance.ref
        for path, _value, provenance in zone.origins.all_values()
        if path[:2] == ("gates", "door") and "levels" in path
    }
    assert answers == {
        ("gates", "door", "levels", level): ("N-4",) for level in ("green", "ask", "yellow", "red")
    }
