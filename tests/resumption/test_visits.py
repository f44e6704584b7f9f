"""The visit on site."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from fugong.core.audit.models import AuditEntry
from fugong.core.files.models import StoredFile
from fugong.core.files.refusing import FileRefused
from fugong.core.refusals import Conflict, Invalid, NotFound, NotPermitted
from fugong.duties.models import Duty
from fugong.resumption import operations as ops
from fugong.resumption.choices import CheckResult, DutyKind
from fugong.resumption.models import Application, Verification, VerificationItem
from fugong.resumption.operations import Finding
from tests.resumption import making
from tests.resumption.making import NOW, SIGNED


def visit(**changes: Any) -> ops.Visit:
    photos = {
        key: making.photo() for key in ("two_letters_one_plan", "ten_in_place", "masks", "disinfectant")
    }
    return replace(ops.Visit(NOW, SIGNED, making.findings(), photos), **changes)


def nothing_is_kept() -> None:
    assert not Verification.objects.exists()
    assert not VerificationItem.objects.exists()
    assert not StoredFile.objects.filter(purpose="resumption.visit_photo").exists()


def test_verify_when_everything_is_seen_then_kept_item_by_item(at):
    application = making.submitted(at)
    row = making.visited(at, application)
    assert (row.passed, row.vetoed, row.by_id) == (True, False, at.instructor.user_id)
    items = dict(VerificationItem.objects.values_list("key", "result"))
    assert items["masks"] == "pass"
    people = VerificationItem.objects.get(key="people_on_post")
    assert (people.result, people.count, people.unit_en) == ("", 12, "people")
    assert not Duty.objects.open().filter(kind=DutyKind.VISIT).exists()
    assert AuditEntry.objects.filter(action="resumption.verify").exists()


def test_verify_when_a_photo_is_none_then_nothing_is_kept(at):
    application = making.submitted(at)
    wrong = {**visit().photos, "masks": making.pdf("masks.jpg")}
    with pytest.raises(FileRefused):
        ops.verify(application.id, visit(photos=wrong), actor=at.instructor, now=NOW)
    nothing_is_kept()


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"photos": {}}, {"two_letters_one_plan", "ten_in_place", "masks", "disinfectant"}),
        ({"findings": {}}, set(making.findings())),
        ({"findings": making.findings(masks=Finding(CheckResult.FAIL))}, {"masks"}),
        ({"visited_at": NOW + timedelta(minutes=1)}, {"visited_at"}),
        ({"visited_at": NOW - timedelta(minutes=1)}, {"visited_at"}),
    ],
)
def test_verify_when_something_is_not_finished_then_it_is_named_and_nothing_kept(at, changes, fields):
    application = making.submitted(at)
    with pytest.raises(Invalid) as refusal:
        ops.verify(application.id, visit(**changes), actor=at.instructor, now=NOW)
    assert set(refusal.value.fields) == fields
    nothing_is_kept()


def test_verify_when_a_check_was_never_asked_then_refused(at):
    application = making.submitted(at)
    strange = making.findings(toilets=Finding(CheckResult.PASS))
    with pytest.raises(Invalid) as refusal:
        ops.verify(application.id, visit(findings=strange), actor=at.instructor, now=NOW)
    assert refusal.value.code == "check_not_asked"


def test_verify_when_still_a_draft_or_withdrawn_then_refused(at):
    application = making.drafted(at)
    with pytest.raises(Conflict) as refusal:
        ops.verify(application.id, visit(), actor=at.instructor, now=NOW)
    assert refusal.value.code == "application_draft"
    ops.withdraw(application.id, actor=at.contact, now=NOW)
    with pytest.raises(Conflict) as refusal:
        ops.verify(application.id, visit(), actor=at.instructor, now=NOW)
    assert refusal.value.code == "application_withdrawn"


@pytest.mark.parametrize("role", ["contact", "department", "headquarters"])
def test_verify_when_the_enterprise_is_not_in_the_persons_care_then_not_permitted(at, role):
    application = making.submitted(at)
    with pytest.raises(NotPermitted):
        ops.verify(application.id, visit(), actor=at.people[role], now=NOW)


def test_verify_when_the_instructor_of_another_enterprise_then_it_is_not_there(at):
    application = making.submitted(at)
    other = making.another_enterprise(at)
    stranger = making.person(other, "instructor", name="other")
    with pytest.raises(NotFound):
        ops.verify(application.id, visit(), actor=stranger, now=NOW)


def test_verify_when_made_by_the_park_itself_then_taken(at):
    row = making.visited(at, making.submitted(at), actor=at.park)
    assert row.by_name == at.park.name


def test_verify_when_visited_twice_then_both_stay(at):
    application = making.submitted(at)
    making.visited(at, application, masks=Finding(CheckResult.FAIL, note="none"))
    making.visited(at, application, now=NOW + timedelta(hours=1))
    assert list(Verification.objects.order_by("visited_at").values_list("passed", flat=True)) == [False, True]
    assert Application.objects.get().version > application.version
