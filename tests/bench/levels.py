"""The levels of 40,000 people: computed for the first time, again, of a hundred; a playbook tried on all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from fugong.areas.models import Authority
from fugong.clearance import operations, queries
from fugong.clearance.choices import Entry, Source
from fugong.clearance.models import Clearance, Evidence
from fugong.core.actor import system_actor
from fugong.core.ids import new_id
from fugong.core.operation import operation
from fugong.core.tenancy import acting_for
from fugong.people.models import Person
from tests import server
from tests.accounts import making as accounts
from tests.bench.measuring import Report, seconds
from tests.bench.rolls import LARGE, fill
from tests.clearance.test_refreshing import asking_for_reports
from tests.enterprises import making as register
from tests.health import making

NOW, TODAY = making.NOW, making.TODAY
CHANGED, ONE_HELD_IN = 100, 50


def measure(report: Report, template: str) -> None:
    settings.FUGONG_CLOCK = NOW
    name = "fugong_bench_levels"
    server.copy_of(template, name)
    try:
        server.point_at(name)
        authority = accounts.authority()
        with acting_for(authority.id):
            making.playbook(authority)
            fill(register.park(authority), LARGE)
            _on_record(authority)
            _compute(report, authority)
            _change(report, authority)
            _rehearse(report)
    finally:
        for each in connections.all():
            each.close()
        server.drop(name)


def _on_record(authority: Authority) -> None:
    """Everybody has reported today; every fiftieth is a contact of somebody."""
    ids = list(Person.objects.order_by("id").values_list("id", flat=True))
    rows = [_said(authority, id_, "health_report", is_latest=True) for id_ in ids]
    rows += [_said(authority, id_, "close_contact") for id_ in ids[::ONE_HELD_IN]]
    Evidence.objects.bulk_create(rows, batch_size=1000)
    _analyze()


def _said(authority: Authority, person_id: UUID, kind: str, *, is_latest: bool = False) -> Evidence:
    return Evidence(
        authority_id=authority.id,
        person_id=person_id,
        kind=kind,
        is_latest=is_latest,
        since=NOW - timedelta(hours=2),
        source_kind="tests.row",
        source_id=new_id(),
        source_label="测试",
        recorded_at=NOW,
    )


def _compute(report: Report, authority: Authority) -> None:
    found: list[int] = []
    run = lambda: found.append(operations.refresh_clearances(authority.id, now=NOW))  # noqa: E731
    first, statements = _counted(run)
    _analyze()
    again, statements_again = _counted(run)
    report.add(
        "levels.compute",
        people=Person.objects.count(),
        computed=found[0],
        held=Clearance.objects.filter(level="red").count(),
        seconds=round(first, 2),
        aim_seconds=30,
        statements=statements,
        again_computed=found[1],
        again_seconds=round(again, 3),
        again_aim_seconds=1,
        again_statements=statements_again,
    )


def _change(report: Report, authority: Authority) -> None:
    """A hundred have a fever, at once."""
    ids = list(Person.objects.order_by("id").values_list("id", flat=True)[1 : CHANGED + 1])
    entries = [Entry(id_, NOW, Source("tests.row", new_id(), "测试")) for id_ in ids]

    def learn() -> None:
        with operation("tests.learn", actor=system_actor(authority.id, "bench"), now=NOW) as op:
            operations.record_evidence_of_many(entries, kind="fever", op=op)
            op.audit(None, {"learnt": "something"})

    took, statements = _counted(learn)
    report.add("levels.change", people=CHANGED, seconds=round(took, 3), statements=statements)


def _rehearse(report: Report) -> None:
    found: list[queries.Rehearsal] = []
    changed = asking_for_reports()
    took, statements = _counted(
        lambda: found.append(queries.rehearse(changed, from_day=TODAY, now=NOW + timedelta(days=1)))
    )
    report.add(
        "levels.rehearse",
        looked_at=found[0].looked_at,
        changed=found[0].changed,
        seconds=round(took, 2),
        statements=statements,
    )


def _counted(action: Callable[[], object]) -> tuple[float, int]:
    """Counting alone costs little: the statements of 40,000 people are some hundreds."""
    with CaptureQueriesContext(connection) as asked:
        took = seconds(action)
    return took, len(asked)


def _analyze() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("analyze")
