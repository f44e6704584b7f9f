"""Every way to get a playbook wrong: the message names the file, the line and the key, and says what to do.

The cases are in `refusals.toml`; each spoils one place of `zone.toml`.
"""

import tomllib
from pathlib import Path

import pytest

from fugong.playbooks.rules.errors import PlaybookError, PlaybookInvalid
from fugong.playbooks.rules.facts_schema import FactSchema
from fugong.playbooks.rules.loading import load_playbook

CASES = tomllib.loads(Path(__file__).with_name("refusals.toml").read_text(encoding="utf-8"))["case"]
each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])


def errors_of(text: str, facts: FactSchema) -> list[PlaybookError]:
    with pytest.raises(PlaybookInvalid) as refused:
        load_playbook(text, "zone.toml", facts=facts)
    return refused.value.errors


def spoilt(text: str, case: dict[str, str]) -> str:
    assert text.count(case["old"]) == 1, "the zone's file must hold this once"
    return text.replace(case["old"], case["new"])


@each_case
def test_load_when_spoilt_then_says_what_where_and_what_to_do(case, zone_text, applicant_facts):
    text = spoilt(zone_text, case)
    errors = errors_of(text, applicant_facts)

    found = [error for error in errors if error.key == case["key"] and case["says"] in error.message]
    assert found, f"only said: {[str(error) for error in errors]}"
    assert case.get("remedy", "") in found[0].remedy
    marked = [number for number, line in enumerate(text.splitlines(), start=1) if "#!" in line]
    assert marked in ([], [found[0].line])
    assert str(found[0]).startswith(f"zone.toml:{found[0].line}: {case['key']}: ")


@each_case
def test_load_when_spoilt_in_one_place_then_keeps_to_that_place(case, zone_text, applicant_facts):
    """One mistake may be told in several sentences, but all of the same table."""
    errors = errors_of(spoilt(zone_text, case), applicant_facts)
    assert len(errors) <= 4


FAR_APART = [
    "an unknown key",
    "a number in quotes",
    "an unknown fact",
    "no origin",
    "a paper outside the list",
    "a cyclic route",
    "overlapping regimes",
    "items nobody listed",
    "a placeholder without a figure",
    "a clock without escalation",
    "a fact left out",
]


def test_load_when_many_places_are_spoilt_then_all_are_told_in_the_order_of_the_lines(
    zone_text, applicant_facts
):
    text = zone_text
    cases = [case for case in CASES if case["name"] in FAR_APART]
    for case in cases:
        text = spoilt(text, case)
    errors = errors_of(text, applicant_facts)

    assert len(cases) == len(FAR_APART)
    assert {case["key"] for case in cases} <= {error.key for error in errors}
    assert [error.line for error in errors] == sorted(error.line for error in errors)
