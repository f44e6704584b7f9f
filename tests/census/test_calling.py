"""Working a list: next, held, called, closed, taken back; who may; what the log and the duties say."""

from datetime import timedelta

import pytest

from fugong.census import operations, queries
from fugong.census.choices import REACH_DUTY
from fugong.census.models import Call, Case
from fugong.core.actor import system_actor, worker_actor
from fugong.core.audit.models import AuditEntry
from fugong.core.refusals import Conflict, Invalid, NotFound, NotPermitted
from fugong.duties.models import Duty
from fugong.people.models import Person
from tests.census.making import called, caller, from_hubei, keeper, opened, runner
from tests.people import making as people
from tests.people.making import NOW

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def work(at):
    people = from_hubei(at.firm, 2), from_hubei(at.far)
    campaign = opened(runner(at.authority))
    return campaign, people


def case_of(person):
    return Case.objects.get(person=person)


def take(campaign, actor, now=NOW):
    case = operations.take_next(campaign.id, actor=actor, now=now)
    return case and case.person_id


def test_next_when_two_work_then_never_the_same_and_only_in_reach(at, work):
    campaign, ((first, second), (_far,)) = work
    bo, bai = caller(at.firm), caller(at.firm, "Bai")
    taken = take(campaign, bo)
    assert taken in {first.id, second.id}
    assert take(campaign, bo, NOW + MINUTE) == taken
    assert take(campaign, bai) == ({first.id, second.id} - {taken}).pop()
    assert take(campaign, caller(at.firm, "Bin")) is None


def test_next_when_the_holder_went_away_then_free_after_a_while(at, work):
    campaign, _people = work
    bo = caller(at.far)
    taken = take(campaign, bo)
    other = caller(at.far, "Other")
    assert take(campaign, other, NOW + 14 * MINUTE) is None
    assert take(campaign, other, NOW + 16 * MINUTE) == taken


def test_next_when_put_back_then_free_at_once(at, work):
    campaign, _people = work
    bo, other = caller(at.far), caller(at.far, "Other")
    case = operations.take_next(campaign.id, actor=bo, now=NOW)
    with pytest.raises(Conflict):
        operations.release_case(case.id, actor=other, now=NOW)
    operations.release_case(case.id, actor=bo, now=NOW)
    assert take(campaign, other) == case.person_id


def test_next_when_a_call_is_due_then_it_comes_before_those_never_tried(at, work):
    campaign, ((first, _second), _far) = work
    bo = caller(at.firm)
    called(case_of(first), bo, "no_answer")
    assert take(campaign, bo) != first.id
    operations.release_case(queries.held_case(bo, campaign.id, now=NOW).id, actor=bo, now=NOW)
    assert take(campaign, bo, NOW + timedelta(days=1, minutes=1)) == first.id


def test_next_when_all_were_tried_then_the_one_tried_least_lately(at, work):
    campaign, ((first, second), _far) = work
    bo = caller(at.firm)
    called(case_of(second), bo, "refused")
    called(case_of(first), bo, "refused", now=NOW + MINUTE)
    assert take(campaign, bo, NOW + 2 * MINUTE) == second.id


def test_call_when_it_closes_then_the_log_the_case_and_the_duty_say_so(at, work):
    _campaign, ((first, second), _far) = work
    bo = caller(at.firm)
    case = case_of(first)
    call = called(case, bo, findings=("in_zone", "stayed"), note="在厂")
    case.refresh_from_db()
    assert (case.state, case.outcome, case.findings, case.tries) == (
        "closed",
        "reached",
        ["traced", "in_zone", "stayed"],
        1,
    )
    assert (call.by_name, call.note, call.next_call_at) == ("Bo", "在厂", None)
    owed = Duty.objects.open().filter(kind=REACH_DUTY, subject_id=at.firm.id)
    assert owed.exists()
    called(case_of(second), bo)
    assert not owed.exists()


