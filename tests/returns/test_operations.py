"""Returns planned, changed, called off, arrived and decided anew; every refusal; what others are told."""

from datetime import timedelta

import pytest

from fugong.clearance.models import Evidence
from fugong.core.actor import worker_actor
from fugong.core.clock import end_of
from fugong.core.decisions.recording import list_decisions
from fugong.core.refusals import Conflict, Invalid, NotFound, NotPermitted
from fugong.duties import queries as duties
from fugong.duties.models import Duty
from fugong.people import operations as people
from fugong.people.choices import Way
from fugong.people.operations import StayData
from fugong.returns import operations, queries
from fugong.returns.choices import ARRIVAL_DUTY, Place, State
from fugong.returns.models import PlannedReturn
from tests.people import making as files
from tests.people.making import NOW, TODAY, registered
from tests.returns.making import ARRIVES, contact, data, keeper, planned, rules_in_force

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
THEN = NOW + timedelta(days=3)
HUNAN, HUBEI, LOCAL = "430102", "420106", "440303"


def owed():
    return Duty.objects.open().filter(kind=ARRIVAL_DUTY)


def reasons(row):
    return [str(reason.text) for reason in list_decisions(row)[-1].decision.reasons]


def test_plan_when_conditions_apply_then_days_and_place_are_held(ruled):
    row = planned(registered(ruled.firm, home_region=HUNAN), contact(ruled.firm))
    assert (row.state, row.outcome, row.from_region, row.number) == (
        "planned",
        "with_conditions",
        "430100",
        "G1112",
    )
    assert (row.apart_days, row.apart_place) == (7, Place.ENTERPRISE)
    assert (row.apart_from, row.apart_until) == (ARRIVES, ARRIVES + timedelta(days=7))
    assert len(reasons(row)) == 3
    (record,) = list_decisions(row)
    assert (record.outcome, record.playbook_version) == ("with_conditions", "1")
    assert record.decision.reasons[0].clause == "E-14"


@pytest.mark.parametrize(
    ("home", "origin", "state", "outcome", "days"),
    [
        (HUBEI, "长沙市", "not_allowed", "not_yet", 14),
        (LOCAL, "湖北省", "not_allowed", "not_yet", 14),
        (LOCAL, "长沙市", "planned", "may_return", 0),
        ("", "长沙市", "planned", "ask", 0),
    ],
)
def test_plan_when_from_there_then_the_rules_say(ruled, home, origin, state, outcome, days):
    row = planned(registered(ruled.firm, home_region=home), contact(ruled.firm), from_region=origin)
    assert (row.state, row.outcome, row.apart_days) == (state, outcome, days)


def test_plan_when_a_stay_is_known_then_it_counts(ruled):
    person = registered(ruled.firm, home_region=LOCAL)
    stay = StayData(region="武汉市", from_on=TODAY - timedelta(days=20), to_on=TODAY - timedelta(days=10))
    people.record_stay(person.id, stay, way=Way.CALL, actor=ruled.bo, now=NOW)
    assert planned(person, contact(ruled.firm)).outcome == "not_yet"


def test_plan_when_no_playbook_is_in_force_then_asks(at):
    row = planned(registered(at.firm, home_region=LOCAL), contact(at.firm))
    assert (row.outcome, row.playbook_version) == ("ask", None)
    assert "No playbook" in reasons(row)[0]


def test_plan_when_nothing_is_known_then_says_what_to_ask(ruled):
    row = planned(registered(ruled.firm, home_region=""), contact(ruled.firm))
    assert reasons(row) == ["Nobody has said where this person comes from: fill in the home region."]


def test_plan_when_something_is_wrong_then_by_field_and_nothing_is_kept(ruled):
    with pytest.raises(Invalid) as refused:
        planned(registered(ruled.firm), contact(ruled.firm), from_region="", arrives_on=TODAY - timedelta(1))
    assert set(refused.value.fields) == {"from_region", "arrives_on"}
    assert not PlannedReturn.objects.exists()


def test_plan_when_planned_already_or_not_employed_then_conflict(ruled):
    bo = contact(ruled.firm)
    person = registered(ruled.firm, home_region=HUNAN)
    planned(person, bo)
    with pytest.raises(Conflict):
        planned(person, bo)
    gone = registered(ruled.firm)
    people.end_employment(gone.id, on=TODAY, actor=ruled.bo, now=NOW)
    everywhere = files.keeper(ruled.park)
    with pytest.raises((Conflict, NotFound)):
        planned(gone, everywhere)


