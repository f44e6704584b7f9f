"""The playbook of the Heyuan zone holds what its report says, no less and no more."""

from collections import Counter
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise

import pytest

from fugong.core.clock import LOCAL
from fugong.core.figures import Exactness, catalogue
from fugong.core.figures.wording import has_words
from fugong.playbooks.choices import (
    AreaKind,
    BodyKind,
    Directions,
    FigureBasis,
    GateAnswer,
    GateKind,
    Listing,
    Measuring,
    Origin,
    PeriodUnit,
    Standing,
)
from fugong.playbooks.rules.examples import run_examples
from fugong.playbooks.rules.library import find_in_library

FEBRUARY = date(2020, 2, 12)
FIRM = {
    "kind": "enterprise",
    "size_class": "below",
    "head_count": 40,
    "industry": "C",
    "tags": [],
    "park": "industry_3",
    "purpose": "resume",
}
SITE = {"kind": "construction_site", "head_count": 80, "tags": [], "park": "sites_2", "purpose": "resume"}
TRADER = {"kind": "trader", "head_count": 2, "tags": [], "park": "committees_1", "purpose": "resume"}


def day(month, number):
    return datetime(2020, month, number, tzinfo=LOCAL)


def test_library_when_asked_for_then_has_it_from_the_second_day_of_the_lunar_year(heyuan):
    found = find_in_library("heyuan", date(2020, 1, 26))
    assert found is not None
    assert found.sha256 == heyuan.sha256
    assert find_in_library("heyuan", date(2020, 1, 25)) is None
    assert heyuan.origins.of(("playbook", "effective_from")).origin is Origin.LOCAL_CHOICE


def test_examples_when_run_then_pass_and_are_good_and_bad(heyuan):
    assert list(run_examples(heyuan)) == []
    assert {example.kind.value for example in heyuan.policy.examples} == {"good", "bad"}


def test_defaults_when_read_then_lead_to_public_documents_only(heyuan):
    sources = heyuan.policy.sources
    assert [id_ for id_, source in sources.items() if source.standing is Standing.LOCAL] == ["report"]


@pytest.mark.parametrize(
    ("standard", "number", "clauses"),
    [
        ("four_carried_out", 4, ("C-41",)),
        ("plan_demands", 6, ("C-39", "C-40")),
        ("three_one_sets", 3, ("C-32",)),
    ],
)
def test_standards_when_the_report_lists_their_items_then_have_them_all(standard, number, clauses, heyuan):
    found = heyuan.policy.standards[standard]
    assert (found.listing, len(found.items)) == (Listing.COMPLETE, number)
    assert heyuan.origins.of(("standards", standard, "items")).ref == clauses


def test_organisation_when_read_then_names_one_of_the_ten_groups_and_five_for_emergencies(heyuan):
    bodies = heyuan.policy.organisation.bodies
    groups = [id_ for id_, body in bodies.items() if body.kind is BodyKind.WORKING_GROUP]
    emergency = [id_ for id_ in groups if heyuan.origins.of(("organisation", "bodies", id_)).ref == ("C-43",)]
    assert len(emergency) == 5
    assert [id_ for id_ in groups if id_ not in emergency] == ["enterprise_control_group"]
    kinds = {body.kind for body in bodies.values()}
    assert {BodyKind.LEADING_GROUP, BodyKind.HEADQUARTERS, BodyKind.TASK_FORCE} <= kinds
    roles = heyuan.policy.organisation.roles
    assert (roles["patrol_member"].count, roles["drawn_cadre"].count) == (80, 213)


def test_grids_when_counted_then_are_24_and_their_names_are_ours(heyuan):
    grids = {id_: area for id_, area in heyuan.policy.areas.items() if area.kind is AreaKind.GRID}
    of_kind = Counter(id_.rpartition("_")[0] for id_ in grids)
    assert of_kind == {"industry": 7, "sites": 5, "committees": 6, "rental": 6}
    for id_, area in grids.items():
        assert area.within == "heyuan"
        assert heyuan.origins.of(("areas", id_, "kind")).origin is Origin.SOURCE
        assert heyuan.origins.of(("areas", id_, "name")).origin is Origin.LOCAL_CHOICE


def test_route_when_taken_then_goes_from_the_leaders_acceptance_to_the_committee(heyuan):
    choice = heyuan.route_for(FIRM, date(2020, 2, 6))
    assert choice.route is not None
    first, last = choice.route.steps.values()
    assert (first.id, first.body, first.visit, first.next) == (
        "acceptance",
        "division",
        True,
        ("committee",),
    )
    assert (last.body, last.next) == ("party_committee", ())
    assert heyuan.origins.of(("routes", "industry", "steps", "acceptance")).origin is Origin.SOURCE


