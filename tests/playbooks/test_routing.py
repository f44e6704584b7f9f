"""Which route an applicant takes in the zone, when, and why."""

from datetime import date, datetime

import pytest
from django.utils import translation

from fugong.playbooks.choices import ReasonCode
from fugong.playbooks.rules.clocks import LOCAL
from fugong.playbooks.rules.facts_schema import FactsInvalid

EARLY, LATER, SPRING = date(2020, 2, 3), date(2020, 3, 2), date(2020, 4, 1)


def applicant(**facts: object) -> dict[str, object]:
    usual = {"kind": "enterprise", "size_class": "below", "head_count": 30, "industry": "C"}
    return {**usual, "tags": [], "park": "", "purpose": "resume", **facts}


LARGE = applicant(size_class="above")
TRADER = applicant(kind="trader", head_count=2, size_class=None)


@pytest.mark.parametrize(
    ("facts", "on", "route"),
    [
        (LARGE, EARLY, "large"),
        (applicant(size_class=None, head_count=500), EARLY, "large"),
        (applicant(size_class=None, head_count=499), EARLY, "wartime_only"),
        (applicant(tags=["epidemic_essential"], size_class="above"), EARLY, "essential"),
        (applicant(), EARLY, "wartime_only"),
        (applicant(), date(2020, 3, 15), "wartime_only"),
        (applicant(), date(2020, 3, 16), "others"),
        (applicant(kind="construction_site"), EARLY, "wartime_only"),
        (TRADER, LATER, "traders"),
        (TRADER, date(2020, 3, 31), "traders"),
    ],
)
def test_route_when_several_would_fit_then_is_the_first_in_force(facts, on, route, zone):
    choice = zone.route_for(facts, on)
    assert choice.route is zone.policy.routes[route]
    assert choice.refused is None


@pytest.mark.parametrize(
    ("facts", "on", "code", "key", "ref"),
    [
        (LARGE, date(2020, 1, 24), ReasonCode.NOT_IN_FORCE, "playbook", ("notice",)),
        (LARGE, date(2020, 7, 1), ReasonCode.NOT_IN_FORCE, "playbook", ("notice",)),
        (applicant(kind="school"), EARLY, ReasonCode.SUBJECT_NOT_COVERED, "subjects.school", ("N-1",)),
        (applicant(kind="hotel"), EARLY, ReasonCode.SUBJECT_NOT_COVERED, "subjects", ()),
        (TRADER, date(2020, 2, 29), ReasonCode.NOT_BEFORE, "not_before.traders", ("N-3",)),
        (TRADER, SPRING, ReasonCode.ROUTE_CLOSED, "routes.traders.closed", ("N-3",)),
    ],
)
def test_route_when_none_is_open_then_refuses_with_the_clause(facts, on, code, key, ref, zone):
    choice = zone.route_for(facts, on)
    assert choice.route is None
    assert (choice.refused.code, choice.refused.key, choice.refused.ref) == (code, key, ref)


def test_route_when_taken_then_says_why(zone):
    (reason,) = zone.route_for(LARGE, EARLY).reasons
    assert reason.code is ReasonCode.CONDITION_HOLDS
    assert reason.key == "routes.large.when"
    assert reason.condition.startswith("size_class != null")
    assert reason.ref == ("N-1",)
    (open_to_all,) = zone.route_for(applicant(), LATER).reasons
    assert open_to_all.code is ReasonCode.FOR_EVERYBODY


def test_reason_when_told_then_uses_the_rule_in_that_language(zone):
    refused = zone.route_for(TRADER, EARLY).refused
    with translation.override("en"):
        assert refused.in_language("en") == "Too early: Not before March."
        assert "延至3月份" in refused.in_language("zh-hans")


@pytest.mark.parametrize(
    ("facts", "start"),
    [
        (applicant(), datetime(2020, 2, 10, tzinfo=LOCAL)),
        (applicant(tags=["export_order"]), datetime(2020, 2, 15, tzinfo=LOCAL)),
        (applicant(tags=["epidemic_essential"]), None),
        (applicant(tags=["epidemic_essential", "export_order"]), None),
    ],
)
def test_route_when_a_start_is_held_back_then_admits_the_application_and_says_from_when(facts, start, zone):
    choice = zone.route_for(facts, EARLY)
    assert choice.route is not None
    assert choice.earliest_start == start


