"""Conditions of an approval: in whose language they stand, and who owes what until they are kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from fugong.accounts.models import Assignment, User
from fugong.core.actor import Actor
from fugong.core.audit.models import AuditEntry
from fugong.core.clock import LOCAL
from fugong.core.ids import new_id
from fugong.core.refusals import Conflict, Invalid, NotFound, NotPermitted
from fugong.core.tenancy import acting_for
from fugong.duties.models import Duty
from fugong.resumption import operations as ops
from fugong.resumption.choices import REVIEW_HEADQUARTERS, REVIEW_PARK, DutyKind
from fugong.resumption.models import Condition
from tests.resumption import making
from tests.resumption.making import NOW, TODAY, Ground

UNTIL = TODAY + timedelta(days=3)
GRID = ops.ConditionData(until=UNTIL, key="grid")
CHINESE = "网格化管理：厂区划分网格，每格有责任人"
ENGLISH = "Grid management: The plant is divided into grids, each with a person who answers for it"
ANSWERED_BY = datetime(2022, 4, 11, 17, 30, tzinfo=LOCAL)


def set_on(at: Ground, *conditions: ops.ConditionData) -> Condition:
    application = making.before_decision(at)
    approval = ops.Approval("headquarters", conditions=conditions or [GRID])
    ops.approve(application.id, approval, actor=at.headquarters, now=NOW)
    return Condition.objects.get()


def report(
    at: Ground, row: Condition, *, note: str = "Six grids, six names", actor: Actor | None = None
) -> Condition:
    return ops.report_condition(row.application_id, row.id, note=note, actor=actor or at.contact, now=NOW)


def send_back(
    at: Ground, row: Condition, *, note: str = "Two have no name", actor: Actor | None = None
) -> Condition:
    return ops.send_condition_back(
        row.application_id, row.id, note=note, actor=actor or at.instructor, now=NOW
    )


def confirm(at: Ground, row: Condition) -> Condition:
    return ops.confirm_condition(row.application_id, row.id, actor=at.instructor, now=NOW)


def owed() -> list[tuple[str, object]]:
    return [(duty.kind, duty.owner_user_id or duty.owner_enterprise_id) for duty in Duty.objects.open()]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_approve_when_the_reviewer_reads_one_language_then_each_reader_has_it_in_the_own(at, language):
    with override(language):
        row = set_on(at)
    assert (row.text, row.text_en) == (CHINESE, ENGLISH)
    with override("en"):
        assert row.wording == ENGLISH
    with override("zh-hans"):
        assert row.wording == CHINESE
    assert Duty.objects.open().get().subject_label == CHINESE


def test_approve_when_the_condition_is_the_reviewers_own_then_it_stands_as_written(at):
    row = set_on(at, ops.ConditionData("Masks for all", UNTIL))
    with override("en"):
        assert row.wording == "Masks for all"


def test_report_when_the_enterprise_keeps_it_then_those_on_site_owe_the_look(at):
    row = report(at, set_on(at))
    assert (row.done_at, row.done_by_id, row.done_note) == (NOW, at.contact.user_id, "Six grids, six names")
    assert owed() == [(DutyKind.CONFIRM_CONDITION, at.instructor.user_id)]
    duty = Duty.objects.open().get()
    assert duty.due_at == ANSWERED_BY
    assert duty.calls[0].permission == REVIEW_HEADQUARTERS
    assert AuditEntry.objects.filter(action="resumption.report_condition").count() == 1
    confirm(at, row)
    assert owed() == []


def test_report_when_no_day_was_set_then_it_can_be_reported_all_the_same(at):
    row = set_on(at, ops.ConditionData(key="grid"))
    assert owed() == []
    report(at, row)
    assert owed() == [(DutyKind.CONFIRM_CONDITION, at.instructor.user_id)]


def test_confirm_when_nothing_was_reported_then_possible_and_nobody_owes_anything(at):
    row = set_on(at)
    assert owed() == [(DutyKind.CONDITION, at.enterprise.id)]
    confirm(at, row)
    assert owed() == []


def test_send_back_when_it_is_not_so_then_the_enterprise_owes_it_again(at):
    row = send_back(at, report(at, set_on(at)))
    assert (row.done_at, row.done_by_name, row.sent_back_note) == (None, "", "Two have no name")
    assert owed() == [(DutyKind.CONDITION, at.enterprise.id)]
    assert Duty.objects.open().get().due_at == ANSWERED_BY
    assert report(at, row).sent_back_note == ""
    assert owed() == [(DutyKind.CONFIRM_CONDITION, at.instructor.user_id)]


def test_report_when_not_possible_then_refused_and_nothing_is_written(at):
    row = set_on(at)
    for actor in (at.instructor, at.park, at.headquarters):
        with pytest.raises(NotPermitted):
            report(at, row, actor=actor)
    with pytest.raises(Invalid):
        report(at, row, note="  ")
    with pytest.raises(Conflict) as refusal:
        send_back(at, row)
    assert refusal.value.code == "not_reported"
    report(at, row)
    with pytest.raises(Conflict) as refusal:
        report(at, row)
    assert refusal.value.code == "reported"
    with pytest.raises(NotPermitted):
        send_back(at, row, actor=at.contact)
    with pytest.raises(Invalid):
        send_back(at, row, note="")
    confirm(at, row)
    for act in (report, send_back):
        with pytest.raises(Conflict) as refusal:
            act(at, row)
        assert refusal.value.code == "fulfilled"
    assert AuditEntry.objects.filter(action="resumption.report_condition").count() == 1
    assert not AuditEntry.objects.filter(action="resumption.send_condition_back").exists()


def test_report_when_of_another_authority_or_no_condition_then_not_found(at):
    row = set_on(at)
    with pytest.raises(NotFound):
        ops.report_condition(row.application_id, new_id(), note="so", actor=at.contact, now=NOW)
    elsewhere = making.ground("south")
    with acting_for(elsewhere.authority.id), pytest.raises(NotFound):
        report(elsewhere, row)


def test_end_assignment_when_a_look_is_owed_then_it_passes_to_who_answers_now(at):
    report(at, set_on(at))
    Assignment.objects.filter(user_id=str(at.instructor.user_id)).update(ends_on=TODAY, end_recorded_at=NOW)
    for _twice in range(2):
        ops.owe_visit_anew(at.enterprise.id, at.authority.id, now=NOW)
    duty = Duty.objects.open().get()
    assert (duty.kind, duty.owner_permission) == (DutyKind.CONFIRM_CONDITION, REVIEW_PARK)
    assert (duty.due_at, len(duty.calls)) == (ANSWERED_BY, 2)


def signed_in(actor: Actor) -> Client:
    client = Client()
    with acting_for(actor.authority_id):
        client.force_login(User.objects.get(id=str(actor.user_id)))
    return client


def test_pages_when_reported_and_sent_back_then_each_side_sees_what_the_other_said(at, settings: Any):
    settings.FUGONG_CLOCK, settings.LANGUAGE_CODE = NOW, "en"
    row = set_on(at)
    contact, instructor = signed_in(at.contact), signed_in(at.instructor)

    def address(name: str) -> str:
        return reverse(f"resumption:{name}", args=[row.application_id, row.id])

    case = reverse("resumption:application", args=[row.application_id])
    assert address("report_condition") in contact.get(case).content.decode()
    assert address("report_condition") not in instructor.get(case).content.decode()
    assert ENGLISH in contact.get(address("report_condition")).content.decode()
    assert contact.post(address("report_condition"), {"_once": str(new_id()), "note": ""}).status_code == 422
    said = {"_once": str(new_id()), "note": "Six grids"}
    assert contact.post(address("report_condition"), said).status_code == 302
    page = instructor.get(case).content.decode()
    assert "reports it kept: Six grids" in page
    assert address("send_condition_back") in page
    assert instructor.get(address("report_condition")).status_code == 403
    assert contact.get(address("send_condition_back")).status_code == 403
    back = {"_once": str(new_id()), "note": "Two have no name"}
    assert instructor.post(address("send_condition_back"), back).status_code == 302
    assert "not kept yet: Two have no name" in contact.get(case).content.decode()