@pytest.mark.parametrize(
    ("applicant", "earliest"),
    [
        (FIRM, day(2, 10)),
        ({**FIRM, "tags": ["export_order"]}, day(2, 10)),
        ({**FIRM, "tags": ["epidemic_essential"]}, day(1, 30)),
        ({**FIRM, "tags": ["daily_life"]}, day(1, 30)),
        (SITE, day(2, 10)),
        (TRADER, day(3, 1)),
        ({**TRADER, "tags": ["other_livelihood"]}, None),
        ({**TRADER, "tags": ["daily_life"]}, None),
    ],
)
def test_earliest_start_when_asked_then_is_that_of_the_report(applicant, earliest, heyuan):
    assert heyuan.route_for(applicant, date(2020, 2, 6)).earliest_start == earliest


def test_traders_condition_when_read_then_says_that_it_is_not_the_reports(heyuan):
    origin = heyuan.origins.of(("not_before", "traders", "when"))
    assert origin.origin is Origin.LOCAL_CHOICE
    assert "籍贯" in origin.why.zh
    assert heyuan.origins.of(("not_before", "traders", "moment")).origin is Origin.SOURCE


@pytest.mark.parametrize(
    ("cadence", "times", "every", "unit", "clause"),
    [
        ("production_report", 1, 1, PeriodUnit.DAY, "C-40"),
        ("patrol", 3, 1, PeriodUnit.WEEK, "C-09"),
        ("leaders_round", 1, 2, PeriodUnit.DAY, "C-08"),
    ],
)
def test_cadences_when_read_then_are_those_of_the_report(cadence, times, every, unit, clause, heyuan):
    found = heyuan.policy.cadences[cadence]
    assert (found.times, found.every, found.unit) == (times, every, unit)
    origin = heyuan.origins.of(("cadences", cadence, "times"))
    assert origin.origin is Origin.SOURCE
    assert clause in origin.ref


def test_priorities_when_read_then_essential_goods_come_before_key_ones(heyuan):
    ranked = sorted(heyuan.policy.priorities.values(), key=lambda each: each.rank)
    assert [each.id for each in ranked] == [
        "epidemic_essential",
        "daily_life",
        "city_running",
        "key",
        "above_size",
    ]
    assert all(first.rank < second.rank for first, second in pairwise(ranked))


def test_responsibility_when_read_then_leaders_answer_for_plants_and_sites(heyuan):
    assert "leaders" in [each.id for each in heyuan.assignments_for(FIRM, FEBRUARY)]
    assert "leaders" in [each.id for each in heyuan.assignments_for(SITE, FEBRUARY)]
    assert "leaders" not in [each.id for each in heyuan.assignments_for(TRADER, FEBRUARY)]


STATED = {
    "enterprises": (330, "exact"),
    "sites": (58, "exact"),
    "traders": (101, "exact"),
    "schools": (2, "exact"),
    "hotels": (5, "exact"),
    "estates": (17, "exact"),
    "resumed": (256, "exact"),
    "above_size_resumed": (102, "exact"),
    "above_size_rate": (Decimal("97.1"), "exact"),
    "staff_back": (37873, "exact"),
    "staff_back_local": (23730, "exact"),
    "staff_back_not_local": (14143, "exact"),
    "staff_back_other_provinces": (8674, "exact"),
    "hubei_people": (2962, "exact"),
    "hubei_returned": (407, "exact"),
    "hubei_stayed": (683, "exact"),
    "working_groups": (10, "exact"),
    "meetings": (20, "odd"),
    "patrol_people": (80, "exact"),
    "patrol_teams": (14, "exact"),
    "grids": (24, "exact"),
    "grids_industry": (7, "exact"),
    "grids_sites": (5, "exact"),
    "grids_committees": (6, "exact"),
    "grids_rental": (6, "exact"),
    "drawn_cadres": (213, "exact"),
    "checkpoints": (4, "exact"),
    "vehicles_checked": (9000, "more"),
    "people_checked": (13000, "odd"),
    "enterprise_areas": (315, "exact"),
    "enterprise_rooms": (1003, "exact"),
    "hospital_beds": (48, "exact"),
    "central_points": (1, "exact"),
    "central_rooms": (42, "exact"),
    "reserve_rooms": (120, "exact"),
    "quarantine_enterprise": (10, "exact"),
    "quarantine_home": (20, "exact"),
    "quarantine_central": (12, "exact"),
    "released": (365, "exact"),
    "leaflets": (10000, "more"),
    "tips": (30, "more"),
    "thermometers": (386, "exact"),
    "masks": (275000, "about"),
    "rent_cut": (940000, "exact"),
    "rent_cut_enterprises": (25, "exact"),
    "rent_cut_shops": (45, "exact"),
    "buses": (40, "exact"),
    "fetched": (2000, "exact"),
}


@pytest.mark.parametrize("figure", STATED)
def test_figures_when_the_report_states_them_then_are_quoted_to_the_digit(figure, heyuan):
    value, exactness = STATED[figure]
    stated = heyuan.policy.figures[figure].stated
    assert (stated.value, stated.exactness) == (value, Exactness(exactness))


