"""Who was with whom: the one statement says what the rules say, and reads only by indexes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fugong.core.clock import end_of
from fugong.core.ids import new_id
from fugong.core.tenancy import acting_for
from fugong.passage import queries
from fugong.passage.choices import Answer, Direction, Flag, SubjectKind, Way
from fugong.passage.queries import whereabouts
from fugong.passage.queries.meeting import MET
from fugong.passage.rules.presence import Passed, Quality, is_presence, meetings, presences
from tests.accounts import making as accounts
from tests.enterprises import making as register
from tests.passage.known import making
from tests.passage.known.making import NOW, TODAY, clock, kept, out, scan

START = NOW - timedelta(hours=40)


def met(at, person, *, since=START, until=NOW, now=NOW):
    there, _gates = queries.presences_of(
        [person.id], since=since, until=until, authority_id=at.authority.id, now=now
    )
    return queries.overlaps(there, own=[person.id], authority_id=at.authority.id, now=now)


def test_two_in_the_same_zone_by_different_gates_then_met_for_so_many_minutes(at):
    kept(
        at.authority,
        scan(clock("08:00"), at.east, at.worker),
        out(clock("10:00"), at.west, at.worker),
        scan(clock("09:30"), at.west, at.mate),
        out(clock("10:30"), at.east, at.mate),
    )
    (found,) = met(at, at.worker)
    assert (found.subject, found.place_name, found.minutes, found.quality) == (
        at.mate.id,
        "厂区",
        30,
        Quality.SHOWN,
    )


def test_two_at_a_venue_without_check_out_then_met_by_assumption_only(at):
    kept(
        at.authority,
        scan(clock("08:00"), at.shop, at.worker, way=Way.VENUE),
        scan(clock("08:20"), at.shop, at.stranger, way=Way.VENUE),
    )
    (found,) = met(at, at.worker)
    assert (found.minutes, found.quality) == (40, Quality.ASSUMED)


def test_a_scan_not_shown_to_be_on_the_spot_or_misdated_or_refused_then_meets_nobody(at):
    kept(
        at.authority,
        scan(clock("08:00"), at.east, at.worker),
        scan(clock("08:10"), at.east, at.mate, flags=Flag.MISDATED),
        scan(clock("08:20"), at.east, at.stranger, flags=Flag.NOT_SHOWN_TO_BE_THERE),
        scan(clock("08:30"), at.east, at.stranger, answer=Answer.STOP),
    )
    assert met(at, at.worker) == []


def test_a_vehicle_then_is_met_by_nobody_and_a_visitor_is(at):
    visitor, car = new_id(), new_id()
    kept(
        at.authority,
        scan(clock("08:00"), at.east, at.worker),
        scan(clock("08:10"), at.east, subject=visitor, subject_kind=SubjectKind.VISITOR),
        scan(clock("08:10"), at.east, subject=car, subject_kind=SubjectKind.VEHICLE),
    )
    assert [found.subject for found in met(at, at.worker)] == [visitor]


def test_somebody_of_another_authority_at_a_gate_of_the_same_number_then_is_not_met(at):
    with acting_for(None):
        other = accounts.authority("south", name="南区")
    with acting_for(other.id):
        park = register.park(other)
        gate = making.gate(park, "东门")
        gate.number = at.east.number
        kept(other, scan(clock("08:30"), gate, subject=new_id(), subject_kind=SubjectKind.PERSON))
    kept(at.authority, scan(clock("08:00"), at.east, at.worker))
    assert met(at, at.worker) == []


minutes = st.integers(0, 40 * 60)
someone = st.tuples(
    minutes,
    st.sampled_from(["east", "west", "shop"]),
    st.sampled_from(list(Direction)),
    st.sampled_from(
        [(Answer.ALLOW, Flag(0))] * 6 + [(Answer.STOP, Flag.FORCED), (Answer.ALLOW, Flag.MISDATED)]
    ),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    mine=st.lists(someone, max_size=8), others=st.lists(st.tuples(st.integers(0, 2), someone), max_size=16)
)
def test_the_statement_whatever_was_scanned_then_says_what_the_rules_say(at, mine, others):
    people = [new_id() for _each in range(3)]
    with transaction.atomic():
        kept(at.authority, *(_row(at, at.worker.id, *each) for each in mine))
        kept(at.authority, *(_row(at, people[who], *each) for who, each in others))
        found = {(o.subject, o.place.key, o.since, o.until, o.quality) for o in met(at, at.worker)}
        assert found == _naively(at, mine, [(people[who], each) for who, each in others])
        transaction.set_rollback(True)


def _row(at, who, minute, gate, direction, answered):
    answer, flags = answered
    moment = START + timedelta(minutes=minute)
    changes = {"subject": who, "subject_kind": SubjectKind.PERSON, "direction": direction}
    return scan(moment, getattr(at, gate), answer=answer, flags=flags, **changes)


def _naively(at, mine, others) -> set[Any]:
    known = whereabouts.gates_by_number(
        at.authority.id, {at.east.number, at.west.number, at.shop.number}, on=TODAY
    )

    def there(seen):
        passed = [
            Passed(START + timedelta(minutes=minute), known[getattr(at, gate).number].place, direction)
            for minute, gate, direction, (answer, flags) in seen
            if is_presence(answer, flags)
        ]
        return list(presences(passed, now=NOW))

    found = set()
    for who in {who for who, _each in others}:
        theirs = there([each for other, each in others if other == who])
        for one in there(mine):
            for meeting in meetings([one], theirs):
                found.add((who, one.place.key, meeting.since, meeting.until, meeting.quality))
    return found


def test_the_statement_then_reads_by_indexes_only(at):
    """In the day's own partition, also under row-level security."""
    with connection.cursor() as cursor:
        cursor.execute("select passage_make_days(%s, %s)", [TODAY, TODAY])
    rows = [
        scan(
            clock("08:00") + timedelta(seconds=n), at.east, subject=new_id(), subject_kind=SubjectKind.PERSON
        )
        for n in range(3000)
    ]
    kept(at.authority, *rows, *(scan(row.at, at.west, at.mate) for row in rows))
    asked = {
        "n": [0],
        "gate": [at.east.number],
        "since": [clock("08:00")],
        "until": [clock("08:01")],
        "quality": [1],
        "longest": [timedelta(minutes=1)],
        "stay": [timedelta(minutes=1)],
        "venue": [False],
        "own": [at.worker.id],
        "authority": at.authority.id,
        "now": end_of(TODAY),
        "limit": 100,
    }
    with connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = on")
        cursor.execute(f"explain (analyze, costs off) {MET}", asked)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Seq Scan on passage_scan_2022" not in plan, plan
    assert "gate = mine.gate" in plan.replace("given.", "mine."), plan
