"""Looking at where somebody was: who may, what is shown, and that it stands in the file."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fugong.core.audit.models import AuditEntry
from fugong.core.refusals import Invalid, NotFound, NotPermitted
from fugong.passage import operations
from fugong.passage.choices import Answer, Direction, Flag, Reason, SubjectKind
from fugong.passage.models import ScanCount
from fugong.passage.rules.presence import Quality
from tests.passage.known import making
from tests.passage.known.making import NOW, TODAY, clock, kept, out, scan

YESTERDAY = TODAY - timedelta(days=1)


def look(at, person=None, *, actor=None, since=YESTERDAY, until=TODAY, reason="tracing"):
    who = person or at.worker
    return operations.look(who.id, since=since, until=until, reason=reason, actor=actor or at.ann, now=NOW)


def test_a_persons_days_when_looked_at_then_are_the_latest_first_with_refusals_apart(at):
    kept(
        at.authority,
        scan(clock("08:00", YESTERDAY), at.east, at.worker),
        out(clock("18:00", YESTERDAY), at.west, at.worker),
        scan(clock("08:00"), at.east, at.worker, answer=Answer.STOP, reason=Reason.FEVER),
        scan(clock("08:05"), at.east, at.worker, answer=Answer.STOP, reason=Reason.FEVER, flags=Flag.FORCED),
        scan(clock("09:00"), at.east, at.mate),
    )
    found = look(at)
    today, before = found.days
    assert [line.at for line in today.refused] == [clock("08:00")]
    assert [line.at for line in today.passed] == [clock("08:05")]
    assert [each.quality for each in today.presences] == [Quality.OPEN]
    assert [line.direction for line in before.passed] == [Direction.IN, Direction.OUT]
    (stay,) = before.presences
    assert (stay.quality, found.place_name(stay)) == (Quality.SHOWN, "厂区")


def test_a_persons_days_when_invited_elsewhere_then_hold_the_visit_and_whom_it_met(at):
    visit = making.visit(at.far, person=at.worker)
    gate = making.gate(at.other, "北门", enterprise=at.far)
    kept(
        at.authority,
        scan(clock("08:00"), at.east, at.worker),
        scan(clock("09:00"), gate, subject=visit.id, subject_kind=SubjectKind.VISITOR),
        scan(clock("09:05"), gate, at.stranger),
    )
    (day,) = look(at).days
    assert [line.at for line in day.passed] == [clock("08:00"), clock("09:00")]
    met = operations.look_whom_met(
        at.worker.id, since=clock("08:30"), until=NOW, reason="tracing", actor=at.ann, now=NOW
    )
    assert {each.subject for each in met.overlaps} == {at.stranger.id}


def test_a_scan_with_a_wrong_clock_then_stands_on_the_day_it_was_received_and_is_no_presence(at):
    received = clock("08:00")
    last_month = received - timedelta(days=33)
    wrong = scan(last_month, at.east, at.worker, received_at=received, flags=Flag.MISDATED)
    kept(at.authority, wrong)
    (day,) = look(at).days
    (line,) = day.passed
    assert (day.day, line.is_misdated, line.at) == (TODAY, True, last_month)
    assert day.presences == ()


def test_a_night_shift_when_only_its_morning_is_asked_for_then_is_shown_whole(at):
    kept(
        at.authority,
        scan(clock("20:00", YESTERDAY), at.east, at.worker),
        out(clock("06:00"), at.east, at.worker),
    )
    (day,) = look(at, since=TODAY).days
    assert [each.quality for each in day.presences] == [Quality.SHOWN]
    assert [line.at for line in day.passed] == [clock("06:00")]


def test_whom_met_when_asked_then_says_who_was_there_and_how_far_it_is_shown(at):
    kept(
        at.authority,
        scan(clock("08:00"), at.east, at.worker),
        out(clock("09:00"), at.east, at.worker),
        scan(clock("08:30"), at.west, at.mate),
    )
    met = operations.look_whom_met(
        at.worker.id, since=clock("00:00"), until=NOW, reason="tracing", actor=at.ann, now=NOW
    )
    (found,) = met.overlaps
    assert (found.subject, found.kind, found.minutes, found.quality) == (
        at.mate.id,
        SubjectKind.PERSON,
        30,
        Quality.OPEN,
    )


def test_every_look_then_stands_in_the_trail_with_its_reason(at):
    look(at)
    entry = AuditEntry.objects.get(action="passage.look")
    assert (entry.subject_id, entry.changes["reason"], entry.changes["since"]) == (
        str(at.worker.id),
        "tracing",
        YESTERDAY.isoformat(),
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": "curiosity"}, "reason"),
        ({"reason": "call"}, "reason"),
        ({"since": TODAY, "until": YESTERDAY}, "since"),
        ({"since": TODAY - timedelta(days=28)}, "since"),
        ({"until": TODAY + timedelta(days=3)}, "since"),
    ],
)
def test_a_look_when_the_asking_is_wrong_then_is_refused_with_the_field(at, changes, field):
    with pytest.raises(Invalid) as refused:
        look(at, **changes)
    assert field in refused.value.fields
    assert not AuditEntry.objects.filter(action="passage.look").exists()


def test_a_look_when_the_actor_does_not_trace_then_is_refused(at):
    with pytest.raises(NotPermitted):
        look(at, actor=making.contact(at.firm))


def test_a_look_at_somebody_of_another_park_then_finds_nobody(at):
    with pytest.raises(NotFound):
        look(at, at.stranger)


def test_scans_when_sent_again_then_are_stored_and_counted_once(at):
    rows = [scan(clock("08:00"), at.east, at.worker), scan(clock("08:59"), at.east, at.mate)]
    assert kept(at.authority, *rows) == 2
    assert kept(at.authority, *rows, out(clock("09:00"), at.east, at.mate)) == 1
    counts = ScanCount.objects.filter(gate=at.east.number).order_by("hour")
    assert [(row.hour, row.direction, row.scans) for row in counts] == [
        (clock("08:00"), Direction.IN, 2),
        (clock("09:00"), Direction.OUT, 1),
    ]


def test_scans_when_the_same_row_comes_twice_in_one_batch_then_count_once(at):
    row = scan(clock("08:00"), at.east, at.worker)
    assert kept(at.authority, row, row) == 1