def test_figures_when_all_are_counted_then_only_the_denominator_is_stated_nowhere(heyuan):
    figures = heyuan.policy.figures
    assert set(figures) - set(STATED) == {"above_size"}
    assert figures["above_size"].stated is None
    assert heyuan.origins.of(("figures", "above_size")).origin is Origin.LOCAL_CHOICE
    rate = figures["above_size_rate"]
    assert (rate.numerator, rate.denominator) == ("above_size_resumed", "above_size")
    assert heyuan.origins.of(("figures", "above_size_rate", "denominator")).origin is Origin.LOCAL_CHOICE


def test_figures_when_the_parts_are_added_then_give_the_whole_and_no_rest_is_computed(heyuan):
    figures = heyuan.policy.figures
    staff = [figures[f"staff_back{part}"].stated.value for part in ("", "_local", "_not_local")]
    assert staff[0] == staff[1] + staff[2]
    grids = [figures[f"grids_{part}"].stated.value for part in ("industry", "sites", "committees", "rental")]
    assert sum(grids) == figures["grids"].stated.value
    hubei = [id_ for id_ in figures if id_.startswith("hubei")]
    assert hubei == ["hubei_people", "hubei_returned", "hubei_stayed"]


def test_figures_when_computed_then_some_context_publishes_their_measure(heyuan):
    figures = heyuan.policy.figures.values()
    computed = [rule for rule in figures if rule.measure]
    assert {rule.measure for rule in computed} <= {definition.key for definition in catalogue}
    assert all(rule.kind == catalogue[rule.measure].kind for rule in computed)
    assert all(has_words(rule.unit) for rule in figures if rule.basis is FigureBasis.STATED)


def test_figures_when_undated_then_follow_the_day_of_the_page(heyuan):
    figures = heyuan.policy.figures
    assert figures["resumed"].stated.as_of == date(2020, 3, 5)
    assert heyuan.origins.of(("figures", "resumed", "stated", "as_of")).origin is Origin.LOCAL_CHOICE
    assert figures["meetings"].stated.as_of is None
    assert figures["buses"].stated.as_of == date(2020, 2, 23)
    assert heyuan.origins.of(("figures", "buses", "stated", "as_of")).origin is Origin.SOURCE


def test_bulletin_when_filled_then_reads_as_the_report(heyuan):
    values = {
        "as_of": "3月5日",
        "resumed": "256家",
        "above_size_resumed": "102家",
        "above_size_rate": "97.1%",
        "staff_back": "37873人",
        "staff_back_local": "23730人",
        "staff_back_not_local": "14143人",
        "staff_back_other_provinces": "8674人",
    }
    report = heyuan.policy.sources["report"].clauses
    text = heyuan.policy.bulletins["resumption"].sections["resumption"].filled("zh", values)
    assert report["C-50"].removeprefix("目前，") in text
    assert report["C-51"] in text


def test_bulletin_when_read_then_prints_every_figure_but_the_unstated_denominator(heyuan):
    printed = {
        name
        for section in heyuan.policy.bulletins["resumption"].sections.values()
        for name in section.placeholders("en")
    }
    assert printed == {"as_of", *heyuan.policy.figures} - {"above_size"}


def test_checkpoints_when_read_then_check_every_vehicle_and_every_person(heyuan):
    rule = heyuan.gate_rule("checkpoint", FEBRUARY)
    assert (rule.kind, rule.directions) == (GateKind.ROAD, Directions.IN)
    assert (rule.measure_temperature, rule.vehicles) == (Measuring.ALWAYS, GateAnswer.ASK)
    for key in ("measure_temperature", "vehicles", "directions"):
        assert heyuan.origins.of(("gates", "checkpoint", key)).ref == ("C-19", "C-63")
    assert heyuan.origins.of(("gates", "checkpoint", "levels", "red")).origin is Origin.LOCAL_CHOICE


def test_doors_when_read_then_measure_both_ways_and_know_that_staff_live_inside(heyuan):
    rule = heyuan.gate_rule("enterprise_door", FEBRUARY)
    assert (rule.own_people_only, rule.visitors, rule.fever_from) == (True, GateAnswer.ASK, 373)
    assert (rule.measure_temperature, rule.directions) == (Measuring.ALWAYS, Directions.BOTH)
    assert heyuan.origins.of(("gates", "enterprise_door", "measure_temperature")).ref == ("C-44",)
    assert rule.presence_minutes == 7 * 24 * 60


def test_gates_when_listed_then_none_is_a_venue_for_the_report_knows_none(heyuan):
    assert [each.id for each in heyuan.gates_on(FEBRUARY)] == ["checkpoint", "enterprise_door", "workshop"]
    assert heyuan.policy.venues is None


def test_passages_when_kept_then_for_three_weeks_by_choice(heyuan):
    assert heyuan.policy.retention["passages"].days == 21
    assert heyuan.origins.of(("retention", "passages", "days")).origin is Origin.LOCAL_CHOICE
