"""The playbook of the Suzhou park holds what its report says, no less and no more."""

from datetime import date
from decimal import Decimal

import pytest

from fugong.core.figures import Exactness, catalogue
from fugong.core.figures.wording import has_words
from fugong.playbooks.choices import (
    AreaKind,
    BodyKind,
    FigureBasis,
    GateAnswer,
    GateKind,
    Listing,
    Measuring,
    OnTheSpot,
    Origin,
    PeriodUnit,
    Standing,
    SubjectKind,
)
from fugong.playbooks.rules.examples import run_examples
from fugong.playbooks.rules.library import find_in_library

JULY = date(2022, 7, 28)
FIRM = {
    "kind": "enterprise",
    "size_class": "above",
    "head_count": 260,
    "industry": "C",
    "tags": [],
    "park": "suzhou_park",
    "purpose": "resume",
}
PROJECT = {**FIRM, "kind": "project", "industry": "E"}


def origin_of(playbook, *path):
    found = playbook.origins.of(path)
    return found.origin, found.ref


def test_library_when_asked_for_then_has_it_from_the_first_day_of_testing(suzhou):
    found = find_in_library("suzhou", date(2022, 7, 20))
    assert found is not None
    assert found.sha256 == suzhou.sha256
    assert find_in_library("suzhou", date(2022, 7, 19)) is None
    assert suzhou.origins.of(("playbook", "effective_from")).origin is Origin.LOCAL_CHOICE


def test_examples_when_run_then_pass_and_are_good_and_bad(suzhou):
    assert list(run_examples(suzhou)) == []
    assert {example.kind.value for example in suzhou.policy.examples} == {"good", "bad"}


def test_defaults_when_read_then_lead_to_public_documents_only(suzhou):
    sources = suzhou.policy.sources
    assert [id_ for id_, source in sources.items() if source.standing is Standing.LOCAL] == ["report"]


def test_clauses_when_read_then_are_all_the_report_has_for_the_scheme(suzhou):
    clauses = set(suzhou.policy.sources["report"].clauses)
    numbers = {f"A-{number:02}" for number in range(1, 36)}
    assert numbers - clauses == {"A-06", "A-30"}  # grid members stand in A-05; A-30 says A-02 once more
    assert clauses <= numbers


def test_systems_when_read_then_are_the_five_of_the_report_and_others(suzhou):
    found = suzhou.policy.standards["firm_systems"]
    assert list(found.items) == [
        "venue_code",
        "health_code",
        "disinfection",
        "staggered_meals",
        "information_report",
    ]
    assert found.listing is Listing.OPEN_ENDED
    assert origin_of(suzhou, "standards", "firm_systems", "items") == (Origin.SOURCE, ("A-32",))
    assert [each.id for each in suzhou.standards_for(FIRM, JULY)] == ["firm_systems"]


def test_five_in_place_when_read_then_test_nobody(suzhou):
    found = suzhou.policy.standards["five_in_place"]
    assert (len(found.items), found.number_in_name, found.listing) == (5, 5, Listing.COMPLETE)
    assert "five_in_place" not in {
        each.id for facts in (FIRM, PROJECT) for each in suzhou.standards_for(facts, JULY)
    }


def test_organisation_when_read_then_has_eight_groups_and_three_chiefs(suzhou):
    organisation = suzhou.policy.organisation
    groups = [id_ for id_, body in organisation.bodies.items() if body.kind is BodyKind.WORKING_GROUP]
    assert len(groups) == 8
    assert {origin_of(suzhou, "organisation", "bodies", id_, "name") for id_ in groups} == {
        (Origin.SOURCE, ("A-07",))
    }
    chiefs = [id_ for id_ in organisation.roles if id_.endswith("_chief")]
    assert chiefs == ["park_chief", "group_chief", "enterprise_chief"]


def test_grids_when_the_report_counts_none_then_none_are_made_up(suzhou):
    assert [area.kind for area in suzhou.policy.areas.values()] == [AreaKind.PARK]


def test_route_when_an_enterprise_applies_then_ends_with_the_park_chief_by_our_choice(suzhou):
    route = suzhou.route_for(FIRM, JULY).route
    assert route is not None
    assert [step.id for step in route.first_steps()] == ["grid", "group"]
    assert [step.body for step in route.steps_open_after(("grid", "group"))] == ["park"]
    assert origin_of(suzhou, "routes", "enterprises", "mode") == (Origin.SOURCE, ("A-27", "A-29"))
    assert origin_of(suzhou, "routes", "enterprises", "steps", "grid", "level")[0] is Origin.LOCAL_CHOICE


def test_route_when_a_project_applies_then_is_its_own(suzhou):
    route = suzhou.route_for(PROJECT, JULY).route
    assert route is not None
    assert (route.id, route.levels) == ("projects", 1)


def test_responsibility_when_read_then_an_enterprise_has_a_chief(suzhou):
    assert [each.role for each in suzhou.assignments_for(FIRM, JULY)] == ["enterprise_chief"]
    assert suzhou.assignments_for(PROJECT, JULY) == ()


