from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fugong.clearance.models import Evidence
from fugong.clearance.operations import recompute_person
from fugong.clearance.queries import clearance_of
from fugong.core.audit.models import AuditEntry
from fugong.core.decisions.recording import list_decisions
from fugong.core.operation import operation
from fugong.core.refusals import Conflict, Invalid, NotFound, NotPermitted
from fugong.duties.choices import DutySubject, RollEntry, owed_by_enterprise
from fugong.duties.models import Duty, Entry
from fugong.duties.operations import owe_roll
from fugong.health import operations
from fugong.health.choices import (
    CLOSE_DUTY,
    LOOK_AFTER_DUTY,
    REPORT_DUTY,
    IncidentKind,
    IncidentState,
    Reading,
    Step,
    Way,
)
from fugong.health.models import HealthReport, Incident, IncidentEvent
from fugong.health.operations import CrewSheet, SheetRefused, SheetRow
from fugong.health.queries import latest_of_day
from fugong.people import operations as people_operations
from fugong.people.models import Crew
from tests.health import making
from tests.health.making import NOW, TODAY, TOMORROW, YESTERDAY, reported, said
from tests.people import making as people
from tests.people.playbooks import at_work

LATER = NOW + timedelta(minutes=5)


def incident_of(person):
    return Incident.objects.get(person=person)


def test_report_when_the_worker_says_it_then_kept_with_who_and_when(at):
    row = reported(at.worker)
    assert (row.tenths, row.day, row.revision, row.way) == (365, TODAY, 1, Way.OWN)
    assert (row.by_person, row.by_user, row.enterprise_id) == (at.worker.id, None, at.firm.id)
    assert not Incident.objects.exists()
    entry = AuditEntry.objects.get(action="health.report", subject_kind="health.healthreport")
    assert entry.changes["person"] == str(at.worker.id)
    assert "365" not in str(entry.changes)
    assert "36.5" not in str(entry.changes)


def test_report_when_a_second_one_comes_then_a_correction_and_both_stay(at):
    first = reported(at.worker)
    second = reported(at.worker, "36.8", now=LATER)
    assert (second.revision, second.corrects_id) == (2, first.id)
    assert HealthReport.objects.count() == 2
    counted = latest_of_day([at.worker.id], TODAY, actor=at.ann)
    assert counted[at.worker.id].tenths == 368


def test_report_when_the_servers_clock_was_set_back_then_the_later_word_still_counts(at):
    reported(at.worker, now=LATER)
    reported(at.worker, "36.8", now=NOW)
    assert latest_of_day([at.worker.id], TODAY, actor=at.ann)[at.worker.id].tenths == 368


def test_report_when_for_yesterday_then_kept_as_late(at):
    assert reported(at.worker, day=YESTERDAY).is_late


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"day": TOMORROW}, "day"),
        ({"day": TODAY - timedelta(days=2)}, "day"),
        ({"temperature": "365"}, "temperature"),
        ({"temperature": "42.5"}, "temperature"),
        ({"symptoms": ("plague",)}, "symptoms"),
    ],
)
def test_report_when_it_cannot_be_right_then_told_by_field_and_nothing_kept(at, changes, field):
    temperature = changes.pop("temperature", "36.5")
    with pytest.raises(Invalid) as refused:
        reported(at.worker, temperature, **changes)
    assert set(refused.value.fields) == {field}
    assert not HealthReport.objects.exists()


def test_report_when_for_somebody_else_then_refused_to_a_worker(at):
    with pytest.raises(NotPermitted):
        operations.report(at.mate.id, said(), way=Way.OWN, actor=making.worker(at.worker), now=NOW)


def test_report_when_by_the_contact_then_for_its_own_people_only(at):
    operations.report(at.worker.id, said(), way=Way.PROXY, actor=at.bo, now=NOW)
    with pytest.raises(NotPermitted):
        operations.report(at.stranger.id, said(), way=Way.PROXY, actor=at.bo, now=NOW)


def test_report_when_there_is_no_such_person_then_not_found(at):
    with pytest.raises(NotFound):
        operations.report(at.firm.id, said(), way=Way.PROXY, actor=at.bo, now=NOW)