def test_route_when_facts_are_wrong_then_raises(zone):
    with pytest.raises(FactsInvalid, match="head_count"):
        zone.route_for({"kind": "enterprise"}, EARLY)


def test_steps_when_done_one_by_one_then_open_in_turn(zone):
    route = zone.policy.routes["large"]
    assert [step.id for step in route.first_steps()] == ["territory", "bureau"]
    assert [step.id for step in route.steps_open_after({"territory"})] == ["bureau"]
    assert [step.id for step in route.steps_open_after({"territory", "bureau"})] == ["committee"]
    assert route.steps_open_after({"territory", "bureau", "committee"}) == ()
    assert route.steps_before("committee") == ("territory", "bureau")
    assert route.levels == 3
    filing = zone.policy.routes["essential"]
    assert (filing.first_steps(), filing.steps_open_after(()), filing.levels) == ((), (), 0)


def ids(entries) -> list[str]:
    return [entry.id for entry in entries]


def test_standards_when_a_condition_fails_then_leaves_that_one_out(zone):
    assert ids(zone.standards_for(LARGE, EARLY)) == ["four", "open", "named_only"]
    site = applicant(kind="construction_site", size_class="above")
    assert ids(zone.standards_for(site, EARLY)) == ["four", "named_only"]


def test_visit_checks_when_the_regime_ends_then_ask_less(zone):
    assert ids(zone.visit_checks_for(LARGE, EARLY)) == ["four", "masks", "wartime_gate"]
    assert ids(zone.visit_checks_for(LARGE, SPRING)) == ["four", "masks"]


def test_papers_when_asked_then_are_those_of_the_route_and_its_letters_still_in_force(zone):
    assert ids(zone.papers_for(LARGE, EARLY)) == ["plan", "letter"]
    assert ids(zone.letters_for(LARGE, EARLY)) == ["promise"]
    assert ids(zone.papers_for(TRADER, LATER)) == ["letter"]


def test_may_ask_for_when_outside_the_list_or_past_its_day_then_no(zone):
    assert zone.may_ask_for("plan", EARLY)
    assert zone.may_ask_for("closing_only", date(2020, 2, 29))
    assert not zone.may_ask_for("closing_only", date(2020, 3, 1))
    assert not zone.may_ask_for("bank_statement", EARLY)


def test_everything_of_a_route_when_there_is_none_then_is_empty(zone):
    school = applicant(kind="school")
    for ask in (zone.standards_for, zone.visit_checks_for, zone.papers_for, zone.letters_for):
        assert ask(school, EARLY) == ()


def test_priority_when_several_fit_then_is_the_most_urgent(zone):
    assert zone.priority_for(applicant(tags=["export_order", "epidemic_essential"]), EARLY).id == "essential"
    assert zone.priority_for(applicant(tags=["export_order"]), EARLY).id == "export"
    assert zone.priority_for(applicant(), EARLY) is None


def test_wave_when_classes_differ_then_is_the_first_that_takes_them(zone):
    assert zone.wave_for(applicant(tags=["export_order"]), EARLY).id == "first"
    assert zone.wave_for(applicant(), EARLY).id == "rest"


def test_cadences_and_assignments_when_asked_then_are_those_of_the_kind(zone):
    assert ids(zone.cadences_for(applicant(), EARLY)) == ["patrol"]
    assert ids(zone.cadences_for(applicant(kind="construction_site"), EARLY)) == ["site_report"]
    assert ids(zone.assignments_for(LARGE, EARLY)) == ["leaders"]
    assert ids(zone.assignments_for(applicant(), EARLY)) == []


def test_plan_conditions_when_the_enterprise_is_small_then_do_not_apply(zone):
    assert ids(zone.plan_conditions_for(applicant(head_count=101), EARLY)) == ["halved"]
    assert ids(zone.plan_conditions_for(applicant(head_count=100), EARLY)) == []


def test_due_when_the_locality_has_its_own_calendar_then_counts_it(zone):
    """12 March 2020 is a local day off, Saturday 14 March a local working day."""
    route = zone.policy.routes["large"]
    due = zone.due_at(datetime(2020, 3, 11, 9, tzinfo=LOCAL), route)
    assert due == datetime(2020, 3, 15, tzinfo=LOCAL)