def test_plan_when_out_of_sight_or_without_permission_then_refused(ruled):
    person = registered(ruled.firm)
    with pytest.raises(NotFound):
        planned(person, contact(ruled.far))
    with pytest.raises(NotPermitted):
        planned(person, files.keeper(ruled.park))
    assert planned(person, keeper(ruled.park))


def test_arrival_duty_when_planned_then_begins_on_the_day_and_ends_with_it(ruled):
    row = planned(registered(ruled.firm, home_region=HUNAN), contact(ruled.firm))
    (duty,) = owed()
    assert (duty.subject_id, duty.owner_enterprise_id, duty.due_at) == (
        row.id,
        ruled.firm.id,
        end_of(ARRIVES),
    )
    bo = contact(ruled.firm)
    assert duties.count_for(bo, now=NOW) == 0
    assert duties.count_for(bo, now=THEN) == 1


def test_change_when_another_day_then_decided_anew_and_owed_then(ruled):
    bo = contact(ruled.firm)
    row = planned(registered(ruled.firm, home_region=HUNAN), bo)
    day = ARRIVES + timedelta(days=2)
    changed = operations.change(row.id, data(arrives_on=day, from_region="湖北省"), actor=bo, now=LATER)
    assert (changed.state, changed.apart_from) == ("not_allowed", day)
    assert [duty.due_at for duty in owed()] == [end_of(day)]
    assert len(list_decisions(row)) == 2


def test_cancel_when_called_off_then_nobody_owes_it_and_another_may_be_planned(ruled):
    bo = contact(ruled.firm)
    person = registered(ruled.firm, home_region=HUNAN)
    row = planned(person, bo)
    operations.cancel(row.id, "留在家中", actor=bo, now=LATER)
    assert not owed().exists()
    for again in (
        lambda: operations.cancel(row.id, "", actor=bo, now=LATER),
        lambda: operations.change(row.id, data(), actor=bo, now=LATER),
        lambda: operations.arrive(row.id, arrived_on=TODAY, actor=bo, now=LATER),
    ):
        with pytest.raises(Conflict):
            again()
    assert planned(person, bo).state == "planned"


def test_arrive_when_come_later_then_the_days_count_from_then_and_the_clearance_is_told(ruled):
    bo = contact(ruled.firm)
    row = planned(registered(ruled.firm, home_region=HUNAN), bo)
    day = ARRIVES + timedelta(days=1)
    now = NOW + timedelta(days=4)
    arrived = operations.arrive(row.id, arrived_on=day, actor=bo, now=now)
    assert (arrived.state, arrived.arrived_on, arrived.apart_until) == (
        "arrived",
        day,
        day + timedelta(days=7),
    )
    assert not owed().exists()
    (evidence,) = Evidence.objects.all()
    assert (evidence.kind, evidence.person_id, evidence.source_id) == ("separation", row.person_id, row.id)
    assert evidence.until == end_of(day + timedelta(days=6))


def test_arrive_when_nothing_is_asked_then_no_separation(ruled):
    bo = contact(ruled.firm)
    row = planned(registered(ruled.firm, home_region=LOCAL), bo)
    operations.arrive(row.id, arrived_on=ARRIVES, actor=bo, now=THEN)
    assert not Evidence.objects.exists()


def test_arrive_when_not_allowed_then_only_with_a_note_and_kept_apart_centrally(ruled):
    bo = contact(ruled.firm)
    row = planned(registered(ruled.firm, home_region=HUBEI), bo)
    with pytest.raises(Invalid) as refused:
        operations.arrive(row.id, arrived_on=ARRIVES, actor=bo, now=THEN)
    assert set(refused.value.fields) == {"note"}
    arrived = operations.arrive(row.id, arrived_on=ARRIVES, note="自行返回", actor=bo, now=THEN)
    assert (arrived.apart_days, arrived.apart_place, arrived.outcome) == (14, "central", "not_yet")
    assert Evidence.objects.count() == 1