def test_report_when_two_taps_then_few_statements(at):
    """The worker's report: who, terms, what counted before, the row, the trail, the tick, and the edges."""
    reported(at.mate)
    with CaptureQueriesContext(connection) as asked:
        reported(at.worker)
    assert len(asked) <= 14, "\n".join(each["sql"][:120] for each in asked)


# ---------------------------------------------------------------- incidents


def test_report_when_a_fever_then_incident_duty_and_reasons_at_once(at):
    row = reported(at.worker, "38.2")
    incident = incident_of(at.worker)
    assert (incident.kind, incident.state, incident.report_id) == (
        IncidentKind.FEVER,
        IncidentState.OPEN,
        row.id,
    )
    assert incident.due_at == NOW + timedelta(hours=2)
    duty = Duty.objects.get(kind=LOOK_AFTER_DUTY)
    assert duty.subject_id == incident.id
    assert at.worker.name not in duty.subject_label
    decision = list_decisions(incident)[0].decision
    assert decision.outcome == "fever"
    assert [(reason.rule, reason.satisfied) for reason in decision.reasons] == [("temperature", False)]
    assert "38.2" in str(decision.reasons[0].text)


def test_report_when_a_cough_without_thermometer_then_an_incident_of_a_symptom(at):
    reported(at.worker, "", reading=Reading.NONE, symptoms=("cough", "tired"))
    assert incident_of(at.worker).kind == IncidentKind.SYMPTOM
    reasons = list_decisions(incident_of(at.worker))[0].decision.reasons
    assert [(reason.rule, reason.satisfied) for reason in reasons] == [("cough", False), ("tired", True)]


def test_report_when_the_fever_goes_on_then_added_to_the_same_incident(at):
    reported(at.worker, "38.2")
    reported(at.worker, "38.6", now=LATER)
    steps = IncidentEvent.objects.filter(incident=incident_of(at.worker)).values_list("step", flat=True)
    assert list(steps) == [Step.OPEN, Step.AGAIN]
    assert Duty.objects.filter(kind=LOOK_AFTER_DUTY).count() == 1


def test_report_when_a_fever_is_corrected_to_none_then_the_incident_stays_for_a_person_to_judge(at):
    reported(at.worker, "38.2")
    reported(at.worker, "36.6", now=LATER)
    incident = incident_of(at.worker)
    assert incident.state == IncidentState.OPEN
    assert list(incident.events.values_list("step", flat=True)) == [Step.OPEN, Step.CORRECTED]


def test_look_after_when_done_then_the_duty_is_settled_and_closing_is_owed(at):
    reported(at.worker, "38.2")
    incident = incident_of(at.worker)
    operations.look_after(incident.id, "to_clinic", "送同济医院", actor=at.ann, now=LATER)
    incident.refresh_from_db()
    assert incident.state == IncidentState.LOOKED_AFTER
    assert Duty.objects.get(kind=LOOK_AFTER_DUTY).done_at == LATER
    assert Duty.objects.open().get().kind == CLOSE_DUTY


def test_close_when_ruled_out_then_nothing_is_owed_and_a_new_fever_opens_another(at):
    reported(at.worker, "38.2")
    incident = incident_of(at.worker)
    operations.close(incident.id, "ruled_out", "核酸阴性", actor=at.ann, now=LATER)
    assert not Duty.objects.open().exists()
    reported(at.worker, "38.0", now=NOW + timedelta(days=1), day=TOMORROW)
    assert Incident.objects.count() == 2


@pytest.mark.parametrize(
    ("outcome", "note", "field"),
    [("", "好了", "outcome"), ("cured", "好了", "outcome"), ("recovered", " ", "note")],
)
def test_close_when_not_said_how_then_refused(at, outcome, note, field):
    reported(at.worker, "38.2")
    with pytest.raises(Invalid) as refused:
        operations.close(incident_of(at.worker).id, outcome, note, actor=at.ann, now=LATER)
    assert set(refused.value.fields) == {field}


def test_look_after_when_by_the_enterprise_or_a_stranger_then_refused(at):
    reported(at.worker, "38.2")
    incident = incident_of(at.worker)
    with pytest.raises(NotPermitted):
        operations.look_after(incident.id, "to_clinic", "", actor=at.bo, now=LATER)
    other = making.instructor(at.far)
    with pytest.raises(NotFound):
        operations.look_after(incident.id, "to_clinic", "", actor=other, now=LATER)


