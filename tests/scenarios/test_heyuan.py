"""The Heyuan case: the report's totals come out of the record, and the data says what is made up."""

import re
from collections import Counter
from datetime import date, timedelta
from hashlib import sha256
from itertools import pairwise

import pytest
from django.test import override_settings

from fugong.areas.queries import find_authority
from fugong.census.models import Campaign, Case
from fugong.command import queries
from fugong.command.models import Bulletin
from fugong.core.audit.verifying import verify
from fugong.core.clock import LOCAL, end_of, local_date
from fugong.core.decisions.models import DecisionRecord
from fugong.core.regions import region_name
from fugong.core.tenancy import acting_for
from fugong.enterprises.models import Enterprise, StandingEvent
from fugong.enterprises.rules import credit_code
from fugong.passage.choices import GateKind
from fugong.passage.models import Crossing, Gate, GateDevice, Scan
from fugong.passage.queries import hours_of
from fugong.passage.queries.roads import road_totals
from fugong.people.choices import DocumentKind, Way
from fugong.people.models import Person
from fugong.people.rules import documents
from fugong.playbooks.queries import get_in_force
from fugong.scenarios.making.plan import shared_out
from fugong.scenarios.opening import open_scenario, scenarios
from fugong.scenarios.reading import ScenarioBroken
from tests.passage.desks import post_crossings

WHOLE = open_scenario("heyuan")
HUBEI = "42"
TENTH = {
    "enterprises": 33,
    "sites": 5,
    "traders": 10,
    "resumed": 25,
    "above_size": 10,
    "above_size_resumed": 10,
    "staff_back": 3787,
    "staff_back_local": 2373,
    "staff_back_not_local": 1414,
    "staff_back_other_provinces": 867,
    "hubei_people": 296,
    "hubei_returned": 40,
    "hubei_stayed": 68,
}


@pytest.fixture
def heyuan_id(in_heyuan):
    authority = find_authority("heyuan")
    assert authority is not None
    with acting_for(authority.id):
        yield authority.id


def figures(authority_id, day):
    playbook = get_in_force(day).playbook
    found = queries.compose(playbook, authority_id=authority_id, as_of=end_of(day), known_at=WHOLE.ends_at)
    return {each.key: each.figure for each in found.figures}


def everybody():
    return [line for lines in WHOLE.ledgers.values() for line in lines]


def back():
    return [line for line in everybody() if not line.home_region.startswith(HUBEI)]


def test_scenarios_when_listed_then_are_all_cases():
    assert scenarios() == ["datong", "heyuan", "suzhou"]


def test_a_case_of_data_files_when_asked_for_in_part_then_says_that_it_cannot():
    with pytest.raises(ScenarioBroken, match="cannot be played in part"):
        open_scenario("datong", part=10)


def test_the_register_has_as_many_of_each_kind_as_the_report_says():
    kinds = Counter(row["kind"] for row in WHOLE.enterprises)
    assert kinds == {"enterprise": 330, "construction_site": 58, "trader": 101, "school": 2, "hotel": 5}
    above = {row["ref"] for row in WHOLE.enterprises if row["size_class"] == "above"}
    approved = {act.enterprise for act in WHOLE.acts if act.what == "approve"}
    assert (len(approved), len(above), len(approved & above)) == (256, 105, 102)


def test_people_add_up_to_the_totals_of_the_report():
    homes = [line.home_region for line in back()]
    local = sum(home.startswith("4416") for home in homes)
    elsewhere = sum(not home.startswith("44") for home in homes)
    assert (len(homes), local, len(homes) - local, elsewhere) == (37873, 23730, 14143, 8674)
    assert len(everybody()) - len(homes) == 2962


def test_people_of_hubei_origin_are_on_file_with_a_day_that_has_not_come():
    days = {line.starts_on for line in everybody() if line.home_region.startswith(HUBEI)}
    assert days == {date(2020, 5, 6)}


def test_people_come_when_their_enterprise_works_and_2000_by_coach_on_the_weekend():
    starts = {act.enterprise: local_date(act.at) for act in WHOLE.acts if act.what == "approve"}
    days = Counter(line.starts_on for line in back())
    assert all(line.starts_on >= starts[line.ref] for line in back())
    assert min(days) == date(2020, 1, 30)
    assert max(days) == date(2020, 3, 5)
    weekend = [line for line in back() if line.starts_on in (date(2020, 2, 22), date(2020, 2, 23))]
    assert len(weekend) == 2000
    assert all(line.home_region.startswith("4416") for line in weekend)