@pytest.mark.parametrize("days", [4, -15])
def test_arrive_when_the_day_cannot_be_then_says_so(ruled, days):
    bo = contact(ruled.firm)
    row = planned(registered(ruled.firm, home_region=LOCAL), bo)
    with pytest.raises(Invalid) as refused:
        operations.arrive(row.id, arrived_on=TODAY + timedelta(days=days), note="x", actor=bo, now=THEN)
    assert set(refused.value.fields) == {"arrived_on"}


def test_redecide_when_the_playbook_changes_then_what_changed_is_marked(ruled):
    bo = contact(ruled.firm)
    hunan = planned(registered(ruled.firm, home_region=HUNAN), bo)
    local = planned(registered(ruled.firm, home_region=LOCAL), bo)
    assert operations.redecide(ruled.authority.id, now=LATER) == 0
    rules_in_force(ruled.authority, "2", from_day=ARRIVES, **{"days = 7": "days = 10"})
    assert operations.redecide(ruled.authority.id, now=LATER) == 1
    assert operations.redecide(ruled.authority.id, now=LATER) == 0
    hunan.refresh_from_db()
    local.refresh_from_db()
    assert (hunan.apart_days, hunan.changed_at) == (10, LATER)
    assert (local.changed_at, local.outcome) == (None, "may_return")
    assert [record.playbook_version for record in list_decisions(hunan)] == ["1", "2"]


def test_redecide_person_when_more_is_known_then_the_question_is_answered(ruled):
    person = registered(ruled.firm, home_region="")
    row = planned(person, contact(ruled.firm))
    before = files.data(home_region=HUBEI, document=str(person.document))
    person.refresh_from_db()
    people.correct(person.id, before, seen_at=person.changed_at, actor=ruled.bo, now=LATER)
    assert operations.redecide_person(person.id, ruled.authority.id, now=LATER) == 1
    row.refresh_from_db()
    assert (row.state, row.outcome, row.changed_at) == (State.NOT_ALLOWED, "not_yet", LATER)


def test_forecast_when_people_come_then_by_day_and_places_by_kind(ruled):
    bo = contact(ruled.firm)
    planned(registered(ruled.firm, home_region=HUNAN), bo)
    planned(registered(ruled.firm, home_region=HUBEI), bo)
    planned(registered(ruled.firm, home_region=""), bo)
    planned(registered(ruled.firm, home_region=LOCAL), bo, arrives_on=ARRIVES + timedelta(days=1))
    days = queries.forecast(keeper(ruled.park), first=TODAY, days=21)
    by_day = {day.on: day for day in days}
    assert len(days) == 21
    arrival = by_day[ARRIVES]
    assert (arrival.expected, arrival.not_allowed, arrival.asked) == (1, 1, 1)
    assert arrival.places == {Place.ENTERPRISE: 1, Place.CENTRAL: 1}
    assert by_day[ARRIVES + timedelta(days=7)].places == {Place.CENTRAL: 1}
    assert by_day[ARRIVES + timedelta(days=14)].places == {}
    assert by_day[ARRIVES + timedelta(days=1)].expected == 1
    assert all(not day.places for day in queries.forecast(keeper(ruled.far.area), first=TODAY, days=21))


def test_redecide_people_when_a_list_says_more_then_only_those_who_plan_a_return_are_decided_anew(ruled):
    person, idle = registered(ruled.firm, home_region=""), registered(ruled.firm, home_region="")
    row = planned(person, contact(ruled.firm))
    for each in (person, idle):
        each.refresh_from_db()
        said = files.data(home_region=HUBEI, document=str(each.document))
        people.correct(each.id, said, seen_at=each.changed_at, actor=ruled.bo, now=LATER)
    assert operations.redecide_people([idle.id], ruled.authority.id, now=LATER) == 0
    assert operations.redecide_people([idle.id, person.id], ruled.authority.id, now=LATER) == 1
    row.refresh_from_db()
    assert (row.state, row.outcome) == (State.NOT_ALLOWED, "not_yet")


def test_own_returns_when_the_person_asks_then_whoever_planned_them_and_nobody_elses(ruled):
    person, other = registered(ruled.firm, home_region=HUNAN), registered(ruled.firm)
    row = planned(person, contact(ruled.firm))
    assert queries.list_own(worker_actor(ruled.authority.id, person.id, person.name)) == [row]
    assert not queries.list_own(worker_actor(ruled.authority.id, other.id, other.name))
    assert not queries.list_own(contact(ruled.firm))