def test_call_when_nobody_answers_then_the_next_is_due_tomorrow(at, work):
    _campaign, ((first, _second), _far) = work
    called(case_of(first), caller(at.firm), "no_answer")
    case = case_of(first)
    assert (case.state, case.next_call_at, case.held_by) == ("open", NOW + timedelta(days=1), None)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"outcome": "gone"}, "outcome"),
        ({"findings": ("gone",)}, "findings"),
        ({"outcome": "refused", "next_call_at": NOW - MINUTE}, "next_call_at"),
    ],
)
def test_call_when_something_is_wrong_then_by_field_and_nothing_is_kept(at, work, said, field):
    _campaign, ((first, _second), _far) = work
    with pytest.raises(Invalid) as refused:
        called(case_of(first), caller(at.firm), **said)
    assert set(refused.value.fields) == {field}
    assert not Call.objects.exists()


def test_call_when_closed_or_held_by_another_then_conflict(at, work):
    campaign, _people = work
    bo, other = caller(at.firm), caller(at.firm, "Other")
    case = operations.take_next(campaign.id, actor=bo, now=NOW)
    with pytest.raises(Conflict, match="Bo is at this case"):
        called(case, other)
    called(case, bo)
    with pytest.raises(Conflict, match="case is closed"):
        called(case, bo)


def test_call_when_out_of_reach_then_not_found_and_without_permission_refused(at, work):
    _campaign, (_mine, (far,)) = work
    with pytest.raises(NotFound):
        called(case_of(far), caller(at.firm))
    with pytest.raises(NotFound):
        called(case_of(far), keeper(at.park))
    looking = people.keeper(at.far.area)
    with pytest.raises(NotPermitted):
        called(case_of(far), looking)


def test_take_back_when_entered_wrongly_then_both_stay_and_the_case_is_as_before(at, work):
    campaign, ((first, second), _far) = work
    bo = caller(at.firm)
    called(case_of(first), bo, "no_answer")
    called(case_of(first), bo, "reached", now=NOW + timedelta(days=1), findings=("returned",))
    called(case_of(second), bo)
    undone = operations.take_back(case_of(first).id, actor=bo, now=NOW + timedelta(days=1, minutes=1))
    case = case_of(first)
    assert (case.state, case.outcome, case.findings, case.tries) == ("open", "no_answer", [], 1)
    assert case.held_by == bo.user_id
    assert [call.kind for call in queries.list_log(case)] == ["call", "call", "undo"]
    assert undone.replaces.outcome == "reached"
    assert Duty.objects.open().filter(kind=REACH_DUTY, subject_id=at.firm.id).exists()
    operations.take_back(case.id, actor=bo, now=NOW + timedelta(days=2))
    assert (case_of(first).outcome, case_of(first).tries) == ("", 0)
    with pytest.raises(Conflict, match="no entry to take back"):
        operations.take_back(case.id, actor=bo, now=NOW + timedelta(days=2))
    assert queries.totals_of(campaign, actor=runner(at.authority)).by_finding == {"traced": 1}


def test_take_back_when_it_is_anothers_entry_then_only_who_runs_the_campaign(at, work):
    _campaign, ((first, _second), _far) = work
    called(case_of(first), caller(at.firm))
    with pytest.raises(NotPermitted):
        operations.take_back(case_of(first).id, actor=caller(at.firm, "Other"), now=NOW)
    operations.take_back(case_of(first).id, actor=runner(at.authority), now=NOW)


def test_dial_when_asked_then_the_number_and_the_act_in_the_persons_file(at, work):
    _campaign, ((first, _second), _far) = work
    case = case_of(first)
    assert operations.dial(case.id, actor=caller(at.firm), now=NOW) == "13855400001"
    (entry,) = AuditEntry.objects.filter(action="people.read_phone")
    assert entry.subject_id == str(first.id)
    with pytest.raises(Conflict, match="Bo is at this case"):
        operations.dial(case.id, actor=caller(at.firm, "Other"), now=NOW)


NAMES = "赵一,13811112222\n钱二 13811113333"