def test_work_starts_on_no_day_that_the_report_forbids():
    tags = {row["ref"]: row["tags"] for row in WHOLE.enterprises}
    for act in WHOLE.acts:
        if act.what == "approve":
            first = date(2020, 1, 30) if tags[act.enterprise] else date(2020, 2, 10)
            assert local_date(act.at) >= first, act.enterprise


def test_nobody_is_planned_for_that_the_register_does_not_count():
    normal = {row["ref"]: int(row["normal_staff"]) for row in WHOLE.enterprises}
    for act in WHOLE.acts:
        if act.what == "submit":
            assert int(act.detail["planned_staff"]) <= normal[act.enterprise]
    staff = Counter(line.ref for line in everybody())
    assert all(staff[ref] <= normal[ref] for ref in staff)


def test_what_is_made_up_says_so_but_for_the_four_that_the_report_names():
    named = [row["name"] for row in WHOLE.enterprises if "合成" not in row["name"]]
    assert named == ["农夫山泉", "固牌光电", "九明制药", "固德"]
    assert all("合成" in user["name"] for user in WHOLE.users)
    assert all("合成" in line.name for line in everybody())


def test_numbers_are_right_in_form_each_once_and_nobodys():
    codes = [row["credit_code"] for row in WHOLE.enterprises]
    assert [credit_code.checked(code) for code in codes] == codes
    numbers = [line.document for line in everybody()]
    today = date(2020, 3, 5)
    assert [documents.checked(DocumentKind.RESIDENT_ID, one, today=today) for one in numbers] == numbers
    assert len(set(codes)) == len(codes)
    assert len(set(numbers)) == len(numbers)
    assert region_name("441699") == region_name("441600"), "this county was given out"
    assert all(code[2:8] == "441699" for code in codes)
    assert all(number.startswith("441699") for number in numbers)


def test_telephones_begin_as_no_mobile_number_does():
    phones = [line.phone for line in everybody()]
    assert len(set(phones)) == len(phones)
    assert all(re.fullmatch(r"100\d{8}", phone) for phone in phones)


def test_the_case_when_made_again_is_the_same():
    again = open_scenario("heyuan")
    assert (again.users, again.acts, again.ledgers) == (WHOLE.users, WHOLE.acts, WHOLE.ledgers)


def test_roles_are_all_held_and_each_can_sign_in():
    roles = {user["role"] for user in WHOLE.users}
    assert {user["role"] for user in WHOLE.signed} | {"area_leader"} == roles
    assert {"system_admin", "security_admin", "audit_admin", "instructor", "enterprise_contact"} <= roles


@pytest.mark.parametrize(
    ("total", "weights", "shares"),
    [(10, [1, 1, 1], [4, 3, 3]), (7, [2, 1], [5, 2]), (0, [1, 2], [0, 0]), (3, [0.5], [3])],
)
def test_shares_are_whole_and_add_up(total, weights, shares):
    assert shared_out(total, weights) == shares


def test_the_computed_figures_of_5_march_are_a_tenth_of_the_reports(heyuan_id):
    found = figures(heyuan_id, date(2020, 3, 5))
    assert {key: found[key].value for key in TENTH} == TENTH


def test_until_9_february_only_essential_makers_work(heyuan_id):
    days = {day: figures(heyuan_id, day)["resumed"].value for day in (date(2020, 1, 29), date(2020, 2, 9))}
    assert days == {date(2020, 1, 29): 0, date(2020, 2, 9): 1}
    assert figures(heyuan_id, date(2020, 2, 10))["resumed"].value > 1


def test_staff_back_grow_from_list_to_list_and_the_coaches_bring_200(heyuan_id):
    weekend = [figures(heyuan_id, date(2020, 2, day))["staff_back"].value for day in (21, 22, 23)]
    assert [after - before for before, after in pairwise(weekend)] == [100, 100]


def test_the_published_bulletins_verify_and_say_the_reports_sentence(heyuan_id):
    first, last = Bulletin.objects.order_by("as_of")
    assert queries.verify(first).is_good
    assert queries.verify(last).is_good
    assert (
        "累计返厂人数3787人，其中河源籍员工2373人，非河源籍员工1414人（其中外省员工867人）"
        in (last.text[0]["body"]["zh"])
    )
    assert last.publication.published_by != last.composed_by


def test_the_bulletin_of_february_quotes_nothing_of_march(heyuan_id):
    first = Bulletin.objects.earliest("as_of")
    assert "企业观察区" not in str(first.text)
    assert "40台大巴" in str(first.text)


