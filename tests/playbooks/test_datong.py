"""The playbook of Datong holds what its report says, no less and no more."""

from datetime import date
from decimal import Decimal

import pytest

from fugong.core.figures import Exactness, catalogue
from fugong.core.figures.wording import has_words
from fugong.playbooks.choices import (
    AreaKind,
    FigureBasis,
    Listing,
    Measuring,
    OnTheSpot,
    Origin,
    Standing,
)
from fugong.playbooks.rules.examples import run_examples
from fugong.playbooks.rules.library import find_in_library, library

APRIL = date(2022, 4, 11)
FIRM = {
    "kind": "enterprise",
    "size_class": "above",
    "head_count": 520,
    "industry": "C",
    "tags": ["export_order"],
    "park": "datong_new_zone",
    "purpose": "resume",
}


def test_library_when_read_then_holds_datong(applicant_facts, datong):
    assert "datong" in [each.id for each in library(facts=applicant_facts)]
    found = find_in_library("datong", APRIL)
    assert found is not None
    assert found.sha256 == datong.sha256
    assert find_in_library("datong", date(2022, 3, 31)) is None
    assert find_in_library("nowhere", APRIL) is None


def test_examples_when_run_then_pass_and_are_good_and_bad(datong):
    assert list(run_examples(datong)) == []
    assert {example.kind.value for example in datong.policy.examples} == {"good", "bad"}


@pytest.mark.parametrize("standard", ["two_letters_one_plan", "ten_in_place"])
def test_standards_when_the_source_lists_no_items_then_have_none(standard, datong):
    found = datong.policy.standards[standard]
    assert (found.listing, found.items, found.issuer) == (Listing.NOT_LISTED, {}, None)
    assert datong.origins.of(("standards", standard)).ref == ("E-23",)


def test_visit_when_asked_then_checks_standards_whole_and_the_three_things_named(datong):
    checks = datong.visit_checks_for(FIRM, APRIL)
    assert [check.id for check in checks] == [
        "two_letters_one_plan",
        "ten_in_place",
        "people_on_post",
        "masks",
        "disinfectant",
        "vehicle_loop",
    ]


def test_routes_and_clocks_when_read_then_are_marked_as_defaults(datong):
    for path in (("routes", "above_size", "steps"), ("routes", "below_size", "when"), ("clocks", "answer")):
        assert datong.origins.of(path).origin is Origin.NATIONAL_DEFAULT
    assert datong.policy.clocks["answer"].working_days == 2
    assert datong.policy.routes["above_size"].levels == 3
    assert datong.policy.routes["below_size"].levels == 1


def test_defaults_when_read_then_lead_to_public_documents_only(datong):
    sources = datong.policy.sources
    assert [id_ for id_, source in sources.items() if source.standing is Standing.LOCAL] == ["report"]
    assert all(source.issuer.zh for source in sources.values())


@pytest.mark.parametrize(
    ("figure", "value", "exactness"),
    [
        ("enterprises_in_parks", 106, "exact"),
        ("resumed", 91, "exact"),
        ("resumption_rate", Decimal("85.8"), "exact"),
        ("above_size", 39, "exact"),
        ("above_size_resumed", 36, "exact"),
        ("above_size_rate", Decimal("92.3"), "exact"),
        ("instructors", 47, "exact"),
        ("difficulties_solved", 39, "exact"),
        ("staff_return_helped", 5, "exact"),
        ("passes_arranged", 20, "odd"),
        ("job_fair_enterprises", 50, "exact"),
        ("job_postings", 323, "exact"),
        ("loan_enterprises", 20, "exact"),
        ("inspection_rounds", 6, "exact"),
        ("inspected_above_size", 39, "exact"),
        ("findings_rectified", 13, "exact"),
    ],
)
def test_figures_when_the_report_states_them_then_are_quoted_to_the_digit(figure, value, exactness, datong):
    stated = datong.policy.figures[figure].stated
    assert (stated.value, stated.exactness) == (value, Exactness(exactness))


def test_figures_when_all_are_counted_then_the_test_above_names_each(datong):
    assert len(datong.policy.figures) == 16
    computed = {key for key, rule in datong.policy.figures.items() if rule.basis is FigureBasis.COMPUTED}
    assert computed == {
        "enterprises_in_parks",
        "resumed",
        "resumption_rate",
        "above_size",
        "above_size_resumed",
        "above_size_rate",
        "instructors",
        "difficulties_solved",
    }
    assert all(has_words(rule.unit) for rule in datong.policy.figures.values() if rule.unit)


