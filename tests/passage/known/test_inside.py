"""Who is inside an enterprise now."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from fugong.core.ids import new_id
from fugong.passage.choices import Answer, Flag, SubjectKind, Way
from fugong.passage.models import Visit
from fugong.passage.queries import inside_enterprise
from tests.passage.known.making import NOW, clock, kept, out, scan
from tests.people import making as people


def inside(at, now=NOW):
    return inside_enterprise(at.firm.id, actor=at.bo, now=now)


def names(found):
    return [each.name for each in found.people]


def test_somebody_in_by_one_gate_and_out_by_another_of_the_zone_then_is_not_inside(at):
    kept(
        at.authority,
        scan(clock("08:00"), at.east, at.worker),
        out(clock("09:00"), at.west, at.worker),
        scan(clock("08:00"), at.west, at.mate),
    )
    assert names(inside(at)) == ["王芳"]


def test_the_list_then_is_by_crew_and_says_where_others_belong(at):
    kept(
        at.authority,
        scan(clock("08:00"), at.east, at.stranger),
        scan(clock("08:01"), at.east, at.worker),
        scan(clock("08:02"), at.west, at.mate),
    )
    found = inside(at)
    assert [(crew, [each.name for each in them]) for crew, them in found.crews] == [
        ("甲班", ["李伟", "王芳"]),
        ("", ["赵强"]),
    ]
    assert found.people[0].place == at.far.name


def test_a_visitor_then_stands_with_the_host_and_a_vehicle_apart(at):
    visit = Visit.objects.create(
        authority=at.authority,
        enterprise=at.firm,
        serial=1,
        name="周客",
        host="王经理",
        purpose="检修",
        starts_at=NOW,
        ends_at=NOW + timedelta(hours=4),
        recorded_at=NOW,
    )
    kept(
        at.authority,
        scan(clock("08:00"), at.east, subject=visit.id, subject_kind=SubjectKind.VISITOR),
        scan(clock("08:00"), at.east, subject=new_id(), subject_kind=SubjectKind.VEHICLE, way=Way.PLATE),
    )
    found = inside(at)
    assert [(each.name, each.place) for each in found.people] == [("周客", "王经理")]
    assert len(found.vehicles) == 1


def test_those_without_a_known_code_then_are_counted_and_nobody_is_lost(at):
    gone = new_id()
    kept(
        at.authority,
        scan(clock("08:00"), at.east, flags=Flag.FORCED),
        scan(clock("08:01"), at.east, flags=Flag.FORCED),
        out(clock("08:30"), at.west, flags=Flag.FORCED),
        scan(clock("08:40"), at.west, subject=gone, subject_kind=SubjectKind.PERSON),
        scan(clock("08:50"), at.west, subject_kind=SubjectKind.VEHICLE, way=Way.PLATE),
    )
    found = inside(at)
    assert (found.nameless, names(found), found.number) == (1, [""], 2)


def test_somebody_in_for_longer_than_the_gate_says_then_is_doubtful_and_after_a_day_gone(at):
    kept(at.authority, scan(clock("08:00"), at.east, at.worker))
    assert not inside(at, clock("22:00")).people[0].is_doubtful
    assert inside(at, clock("22:01")).people[0].is_doubtful
    assert names(inside(at, clock("08:01") + timedelta(days=1))) == []


def test_a_refused_or_misdated_scan_then_brings_nobody_in(at):
    kept(
        at.authority,
        scan(clock("08:00"), at.east, at.worker, answer=Answer.STOP),
        scan(clock("08:00"), at.east, at.mate, flags=Flag.MISDATED),
    )
    assert names(inside(at)) == []


def test_the_statements_then_do_not_grow_with_the_people_inside(at):
    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            inside(at)
        return len(seen)

    kept(at.authority, scan(clock("08:00"), at.east, at.worker))
    few = asked()
    more = [people.registered(at.firm, name=f"工{n}") for n in range(5)]
    kept(at.authority, *(scan(clock("08:10"), at.east, each) for each in more))
    assert asked() == few
