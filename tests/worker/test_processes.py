"""Real worker processes, killed and started again, on a database with real commits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connections, transaction

from fugong.core.actor import Actor
from fugong.core.audit.models import AuditEntry, AuditPending
from fugong.core.audit.verifying import verify
from fugong.core.facts.models import Fact, FactReceipt
from fugong.core.operation import operation
from fugong.core.tenancy import acting_for
from fugong.duties.choices import Outcome
from fugong.duties.models import Duty
from fugong.enterprises.facts import ENTERPRISE_LEFT
from fugong.reactions import REACTIONS
from tests.duties.making import acting, new_authority, new_user, owe, subject
from tests.worker.process import kill, stop, wait_for, worker

pytestmark = [pytest.mark.committed, pytest.mark.timeout(240)]
LONG_AGO = datetime(2022, 4, 27, 4, tzinfo=UTC)


@pytest.fixture
def ann(committed_db: str) -> Actor:
    return acting(new_user(new_authority("district"), "ann"), all_areas=True)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "worker.log"


def tell_that_it_left(ann: Actor, enterprise: int) -> None:
    with operation("tests.leave", actor=ann, now=LONG_AGO) as op:
        op.audit(None, {})
        op.fact(ENTERPRISE_LEFT, {"enterprise": str(subject(enterprise).id)})


def outcome(duty: Duty) -> Outcome:
    with acting_for(duty.authority_id):
        duty.refresh_from_db()
    return duty.outcome


def escalations(ann: Actor) -> int:
    with acting_for(ann.authority_id):
        return AuditEntry.objects.filter(action="duties.escalate").count()


def all_sealed(ann: Actor) -> bool:
    with acting_for(ann.authority_id):
        return not AuditPending.objects.exists()


def jobs(statement: str) -> list[tuple[object, ...]]:
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


def test_worker_when_started_then_it_seals_delivers_and_escalates_as_the_application_role(
    ann, committed_db, log
):
    leaving = owe(ann)
    missed = owe(ann, subject=subject(2), escalate_to="tests.lead")
    tell_that_it_left(ann, 1)
    with worker(committed_db, log) as process:
        wait_for("delivery", lambda: outcome(leaving) is Outcome.WITHDRAWN, log)
        wait_for("escalation", lambda: escalations(ann) == 1, log)
        wait_for("sealing", lambda: all_sealed(ann), log)
        assert stop(process) == 0
    assert outcome(missed) is Outcome.OPEN
    with acting_for(ann.authority_id):
        assert verify(ann.authority_id).is_intact
        assert FactReceipt.objects.count() == len(REACTIONS[ENTERPRISE_LEFT])
    assert jobs("select status from procrastinate_jobs where status = 'failed'") == []
    assert "permission denied" not in log.read_text()


def test_worker_when_killed_in_the_middle_then_another_does_all_of_it_exactly_once(ann, committed_db, log):
    """The first is killed while its escalation waits for a row that this test holds."""
    owe(ann, escalate_to="tests.lead")
    owe(ann, subject=subject(2), escalate_to="tests.lead")
    leaving = owe(ann, subject=subject(3))
    with worker(committed_db, log) as first, acting_for(ann.authority_id), transaction.atomic():
        with connections["default"].cursor() as cursor:
            # Not the row but the table: the row would only be skipped, this makes the job wait.
            cursor.execute("lock table duties_duty in exclusive mode")
        wait_for(
            "the job", lambda: bool(jobs("select 1 from procrastinate_jobs where status = 'doing'")), log
        )
        kill(first)
    assert escalations(ann) == 0
    jobs("update procrastinate_workers set last_heartbeat = now() - interval '1 minute'")
    tell_that_it_left(ann, 3)
    with worker(committed_db, log) as second:
        wait_for("escalation", lambda: escalations(ann) == 2, log)
        wait_for("delivery", lambda: outcome(leaving) is Outcome.WITHDRAWN, log)
        wait_for("sealing", lambda: all_sealed(ann), log)
        assert stop(second) == 0
    with acting_for(ann.authority_id):
        assert verify(ann.authority_id).is_intact


def test_worker_when_another_died_with_a_job_then_the_job_is_run_again(ann, committed_db, log):
    stalled = (
        "with dead as ("
        "insert into procrastinate_workers (last_heartbeat) values (now() - interval '1 hour') returning id)"
        " insert into procrastinate_jobs (task_name, queue_name, args, status, attempts, worker_id)"
        " select 'escalate_duties', 'default', '{\"timestamp\": 0}', 'doing', 1, id from dead returning id"
    )
    [(job,)] = jobs(stalled)
    with worker(committed_db, log):
        gone = f"select 1 from procrastinate_jobs where id = {job}"
        wait_for("the stalled job", lambda: jobs(gone) == [], log)
    assert "taken by a worker that died" in log.read_text()


def test_worker_when_the_database_drops_its_connections_then_it_goes_on(ann, committed_db, log):
    with worker(committed_db, log):
        wait_for("the queue", lambda: bool(jobs("select 1 from procrastinate_workers")), log)
        with connections["default"].cursor() as cursor:
            cursor.execute(
                "select count(pg_terminate_backend(pid)) from pg_stat_activity"
                " where usename = current_user and datname = current_database() and pid <> pg_backend_pid()"
            )
            assert cursor.fetchone()[0] >= 2  # the beat's and the queue's
        duty = owe(ann, due_at=LONG_AGO + timedelta(hours=1))
        tell_that_it_left(ann, 1)
        wait_for("delivery", lambda: outcome(duty) is Outcome.WITHDRAWN, log)
        wait_for("sealing", lambda: all_sealed(ann), log)


def test_workers_when_two_run_then_every_fact_is_answered_once(ann, committed_db, log):
    duties = [owe(ann, subject=subject(number)) for number in range(1, 21)]
    with worker(committed_db, log), worker(committed_db, log):
        for number in range(1, 21):
            tell_that_it_left(ann, number)
        wait_for("delivery", lambda: all(outcome(duty) is Outcome.WITHDRAWN for duty in duties), log)
        wait_for("sealing", lambda: all_sealed(ann), log)
    with acting_for(ann.authority_id):
        assert Fact.objects.filter(name=ENTERPRISE_LEFT, delivered_at=None).count() == 0
        assert AuditEntry.objects.filter(action="duties.release").count() == 20
        assert verify(ann.authority_id).is_intact