def test_figures_when_computed_then_some_context_publishes_their_measure(datong):
    figures = datong.policy.figures.values()
    measures = {rule.measure for rule in figures if rule.measure}
    assert measures <= {definition.key for definition in catalogue}
    assert {rule.kind for rule in figures if rule.measure} == {
        catalogue[measure].kind for measure in measures
    }


def test_figures_when_they_speak_of_the_parks_then_count_there_only(datong):
    parks = tuple(id_ for id_, area in datong.policy.areas.items() if area.kind is AreaKind.PARK)
    for id_ in ("enterprises_in_parks", "resumed", "above_size", "above_size_resumed"):
        assert datong.policy.figures[id_].areas == parks


def test_figures_when_the_report_gives_no_day_then_have_none(datong):
    figures = datong.policy.figures
    assert figures["difficulties_solved"].stated.as_of is None
    assert figures["resumed"].stated.as_of == date(2022, 4, 27)


def test_bulletin_when_filled_then_reads_as_the_report(datong):
    values = {
        "as_of": "4月27日",
        "enterprises_in_parks": "106家",
        "resumed": "91家",
        "resumption_rate": "85.8%",
        "above_size": "39家",
        "above_size_resumed": "36家",
        "above_size_rate": "92.3%",
    }
    first = datong.policy.bulletins["resumption"].sections["resumption"]
    report = datong.policy.sources["report"].clauses
    text = first.filled("zh", values)
    assert report["E-09"] in text
    assert "规上工业企业39家，已复工36家，复工率92.3%" in text
    with pytest.raises(KeyError, match="resumed"):
        first.filled("zh", {key: value for key, value in values.items() if key != "resumed"})


def test_bulletin_when_read_then_prints_every_figure(datong):
    printed = {
        name
        for section in datong.policy.bulletins["resumption"].sections.values()
        for name in section.placeholders("en")
    }
    assert printed == {"as_of", *datong.policy.figures}


def test_responsibility_when_read_then_is_that_of_the_report(datong):
    roles, assignments = datong.policy.organisation.roles, datong.policy.assignments
    assert roles["instructor"].count == assignments["instructors"].count == 47
    assert not assignments["instructors"].gap_counts
    below = {**FIRM, "size_class": "below"}
    assert [each.id for each in datong.assignments_for(FIRM, APRIL)] == ["leaders", "instructors"]
    assert [each.id for each in datong.assignments_for(below, APRIL)] == ["territorial_teams", "instructors"]


def test_year_when_read_then_is_marked_as_a_reading(datong):
    reading = datong.policy.playbook.year_reading
    assert (reading.year, reading.origin) == (2022, Origin.LOCAL_CHOICE)


def test_areas_when_read_then_are_those_the_report_names(datong):
    assert [area.name.zh for area in datong.policy.areas.values()] == [
        "大通区",
        "大通工业新区",
        "上窑工业集聚区",
        "洛河镇",
    ]


def test_doors_when_read_then_take_temperatures_as_the_guide_says_and_the_rest_is_chosen(datong):
    rule = datong.gate_rule("enterprise_door", APRIL)
    assert (rule.measure_temperature, rule.fever_from) == (Measuring.ALWAYS, 373)
    origins = datong.origins
    taken = origins.of(("gates", "enterprise_door", "measure_temperature"))
    assert (taken.origin, taken.ref) == (Origin.NATIONAL_DEFAULT, ("JG-3",))
    for key in ("levels", "own_people_only", "visitors", "directions"):
        assert origins.of(("gates", "enterprise_door", key)).origin is Origin.LOCAL_CHOICE


def test_gates_when_listed_then_no_document_of_the_district_is_claimed_for_them(datong):
    assert [each.id for each in datong.gates_on(APRIL)] == [
        "enterprise_door",
        "park_gate",
        "checkpoint",
        "venue",
    ]
    said = {
        provenance.origin
        for path, _value, provenance in datong.origins.all_values()
        if path[0] in ("gates", "venues", "retention")
    }
    assert said == {Origin.NATIONAL_DEFAULT, Origin.LOCAL_CHOICE}


def test_venues_when_scanned_then_a_guard_confirms_and_nobody_must_have_one(datong):
    assert (datong.venues.on_the_spot, datong.venues.needed_by) == (OnTheSpot.GUARD, ())