def test_add_names_when_an_enterprise_gives_them_then_listed_without_a_file(at, work):
    campaign, _people = work
    bo = caller(at.firm)
    assert operations.add_names(campaign.id, at.firm.id, NAMES, actor=bo, now=NOW) == (2, 0)
    assert operations.add_names(campaign.id, at.firm.id, NAMES, actor=bo, now=NOW) == (0, 2)
    case = Case.objects.get(name="赵一")
    assert operations.dial(case.id, actor=bo, now=NOW) == "13811112222"
    assert queries.shown_of(case).phone != "13811112222"


def test_add_names_when_lines_are_wrong_then_all_are_told_and_nothing_is_kept(at, work):
    campaign, _people = work
    with pytest.raises(Invalid) as refused:
        operations.add_names(
            campaign.id, at.firm.id, "赵一\n钱二,x\n孙三,13811114444", actor=caller(at.firm), now=NOW
        )
    told = str(refused.value.fields["names"])
    assert "Line 1" in told
    assert "Line 2" in told
    assert not Case.objects.filter(person=None).exists()


def test_add_names_when_it_is_another_enterprise_then_refused(at, work):
    campaign, _people = work
    with pytest.raises((NotPermitted, NotFound)):
        operations.add_names(campaign.id, at.far.id, NAMES, actor=caller(at.firm), now=NOW)


def test_open_file_when_the_person_answers_then_a_file_by_telephone(at, work):
    campaign, _people = work
    bo = caller(at.firm)
    operations.add_names(campaign.id, at.firm.id, NAMES, actor=bo, now=NOW)
    case = Case.objects.get(name="赵一")
    said = people.data(name="赵一", phone="13811112222")
    operations.open_file(case.id, said, people.job(at.firm.id), actor=bo, now=NOW)
    case.refresh_from_db()
    person = case.person
    assert person is not None
    assert (person.way, person.name, case.name, str(case.phone)) == ("call", "赵一", "", "")
    with pytest.raises(Conflict, match="has a file already"):
        operations.open_file(case.id, said, people.job(at.firm.id), actor=bo, now=NOW)


def test_open_file_when_the_person_is_listed_already_then_says_so_and_keeps_nothing(at, work):
    campaign, ((first, _second), _far) = work
    bo = caller(at.firm)
    operations.add_names(campaign.id, at.firm.id, NAMES, actor=bo, now=NOW)
    case = Case.objects.get(name="赵一")
    said = people.data(name=first.name, document=str(first.document))
    with pytest.raises(Conflict, match="on the list already"):
        operations.open_file(case.id, said, people.job(at.firm.id), actor=bo, now=NOW)


def test_open_file_when_the_number_bears_another_name_then_refused_and_nobody_renamed(at, work):
    campaign, ((first, _second), _far) = work
    bo = caller(at.firm)
    operations.add_names(campaign.id, at.firm.id, NAMES, actor=bo, now=NOW)
    case = Case.objects.get(name="赵一")
    said = people.data(name="赵一", document=str(first.document))
    with pytest.raises(Invalid) as refused:
        operations.open_file(case.id, said, people.job(at.firm.id), actor=bo, now=NOW)
    assert set(refused.value.fields) == {"document"}
    assert Person.objects.get(id=first.id).name == first.name


def test_system_when_it_acts_then_calls_nobody(at, work):

    _campaign, ((first, _second), _far) = work
    with pytest.raises(NotPermitted):
        called(case_of(first), system_actor(at.authority.id, "census"))


def test_own_calls_when_the_person_asks_then_all_and_nobody_elses(at, work):
    _campaign, ((first, second), _far) = work
    called(case_of(first), caller(at.firm), "no_answer", note="无人接听")
    worker = worker_actor(at.authority.id, first.id, first.name)
    assert [call.note for call in queries.list_own_calls(worker)] == ["无人接听"]
    assert not queries.list_own_calls(worker_actor(at.authority.id, second.id, second.name))
    assert not queries.list_own_calls(caller(at.firm))