def test_cadences_when_read_then_projects_are_dispatched_weekly_and_no_patrol_is_made_up(suzhou):
    cadences = suzhou.policy.cadences
    assert set(cadences) == {"production_report", "health_report", "project_dispatch"}
    dispatch = cadences["project_dispatch"]
    assert (dispatch.times, dispatch.every, dispatch.unit) == (1, 1, PeriodUnit.WEEK)
    assert dispatch.subjects == (SubjectKind.PROJECT,)
    assert origin_of(suzhou, "cadences", "project_dispatch", "unit") == (Origin.SOURCE, ("A-35",))
    assert origin_of(suzhou, "cadences", "production_report", "due_at")[0] is Origin.NATIONAL_DEFAULT


def test_gates_when_listed_then_doors_work_areas_and_venues_are_the_reports(suzhou):
    kinds = {each.id: each.kind for each in suzhou.gates_on(JULY)}
    assert kinds == {
        "enterprise_door": GateKind.DOOR,
        "work_area": GateKind.WORKSHOP,
        "park_gate": GateKind.DOOR,
        "venue": GateKind.VENUE,
    }
    assert origin_of(suzhou, "gates", "enterprise_door", "kind") == (Origin.SOURCE, ("A-31", "A-32"))
    assert origin_of(suzhou, "gates", "work_area", "kind") == (Origin.SOURCE, ("A-31",))
    assert origin_of(suzhou, "gates", "venue", "kind") == (Origin.SOURCE, ("A-32",))
    assert origin_of(suzhou, "gates", "park_gate", "kind")[0] is Origin.LOCAL_CHOICE
    assert {origin_of(suzhou, "gates", id_, "levels", "red")[0] for id_ in kinds} == {Origin.LOCAL_CHOICE}


def test_doors_when_read_then_measure_as_the_guide_says(suzhou):
    rule = suzhou.gate_rule("enterprise_door", JULY)
    assert (rule.own_people_only, rule.visitors) == (True, GateAnswer.ASK)
    assert (rule.measure_temperature, rule.fever_from) == (Measuring.ALWAYS, 373)
    measured = origin_of(suzhou, "gates", "enterprise_door", "measure_temperature")
    assert measured == (Origin.NATIONAL_DEFAULT, ("JG-3",))


def test_venues_when_read_then_every_enterprise_has_a_code_in_daily_use(suzhou):
    venues = suzhou.venues
    assert (venues.needed_by, venues.used_daily) == ((SubjectKind.ENTERPRISE,), True)
    assert origin_of(suzhou, "venues", "needed_by") == (Origin.SOURCE, ("A-32",))
    assert origin_of(suzhou, "venues", "used_daily")[0] is Origin.LOCAL_CHOICE
    assert venues.on_the_spot is OnTheSpot.GUARD


def test_clearance_when_read_then_asks_for_no_test_that_nobody_could_have_on_record(suzhou):
    table = suzhou.policy.clearance
    assert list(table.levels) == ["green", "ask", "yellow", "red"]
    assert [each.evidence for each in table.requires.values()] == ["file"]
    assert suzhou.gate_rule("enterprise_door", JULY).test_hours is None


STATED = {
    "resumed": (13, "exact"),
    "staff_back": (1268, "exact"),
    "capacity": (60, "about"),
    "groups": (8, "exact"),
    "test_rounds": (9, "exact"),
    "test_tubes": (457, "exact"),
    "people_tested": (8562, "exact"),
    "enterprises_supplied": (10, "odd"),
    "food": (100, "odd"),
    "sent_to_hospital": (1, "exact"),
}


@pytest.mark.parametrize("figure", STATED)
def test_figures_when_the_report_states_them_then_are_quoted_to_the_digit(figure, suzhou):
    value, exactness = STATED[figure]
    stated = suzhou.policy.figures[figure].stated
    assert (stated.value, stated.exactness) == (Decimal(value), Exactness(exactness))


def test_figures_when_no_denominator_is_given_then_no_rate_is_computed(suzhou):
    figures = suzhou.policy.figures
    assert set(figures) == set(STATED)
    assert [id_ for id_, rule in figures.items() if rule.is_rate] == []


def test_figures_when_computed_then_some_context_publishes_their_measure(suzhou):
    figures = suzhou.policy.figures.values()
    computed = [rule for rule in figures if rule.measure]
    assert {rule.measure for rule in computed} == {"enterprises.resumed", "people.back"}
    assert all(rule.kind == catalogue[rule.measure].kind for rule in computed)
    assert all(has_words(rule.unit) for rule in figures if rule.basis is FigureBasis.STATED)


def test_bulletin_when_filled_then_reads_as_the_report(suzhou):
    values = {"as_of": "8月1日", "resumed": "13家", "capacity": "约60%", "staff_back": "1268人"}
    report = suzhou.policy.sources["report"].clauses
    sections = suzhou.policy.bulletins["resumption"].sections
    assert sections["resumption"].filled("zh", values) == (
        report["A-33"].replace("截止目前", "截至8月1日，") + "。"
    )
    tests = {"test_rounds": "9", "test_tubes": "457", "people_tested": "8562"}
    assert report["A-17"] in sections["testing"].filled("zh", tests)


def test_bulletin_when_read_then_prints_every_figure(suzhou):
    printed = {
        name
        for section in suzhou.policy.bulletins["resumption"].sections.values()
        for name in section.placeholders("en")
    }
    assert printed == {"as_of", *suzhou.policy.figures}
