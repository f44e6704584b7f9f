"""The end of passages: whole days dropped, another authority's rows kept, totals kept, a certificate."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection, connections

from fugong.core.actor import Actor, system_actor
from fugong.core.clock import end_of
from fugong.core.ending import approving, certifying, running, verifying
from fugong.core.ending.choices import AUDIT, SECURITY, Mode
from fugong.core.ending.planning import contents_of, plan_destruction
from fugong.core.ids import new_id
from fugong.core.refusals import Conflict
from fugong.core.retention import terms
from fugong.core.tenancy import acting_for
from fugong.passage import operations
from fugong.passage.choices import SubjectKind
from fugong.passage.models import Scan, ScanCount
from tests.accounts import making as accounts
from tests.enterprises import making as register
from tests.passage.known import making
from tests.passage.known.making import NOW, TODAY, clock, kept, scan

pytestmark = pytest.mark.committed
FIRST, SECOND = TODAY - timedelta(days=40), TODAY - timedelta(days=39)
BEFORE_ALL = TODAY - timedelta(days=50)


def scans(gate, day: date, number: int):
    return [
        scan(
            clock("08:00", day) + timedelta(seconds=n),
            gate,
            subject=new_id(),
            subject_kind=SubjectKind.PERSON,
        )
        for n in range(number)
    ]


def days_made() -> list[str]:
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "select inhrelid::regclass::text from pg_inherits where inhparent = 'passage_scan'::regclass"
        )
        return sorted(name.removeprefix("passage_scan_") for (name,) in cursor.fetchall())


def rows_of(authority) -> list[tuple[date, int]]:
    with acting_for(authority.id):
        found: dict[date, int] = {}
        for at in Scan.objects.filter(authority_id=authority.id).values_list("at", flat=True):
            day = (at + timedelta(hours=8)).date()
            found[day] = found.get(day, 0) + 1
        return sorted(found.items())


@pytest.fixture
def two(committed_db):
    """Two authorities whose scans lie in the tables of the same days."""
    north, south = accounts.authority(), accounts.authority("south", name="南区")
    with connection.cursor() as cursor:
        cursor.execute("select passage_make_days(%s, %s)", [FIRST, SECOND])
    with acting_for(north.id):
        gate = making.gate(register.park(north), "东门")
        kept(north, *scans(gate, BEFORE_ALL, 1), *scans(gate, FIRST, 3), *scans(gate, SECOND, 2))
        kept(north, *scans(gate, TODAY, 1))
    with acting_for(south.id):
        gate = making.gate(register.park(south), "东门")
        kept(south, *scans(gate, SECOND, 1))
    return north, south


def approved(authority, mode: Mode = Mode.DUE):
    plan = plan_destruction(mode, actor=system_actor(authority.id, "command line"), now=NOW)
    for permission, name in ((SECURITY, "Sun"), (AUDIT, "Ai")):
        held = frozenset({permission, "retention.see"})
        approving.approve(
            plan.id,
            witnesses=["公证员 陈某"],
            actor=Actor(new_id(), authority.id, name, held, all_areas=True),
            now=NOW,
        )
    return plan


def destroyed(authority, plan):
    actor = system_actor(authority.id, "command line")
    start = running.begin(plan, actor=actor, now=NOW)
    running.destroy_rows(plan, now=NOW, tell=lambda *_: None)
    shredded = certifying.shred_keys(plan, start, actor=actor, now=NOW)
    return certifying.certify(plan, start, shredded, copies=certifying.Copies(), actor=actor, now=NOW)


def test_days_past_their_term_then_go_whole_and_the_certificate_tells_each_day(two):
    north, south = two
    with acting_for(north.id):
        plan = approved(north)
        (part,) = contents_of(plan).parts
        assert part.days == (
            (BEFORE_ALL.isoformat(), 1),
            (FIRST.isoformat(), 3),
            (SECOND.isoformat(), 2),
        )
        certificate = destroyed(north, plan)
        assert certificate.statement["rows"] == [{"model": "passage.Scan", "fate": "destroy", "rows": 6}]
        assert [(each["day"], each["rows"]) for each in certificate.statement["days"]] == list(part.days)
        assert verifying.verify(certificate).is_good
        assert sum(ScanCount.objects.values_list("scans", flat=True)) == 7, "totals stay"
    assert rows_of(north) == [(TODAY, 1)]
    assert rows_of(south) == [(SECOND, 1)]
    assert days_made() == [f"{SECOND:%Y%m%d}", "other"]


def test_the_last_authority_of_a_day_then_drops_its_table(two):
    north, south = two
    for authority in (north, south):
        with acting_for(authority.id):
            destroyed(authority, approved(authority))
    assert days_made() == ["other"]
    assert rows_of(south) == []


def test_a_destruction_that_was_stopped_then_goes_on_and_its_certificate_holds(two):
    north, _south = two
    with acting_for(north.id):
        plan = approved(north)
        actor = system_actor(north.id, "command line")
        running.begin(plan, actor=actor, now=NOW)

        def stopped(_model, gone, _all):
            if gone >= 4:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            running.destroy_rows(plan, now=NOW, tell=stopped)
        assert rows_of(north) == [(SECOND, 2), (TODAY, 1)]
        with pytest.raises(Conflict):
            certifying.certify(
                plan,
                plan.start,
                certifying.Shredded((), {}),
                copies=certifying.Copies(),
                actor=actor,
                now=NOW,
            )
        certificate = destroyed(north, plan)
        assert verifying.verify(certificate).is_good
        assert certificate.statement["batches"] == 3


def test_a_scan_that_came_after_the_plan_was_approved_then_asks_for_a_new_plan(two):
    north, _south = two
    with acting_for(north.id):
        plan = approved(north)
        gate = making.gate(register.park(north, "late", name="迟到园区"), "西门")
        kept(north, *scans(gate, FIRST, 1))
        with pytest.raises(Conflict):
            running.begin(plan, actor=system_actor(north.id, "command line"), now=NOW)
        assert dict(rows_of(north))[FIRST] == 4


def test_the_end_of_the_emergency_then_takes_every_day(two):
    north, south = two
    with acting_for(north.id):
        actor = system_actor(north.id, "command line")
        ended = TODAY - timedelta(days=28)
        terms.end_emergency(ended, reason="省里宣布结束", actor=actor, now=NOW)
        certificate = destroyed(north, approved(north, Mode.EMERGENCY))
        assert certificate.statement["rows"][0]["rows"] == 7
        assert verifying.verify(certificate).is_good
    assert rows_of(north) == []
    assert rows_of(south) == [(SECOND, 1)]


def test_a_scan_on_a_day_without_a_table_then_waits_and_moves_when_the_day_is_made(committed_db):
    authority = accounts.authority()
    with acting_for(authority.id):
        gate = making.gate(register.park(authority), "东门")
        midnight = end_of(TODAY - timedelta(days=1))
        rows = [scan(midnight + timedelta(seconds=n), gate) for n in (-1, 0, 1)]
        assert kept(authority, *rows) == 3
        assert operations.make_days(now=NOW) == 8
        assert operations.make_days(now=NOW) == 0
        assert kept(authority, *rows) == 0, "sent again they are the same scans"
        assert Scan.objects.count() == 3
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"select count(*) from passage_scan_{TODAY:%Y%m%d}")
        assert cursor.fetchone() == (2,)
        cursor.execute("select count(*) from passage_scan_other")
        assert cursor.fetchone() == (1,)
