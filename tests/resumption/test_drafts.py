"""What the enterprise may write, and when not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fugong.core.audit.models import AuditEntry
from fugong.core.files.refusing import FileRefused
from fugong.core.refusals import Conflict, Invalid, NotFound, NotPermitted
from fugong.resumption import operations as ops
from fugong.resumption.choices import AnswerValue, ApplicationState, PointKind, Purpose
from fugong.resumption.models import Answer, Application, ApplicationEvent, Evidence, Letter
from fugong.resumption.queries.checklist import checklist_of
from fugong.resumption.queries.terms import terms_of
from tests.resumption import making
from tests.resumption.making import NOW, SIGNED, TODAY

MET = ops.ItemAnswer("ten_in_place", "", AnswerValue.MET)


def actions() -> list[str]:
    return list(
        AuditEntry.objects.filter(action__startswith="resumption.")
        .order_by("id")
        .values_list("action", flat=True)
    )


def test_open_draft_when_nothing_is_open_then_numbered_and_recorded(at):
    application = making.drafted(at)
    assert application.number == "A2022-0001"
    assert application.state == ApplicationState.DRAFT
    assert actions() == ["resumption.open_draft"]
    event = ApplicationEvent.objects.get(application=application)
    assert (event.kind, event.side, event.by_id) == ("opened", "enterprise", at.contact.user_id)


def test_open_draft_when_one_is_open_then_refused_and_no_number_is_lost(at):
    first = making.drafted(at)
    with pytest.raises(Conflict) as refusal:
        making.drafted(at)
    assert refusal.value.code == "application_open"
    ops.withdraw(first.id, actor=at.contact, now=NOW)
    assert making.drafted(at).number == "A2022-0002"


def test_open_draft_when_nobody_speaks_for_the_enterprise_then_refused(at):
    data = ops.DraftData(at.enterprise.id)
    for role in ("instructor", "park", "headquarters"):
        with pytest.raises(NotPermitted):
            ops.open_draft(data, actor=at.people[role], now=NOW)
    assert not Application.objects.exists()


@pytest.mark.parametrize("purpose", [Purpose.REOPEN])
def test_open_draft_when_the_purpose_does_not_fit_then_refused(at, purpose):
    with pytest.raises(Conflict) as refusal:
        making.drafted(at, purpose=purpose)
    assert refusal.value.code == "wrong_standing"


def test_open_draft_when_the_enterprise_works_then_refused(at):
    making.approved(at)
    with pytest.raises(Conflict) as refusal:
        making.drafted(at, now=NOW + timedelta(days=1))
    assert refusal.value.code == "wrong_standing"


def test_answer_item_when_answered_twice_then_the_later_stands_and_both_are_in_the_audit(at):
    application = making.drafted(at)
    ops.answer_item(application.id, MET, actor=at.contact, now=NOW)
    later = ops.ItemAnswer("ten_in_place", "", AnswerValue.NOT_APPLICABLE, " no such thing ")
    ops.answer_item(application.id, later, actor=at.contact, now=NOW)
    answer = Answer.objects.get()
    assert (answer.value, answer.note) == ("not_applicable", "no such thing")
    said = AuditEntry.objects.filter(action="resumption.answer_item").latest("id")
    assert said.changes == {"ten_in_place/": [["met", ""], ["not_applicable", "no such thing"]]}


@pytest.mark.parametrize(("standard", "item"), [("ten_in_place", "masks"), ("six_in_place", ""), ("", "")])
def test_answer_item_when_the_playbook_never_asked_then_refused(at, standard, item):
    application = making.drafted(at)
    with pytest.raises(Invalid) as refusal:
        ops.answer_item(
            application.id, ops.ItemAnswer(standard, item, AnswerValue.MET), actor=at.contact, now=NOW
        )
    assert refusal.value.code == "item_not_asked"


@pytest.mark.parametrize("key", ["passport", "staff_list", "commitment", ""])
def test_attach_when_the_paper_is_not_asked_for_then_refused_and_nothing_kept(at, key):
    """Papers printed from the record (staff list, letter) are produced, never asked for."""
    application = making.drafted(at)
    attachment = ops.Attachment(PointKind.PAPER, key, making.pdf())
    with pytest.raises(Invalid) as refusal:
        ops.attach_evidence(application.id, attachment, actor=at.contact, now=NOW)
    assert refusal.value.code == "not_on_the_list"
    assert not Evidence.objects.exists()


def test_attach_when_the_format_is_another_then_refused_and_nothing_kept(at, tmp_path, settings):
    settings.FUGONG_HOME = tmp_path
    application = making.drafted(at)
    attachment = ops.Attachment(PointKind.PAPER, "control_plan", making.photo())
    with pytest.raises(Invalid) as refusal:
        ops.attach_evidence(application.id, attachment, actor=at.contact, now=NOW)
    assert refusal.value.code == "format"
    assert not Evidence.objects.exists()
    assert not AuditEntry.objects.filter(action="files.store").exists()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_attach_when_the_same_file_is_there_then_refused_until_it_is_taken_off(at):
    application = making.drafted(at)
    picture = making.photo().read()

    def attach(key, name="photo.jpg"):
        upload = SimpleUploadedFile(name, picture, content_type="image/jpeg")
        attachment = ops.Attachment(PointKind.ITEM, key, upload)
        return ops.attach_evidence(application.id, attachment, actor=at.contact, now=NOW)

    first = attach("ten_in_place")
    recorded = AuditEntry.objects.count()
    with pytest.raises(Invalid) as refusal:
        attach("ten_in_place", name="the same.jpg")
    assert refusal.value.code == "attached_already"
    assert (Evidence.objects.count(), AuditEntry.objects.count()) == (1, recorded)
    ops.remove_evidence(application.id, first.id, actor=at.contact, now=NOW)
    attach("ten_in_place")


def test_attach_when_the_file_is_a_program_named_jpg_then_refused(at):
    application = making.drafted(at)
    program = SimpleUploadedFile("photo.jpg", b"MZ\x90\x00" + bytes(200), content_type="image/jpeg")
    attachment = ops.Attachment(PointKind.ITEM, "ten_in_place", program)
    with pytest.raises(FileRefused):
        ops.attach_evidence(application.id, attachment, actor=at.contact, now=NOW)
    assert not Evidence.objects.exists()


def test_remove_when_attached_then_gone_from_the_form_and_kept_in_the_record(at):
    application = making.filled(at, making.drafted(at))
    row = Evidence.objects.get()
    ops.remove_evidence(application.id, row.id, actor=at.contact, now=NOW)
    row.refresh_from_db()
    assert row.removed_at == NOW
    with pytest.raises(NotFound):
        ops.remove_evidence(application.id, row.id, actor=at.contact, now=NOW)


def test_sign_letter_when_signed_then_its_very_text_is_kept(at):
    application = making.drafted(at)
    letter = ops.sign_letter(application.id, key="resumption", signature=SIGNED, actor=at.contact, now=NOW)
    assert "1. " in letter.text
    assert (letter.signed_name, len(letter.sha256)) == ("李勇", 64)
    with pytest.raises(Invalid):
        ops.sign_letter(application.id, key="other", signature=SIGNED, actor=at.contact, now=NOW)


def test_sign_letter_when_the_playbook_promises_more_then_it_has_to_be_signed_anew(at):
    application = making.filled(at, making.drafted(at))
    changed = making.datong_with(
        ('version = "1"', 'version = "2"'), ("申请所填信息真实、完整。", "申请所填信息真实、完整、及时更新。")
    )
    making.in_force(at, changed)
    checklist = checklist_of(application, terms_of(application, today=TODAY))
    assert [lack.kind for lack in checklist.missing] == [PointKind.LETTER]
    assert Letter.objects.count() == 1


def test_change_plan_when_a_draft_then_kept(at):
    application = making.drafted(at, planned_on=None, planned_staff=None)
    ops.change_plan(application.id, planned_on=TODAY, planned_staff=7, actor=at.contact, now=NOW)
    application.refresh_from_db()
    assert (application.planned_on, application.planned_staff) == (TODAY, 7)


@pytest.mark.parametrize("act", ["plan", "answer", "attach", "remove", "sign"])
def test_nothing_is_changed_when_the_application_is_under_review(at, act):
    application = making.submitted(at)
    evidence = Evidence.objects.get()
    calls: dict[str, Callable[[], object]] = {
        "plan": lambda: ops.change_plan(
            application.id, planned_on=TODAY, planned_staff=1, actor=at.contact, now=NOW
        ),
        "answer": lambda: ops.answer_item(application.id, MET, actor=at.contact, now=NOW),
        "attach": lambda: ops.attach_evidence(
            application.id,
            ops.Attachment(PointKind.PAPER, "control_plan", making.pdf()),
            actor=at.contact,
            now=NOW,
        ),
        "remove": lambda: ops.remove_evidence(application.id, evidence.id, actor=at.contact, now=NOW),
        "sign": lambda: ops.sign_letter(
            application.id, key="resumption", signature=SIGNED, actor=at.contact, now=NOW
        ),
    }
    before = actions()
    with pytest.raises(Conflict) as refusal:
        calls[act]()
    assert refusal.value.code == "application_submitted"
    assert actions() == before


def test_draft_when_somebody_else_looks_then_it_is_not_there(at):
    application = making.drafted(at)
    for role in ("park", "headquarters"):
        with pytest.raises(NotFound):
            ops.submit(application.id, actor=at.people[role], now=NOW)


def test_checklist_when_the_source_lists_no_items_then_each_standard_is_asked_as_a_whole(at):
    application = making.drafted(at)
    checklist = checklist_of(application, terms_of(application, today=TODAY))
    assert [(line.wanted.standard, line.wanted.item) for line in checklist.items] == [
        ("two_letters_one_plan", ""),
        ("ten_in_place", ""),
    ]
    assert [line.wanted.key for line in checklist.papers] == ["control_plan"]
    assert (checklist.done, checklist.asked) == (2, 6)