def test_look_after_when_closed_then_conflict(at):
    reported(at.worker, "38.2")
    incident = incident_of(at.worker)
    operations.close(incident.id, "recovered", "已退热", actor=at.ann, now=LATER)
    with pytest.raises(Conflict):
        operations.look_after(incident.id, "to_clinic", "", actor=at.ann, now=LATER)


def test_notify_when_a_hospital_calls_then_an_incident_with_who_said_it(at):
    operations.notify(at.worker.id, "同济医院来电：发热门诊", actor=at.ann, now=NOW)
    incident = incident_of(at.worker)
    assert (incident.kind, incident.report_id) == (IncidentKind.NOTIFIED, None)
    with pytest.raises(Conflict):
        operations.notify(at.worker.id, "再次来电", actor=at.ann, now=LATER)


def test_notify_when_by_the_enterprise_or_without_a_word_then_refused(at):
    with pytest.raises(NotPermitted):
        operations.notify(at.worker.id, "来电", actor=at.bo, now=NOW)
    with pytest.raises(Invalid):
        operations.notify(at.worker.id, " ", actor=at.ann, now=NOW)


# ---------------------------------------------------------------- who has not reported


@pytest.fixture
def rolled(at):
    """Both workers of the firm stand on the day's roll, due at ten."""
    due_at, opened_at = NOW.replace(hour=10, minute=0), NOW - timedelta(hours=4)
    with operation("people.open_rolls", actor=making.system(at.authority), now=opened_at) as op:
        owe_roll(
            kind=REPORT_DUTY,
            subject=DutySubject("enterprise", at.firm.id, at.firm.name, ""),
            owner=owed_by_enterprise(at.firm.id, area_id=at.park.id),
            entries=[RollEntry(person.id, person.name) for person in (at.worker, at.mate)],
            due_at=due_at,
            opened_at=NOW - timedelta(hours=4),
            period=TODAY.isoformat(),
            op=op,
        )
        op.audit(None, {})
    return due_at


def missing_of(person):
    return list(Evidence.objects.filter(person=person, kind="report_missing", relieved_at=None))


def test_mark_missing_when_the_deadline_has_passed_then_who_has_not_reported_is_on_record_once(at, rolled):
    reported(at.mate, now=rolled - timedelta(hours=1))
    assert operations.mark_missing(at.authority.id, now=rolled - timedelta(minutes=1)) == 0
    assert operations.mark_missing(at.authority.id, now=NOW) == 1
    assert operations.mark_missing(at.authority.id, now=LATER) == 0
    assert [row.since for row in missing_of(at.worker)] == [rolled]
    assert missing_of(at.mate) == []


def test_report_when_late_then_nothing_is_missing_and_the_roll_is_done(at, rolled):
    operations.mark_missing(at.authority.id, now=NOW)
    reported(at.worker, now=LATER)
    reported(at.mate, now=LATER)
    assert missing_of(at.worker) == []
    assert operations.mark_missing(at.authority.id, now=LATER) == 0
    assert Duty.objects.get(kind=REPORT_DUTY).done_at == LATER


# ---------------------------------------------------------------- the crew's sheet


def sheet(*lines, day=TODAY):
    rows = [SheetRow(person.id, replace(data, day=day)) for person, data in lines]
    return CrewSheet(day, rows)


BELOW = said("", reading=Reading.BELOW)


def test_report_crew_when_only_exceptions_are_typed_then_all_are_kept(at):
    rows = operations.report_crew(sheet((at.worker, BELOW), (at.mate, said("38.0"))), actor=at.bo, now=NOW)
    assert [(row.tenths, row.reading) for row in rows] == [(None, Reading.BELOW), (380, Reading.VALUE)]
    assert incident_of(at.mate).kind == IncidentKind.FEVER
    assert AuditEntry.objects.filter(action="health.report_crew", subject_kind="").count() == 1


def test_report_crew_when_one_line_is_wrong_then_told_by_line_and_nothing_kept(at):
    with pytest.raises(SheetRefused) as refused:
        operations.report_crew(sheet((at.worker, BELOW), (at.mate, said("382"))), actor=at.bo, now=NOW)
    assert {who: set(fields) for who, fields in refused.value.rows.items()} == {at.mate.id: {"temperature"}}
    assert not HealthReport.objects.exists()