def test_people_of_hubei_are_on_file_and_not_back(heyuan_id):
    on_file = Person.objects.filter(authority_id=heyuan_id, home_region__startswith=HUBEI)
    assert on_file.count() == 296
    assert on_file.filter(enterprise=None).count() == 0
    assert Person.objects.count() == 3787 + 296
    assert figures(heyuan_id, date(2020, 3, 5))["staff_back"].value == 3787


def test_the_census_reached_everybody_and_computes_no_rest(heyuan_id):
    campaign = Campaign.objects.get()
    cases = Case.objects.filter(campaign=campaign)
    assert (cases.count(), cases.filter(state="open").count()) == (296, 0)
    borne = [set(findings) for findings in cases.values_list("findings", flat=True)]
    assert all("traced" in each for each in borne)
    both = sum({"returned", "stayed"} <= each for each in borne)
    assert both > 0, "drawn apart, some are in both"


def test_the_checkpoints_of_the_case_add_up_to_the_words_of_the_report():
    crossings = [
        each.split("/")
        for act in WHOLE.acts
        if act.what == "cross"
        for each in act.detail["crossings"].split(";")
    ]
    vehicles, people = len(crossings), sum(int(each[1]) for each in crossings)
    assert (vehicles, people) == (9120, 13280)
    assert 9000 < vehicles < 10_000
    assert 13_000 < people < 14_000
    assert len({each[4] for each in crossings}) == vehicles, "each is drawn once"


def test_every_car_and_every_person_was_counted_at_its_checkpoint_by_the_hour(heyuan_id):
    gates = list(Gate.objects.filter(kind=GateKind.ROAD).order_by("number"))
    assert len(gates) == 4
    totals = road_totals(
        [gate.number for gate in gates], authority_id=heyuan_id, until=end_of(date(2020, 3, 5))
    )
    assert sum(each.vehicles for each in totals.values()) == 912
    assert sum(each.people for each in totals.values()) == 1328
    assert all(each.vehicles for each in totals.values())
    assert Scan.objects.count() == 912 + 1328
    assert (Crossing.objects.count(), sum(Crossing.objects.values_list("people", flat=True))) == (912, 1328)
    hours = hours_of(
        [gates[0].number],
        since=WHOLE.ends_at - timedelta(days=60),
        until=WHOLE.ends_at,
        authority_id=heyuan_id,
    )
    assert {each.hour.astimezone(LOCAL).hour for each in hours[gates[0].number]} <= set(range(6, 22))


def test_the_crossings_when_a_desk_sends_them_again_by_the_door_then_are_the_same(heyuan_id):
    """By the public endpoint, in batches: nothing is counted twice."""
    token = "desk of the test"
    gate = Gate.objects.filter(kind=GateKind.ROAD).earliest("number")
    GateDevice.objects.create(
        authority_id=heyuan_id,
        label="重发",
        kind="desk",
        gates=[gate.number],
        token_hash=sha256(token.encode()).digest(),
        recorded_at=WHOLE.ends_at,
        paired_at=WHOLE.ends_at,
    )
    rows = list(Crossing.objects.filter(gate=gate.number).order_by("-at")[:50])
    sent = [
        {
            "gate": row.gate,
            "at": round(row.at.timestamp()) * 1_000_000,
            "nonce": row.nonce,
            "plate": row.plate,
            "people": row.people,
        }
        for row in rows
    ]
    with override_settings(FUGONG_CLOCK=WHOLE.ends_at):
        answer = post_crossings({"crossings": sent}, token)
    assert answer.status_code == 200, answer.content
    assert all(each["was_known"] for each in answer.json()["crossings"])
    with acting_for(heyuan_id):
        assert Scan.objects.count() == 912 + 1328


def test_everybody_came_in_by_a_list_and_is_marked(heyuan_id):
    ways = set(Person.objects.values_list("way", flat=True))
    assert ways == {Way.SYNTHETIC}
    assert not Person.objects.exclude(name__contains="合成").exists()


def test_every_standing_was_decided_by_the_committee(heyuan_id):
    events = list(StandingEvent.objects.all())
    decisions = DecisionRecord.objects.in_bulk([event.decision_id for event in events])
    assert len(events) == 25
    assert all(decisions[event.decision_id].actor_id is not None for event in events)
    assert Enterprise.objects.count() == 33 + 5 + 10 + 1 + 1


def test_the_whole_trail_is_sealed_and_whole(heyuan_id):
    verdict = verify(heyuan_id)
    assert (verdict.is_intact, verdict.waiting, verdict.unproven) == (True, 0, 0)
