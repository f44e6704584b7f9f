"""The Datong case: the report's figures come out of the record, and the data says what is made up."""

import re
from collections import Counter
from datetime import date

import pytest

from fugong.areas.queries import find_authority
from fugong.command import queries
from fugong.command.models import Bulletin
from fugong.core.audit.models import AuditEntry
from fugong.core.audit.verifying import verify
from fugong.core.clock import end_of
from fugong.core.decisions.models import DecisionRecord
from fugong.core.tenancy import acting_for
from fugong.enterprises.models import StandingEvent
from fugong.enterprises.rules import credit_code
from fugong.playbooks.queries import get_in_force
from fugong.resumption.models import ApplicationEvent, Suspension
from fugong.scenarios.reading import read_scenario

REPORT = {
    "enterprises_in_parks": 106,
    "resumed": 91,
    "resumption_rate": "85.8",
    "above_size": 39,
    "above_size_resumed": 36,
    "above_size_rate": "92.3",
    "difficulties_solved": 39,
    "instructors": 47,
}
SCENARIO = read_scenario("datong")


@pytest.fixture
def datong_id(in_datong):
    authority = find_authority("datong")
    assert authority is not None
    with acting_for(authority.id):
        yield authority.id


def figures(authority_id, day):
    playbook = get_in_force(day).playbook
    found = queries.compose(playbook, authority_id=authority_id, as_of=end_of(day), known_at=SCENARIO.ends_at)
    return {each.key: each.figure for each in found.figures}


def test_the_computed_figures_of_27_april_are_those_of_the_report(datong_id):
    found = figures(datong_id, date(2022, 4, 27))
    assert {key: str(found[key].value) for key in REPORT} == {
        key: str(value) for key, value in REPORT.items()
    }


def test_the_playbook_states_the_same_numbers_and_none_of_them_is_used(datong_id):
    """What the report states is kept beside each computed figure, so that the two can be held together."""
    rules = get_in_force(date(2022, 4, 27)).playbook.policy.figures
    for key, value in REPORT.items():
        assert rules[key].basis.value == "computed"
        stated = rules[key].stated
        assert stated is not None
        assert str(stated.value) == str(value)


def test_on_18_april_31_of_39_above_size_enterprises_worked(datong_id):
    found = figures(datong_id, date(2022, 4, 18))
    assert (found["above_size_resumed"].value, found["above_size"].value) == (31, 39)
    assert str(found["above_size_rate"].value) == "79.5"


def test_the_number_of_resumed_enterprises_grows_from_none(datong_id):
    days = [figures(datong_id, date(2022, 4, day))["resumed"].value for day in (1, 10, 15, 20, 27)]
    assert days[0] == 0
    assert days == sorted(days)
    assert days[-1] == 91


def test_the_published_bulletin_has_these_figures_and_verifies(datong_id):
    bulletin = Bulletin.objects.get()
    assert bulletin.publication.published_by != bulletin.composed_by
    assert "复工率85.8%" in bulletin.text[0]["body"]["zh"]
    assert queries.verify(bulletin).is_good


def test_every_standing_was_decided_by_somebody_of_the_story(datong_id):
    """91 resumed: each by a decision with its reasons, none by a row put there."""
    events = list(StandingEvent.objects.all())
    decisions = DecisionRecord.objects.in_bulk([event.decision_id for event in events])
    assert len(events) >= 91
    for event in events:
        decision = decisions[event.decision_id]
        assert decision.actor_id is not None
        assert decision.reasons
        assert decision.playbook_version


def test_the_story_goes_on_as_real_ones_do(datong_id):
    """Returned and handed in again, refused, withdrawn, suspended and opened again: each once at least."""
    states = Counter(ApplicationEvent.objects.values_list("to_state", flat=True))
    assert {"returned", "refused", "withdrawn", "approved"} <= set(states)
    assert states["approved"] == 91
    suspensions = Counter(Suspension.objects.values_list("state", flat=True))
    assert suspensions == {"lifted": 1}


def test_the_whole_trail_is_sealed_and_whole(datong_id):
    verdict = verify(datong_id)
    assert (verdict.is_intact, verdict.waiting, verdict.unproven) == (True, 0, 0)
    assert verdict.checked == AuditEntry.objects.count() > 3000


def test_what_is_made_up_says_so():
    provenance = Counter(row["provenance"] for row in SCENARIO.enterprises)
    assert provenance == {"report": 1, "reading": 2, "synthetic": 103}
    for row in SCENARIO.enterprises:
        assert ("合成" in row["name"]) is (row["provenance"] == "synthetic"), row["name"]
        assert row["note"] or row["provenance"] == "synthetic"
    assert all("合成" in user["name"] for user in SCENARIO.users)
    assert all("合成" in row["contact_name"] for row in SCENARIO.enterprises)


def test_the_only_enterprise_that_the_report_places_is_placed_there():
    placed = [row for row in SCENARIO.enterprises if row["provenance"] == "report"]
    assert [(row["name"], row["park"]) for row in placed] == [
        ("淮南市乐森黑马乐器有限公司", "datong_new_zone")
    ]


def test_codes_are_right_and_telephones_are_of_the_block_that_nobody_has():
    codes = [row["credit_code"] for row in SCENARIO.enterprises]
    assert len(set(codes)) == 106
    assert [credit_code.checked(code) for code in codes] == codes
    assert all(re.fullmatch(r"1990000\d{4}", row["contact_phone"]) for row in SCENARIO.enterprises)


def test_people_are_as_many_as_the_report_says():
    roles = Counter(user["role"] for user in SCENARIO.users)
    assert roles["instructor"] == 47
    assert roles["enterprise_contact"] == 106
    assert {"system_admin", "security_admin", "audit_admin"} <= set(roles)
    assert len(SCENARIO.signed) == 12
    assert {user["role"] for user in SCENARIO.signed} == set(roles)


def test_acts_are_in_the_order_of_time_and_inside_april():
    moments = [act.at for act in SCENARIO.acts]
    assert moments == sorted(moments)
    assert SCENARIO.head["founded_at"] < moments[0]
    assert moments[-1] <= SCENARIO.ends_at