def test_report_crew_when_somebody_is_not_in_the_crew_then_refused(at):
    with pytest.raises(NotPermitted):
        operations.report_crew(sheet((at.worker, BELOW), (at.stranger, BELOW)), actor=at.bo, now=NOW)
    assert not HealthReport.objects.exists()


def test_report_crew_when_empty_then_refused(at):
    with pytest.raises(Invalid):
        operations.report_crew(sheet(), actor=at.bo, now=NOW)


def test_report_crew_when_thirty_people_then_no_more_statements_than_for_two(at):
    crew = [people.registered(at.firm, name=f"员工{number}") for number in range(30)]
    with CaptureQueriesContext(connection) as asked:
        operations.report_crew(sheet(*((person, BELOW) for person in crew)), actor=at.bo, now=NOW)
    assert len(asked) <= 14


def test_report_crew_when_by_the_leader_then_for_the_own_crew_only(at):
    Crew.objects.create(
        authority_id=at.authority.id,
        enterprise=at.firm,
        name="甲班",
        leader_person=at.worker,
        appointed_at=NOW,
        recorded_at=NOW,
    )
    leader = making.worker(at.worker)
    assert len(operations.report_crew(sheet((at.mate, BELOW)), actor=leader, now=NOW)) == 1
    with pytest.raises(NotPermitted):
        operations.report_crew(sheet((at.stranger, BELOW)), actor=leader, now=NOW)
    with pytest.raises(NotPermitted):
        operations.report_crew(sheet((at.worker, BELOW)), actor=making.worker(at.mate), now=NOW)


def test_clearance_when_a_fever_then_changed_at_once_and_back_when_it_is_closed(at):
    def level():
        return clearance_of(at.worker.id, now=LATER).level

    recompute_person(at.worker.id, at.authority.id, now=NOW)
    reported(at.worker)
    assert level() == "green"
    reported(at.worker, "38.2", now=LATER)
    assert level() == "red"
    operations.close(incident_of(at.worker).id, "ruled_out", "核酸阴性", actor=at.ann, now=LATER)
    assert level() == "green"


def test_clearance_when_the_illness_is_confirmed_then_closing_lifts_nothing(at):
    reported(at.worker, "38.2")
    operations.close(incident_of(at.worker).id, "confirmed", "区疾控确认", actor=at.ann, now=LATER)
    assert clearance_of(at.worker.id, now=LATER).level == "red"


def test_clearance_when_notified_from_outside_then_kept_back_until_it_is_closed(at):
    operations.notify(at.worker.id, "同济医院来电", actor=at.ann, now=NOW)
    assert clearance_of(at.worker.id, now=LATER).level == "yellow"


# ---------------------------------------------------------------- the clock and the window of the playbook


def reminders_of(kind):
    return [duty.reminders for duty in Duty.objects.filter(kind=kind)]


def test_incident_when_its_clock_warns_then_whoever_owes_it_is_reminded_before(at):
    hours = 'Time to look after an incident" }\nhours = 2\n'
    making.amended(at.authority, (hours, hours + "warn_hours_before = 1\n"))
    reported(at.worker, "38.2")
    assert reminders_of(LOOK_AFTER_DUTY) == [[NOW + timedelta(hours=1)]]


def test_incident_when_its_clock_warns_not_then_nobody_is_reminded(at):
    reported(at.worker, "38.2")
    assert reminders_of(LOOK_AFTER_DUTY) == [[]]


def test_report_when_the_window_of_its_turn_is_not_open_yet_then_it_is_kept_and_still_owed(at):
    due = "due_at = 10:00:00\nsubjects"
    making.amended(at.authority, (due, "due_at = 18:00:00\nopens_minutes_before = 120\nsubjects"))
    at_work(at.firm, now=NOW - timedelta(days=1))
    people_operations.open_rolls(at.authority.id, TODAY, NOW)
    lines = Entry.objects.filter(subject_id=at.worker.id, kind=REPORT_DUTY)
    reported(at.worker)
    assert lines.get().done_at is None
    reported(at.worker, "36.6", now=NOW.replace(hour=16, minute=30))
    assert lines.get().done_at is not None
