"""The clocks: what runs again and again without anybody asking.

Each job brings the record up to now, however long nobody ran it, and may run twice or at the same time. So
no run is precious: a killed one is made good by the next. A cron line says how often to look; what is due
when is the playbook's to say, never the cron's.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

from procrastinate import JobContext, builtin_tasks
from procrastinate.contrib.django import app

from fugong.areas import queries as areas
from fugong.census import operations as census
from fugong.clearance import operations as clearance
from fugong.core.clock import local_date
from fugong.core.clock import now as present
from fugong.core.exports import keeping as exports
from fugong.core.files import remove_strays
from fugong.core.sealed import fill_hashes
from fugong.core.tenancy import acting_for
from fugong.core.web import once
from fugong.duties import operations as duties
from fugong.enterprises import jobs as enterprise_jobs
from fugong.enterprises import operations as enterprises
from fugong.health import operations as health
from fugong.passage import operations as passage
from fugong.people import jobs as people_jobs
from fugong.people import operations as people
from fugong.resumption import operations as resumption
from fugong.returns import operations as returns

log = logging.getLogger(__name__)
LONG_WORK = (
    enterprise_jobs.read_import,
    enterprise_jobs.take_over_import,
    people_jobs.read_import,
    people_jobs.take_over_import,
)
"""Tasks without a clock, put into the queue by operations: named here, so that the worker knows them."""

EVERY_MINUTE = "* * * * *"
EVERY_FIVE_MINUTES = "*/5 * * * *"
EVERY_TEN_MINUTES = "*/10 * * * *"
EVERY_HOUR = "7 * * * *"
EVERY_NIGHT = "17 19 * * *"  # UTC: a quarter past three in China
KEPT_HOURS = 24 * 7
STALLED_AFTER = 30.0


class SomeFailed(RuntimeError):
    """The job failed for these authorities; for the others it is done."""


@app.periodic(cron=EVERY_MINUTE)
@app.task(name="escalate_duties", queueing_lock="escalate_duties")
def escalate_duties(timestamp: int) -> None:
    _for_each_authority(lambda authority, now: duties.escalate_due(authority, now=now))


@app.periodic(cron=EVERY_MINUTE)
@app.task(name="remind_of_duties", queueing_lock="remind_of_duties")
def remind_of_duties(timestamp: int) -> None:
    """Before deadlines, and of what silence has called somebody for; one message for many duties."""
    _for_each_authority(lambda authority, now: duties.remind_due(authority, now=now))


@app.periodic(cron=EVERY_MINUTE)
@app.task(name="let_clocks_run_out", queueing_lock="let_clocks_run_out")
def let_clocks_run_out(timestamp: int) -> None:
    """Filings nobody objected to are accepted; suspensions whose last day is over end."""
    _for_each_authority(lambda authority, now: resumption.accept_unobjected(authority, now=now))
    _for_each_authority(lambda authority, now: resumption.lapse_suspensions(authority, now=now))


@app.periodic(cron=EVERY_MINUTE)
@app.task(name="refresh_clearances", queueing_lock="refresh_clearances")
def refresh_clearances(timestamp: int) -> None:
    """Levels whose end has come, or whose playbook is another one now."""
    _for_each_authority(lambda authority, now: clearance.refresh_clearances(authority, now=now))


@app.periodic(cron=EVERY_NIGHT)
@app.task(name="expire_imports", queueing_lock="expire_imports")
def expire_imports(timestamp: int) -> None:
    """Lists that nobody confirmed are forgotten: they hold telephone numbers."""
    _for_each_authority(lambda authority, now: enterprises.expire_imports(authority, now=now))
    _for_each_authority(lambda authority, now: people.expire_imports(authority, now=now))


@app.periodic(cron=EVERY_NIGHT)
@app.task(name="expire_registrations", queueing_lock="expire_registrations")
def expire_registrations(timestamp: int) -> None:
    """What people gave of themselves and no enterprise confirmed is removed."""
    _for_each_authority(lambda authority, now: people.expire_registrations(authority, now=now))


@app.periodic(cron=EVERY_TEN_MINUTES)
@app.task(name="open_report_duties", queueing_lock="open_report_duties")
def open_report_duties(timestamp: int) -> None:
    """The reports of yesterday and today are owed. Yesterday too, in case nothing ran before midnight.

    Ten minutes after it is let to work, an enterprise knows what it owes.
    """
    _for_each_authority(_open_report_duties)


def _open_report_duties(authority: UUID, now: datetime) -> None:
    today = local_date(now)
    for day in (today - timedelta(days=1), today):
        resumption.open_report_duties(authority, day=day, now=now)


@app.periodic(cron=EVERY_MINUTE)
@app.task(name="mark_missing_reports", queueing_lock="mark_missing_reports")
def mark_missing_reports(timestamp: int) -> None:
    """Past the deadline, who has not reported is not free until the report comes."""
    _for_each_authority(lambda authority, now: health.mark_missing(authority, now=now))


@app.periodic(cron=EVERY_NIGHT)
@app.task(name="find_health_signs", queueing_lock="find_health_signs")
def find_health_signs(timestamp: int) -> None:
    """In the health reports of the day that is over."""
    _for_each_authority(
        lambda authority, now: health.find_signs(authority, day=local_date(now) - timedelta(days=1), now=now)
    )


@app.periodic(cron=EVERY_HOUR)
@app.task(name="make_days_of_passages", queueing_lock="make_days_of_passages")
def make_days_of_passages(timestamp: int) -> None:
    """A week ahead: a worker that stands still for days costs nothing."""
    passage.make_days(now=present())


@app.periodic(cron=EVERY_FIVE_MINUTES)
@app.task(name="find_passage_signs", queueing_lock="find_passage_signs")
def find_passage_signs(timestamp: int) -> None:
    """In the scans of the last ten minutes: each is looked at twice, so that no minute is cut in two."""
    _for_each_authority(
        lambda authority, now: passage.find_signs(
            authority, since=now - timedelta(minutes=10), until=now, now=now
        )
    )


@app.periodic(cron=EVERY_NIGHT)
@app.task(name="find_passage_signs_again", queueing_lock="find_passage_signs_again")
def find_passage_signs_again(timestamp: int) -> None:
    """Over the two days before: with what phones without a network have sent since, and long journeys."""
    _for_each_authority(
        lambda authority, now: passage.find_signs(
            authority, since=now - timedelta(days=2), until=now, now=now
        )
    )


@app.periodic(cron=EVERY_TEN_MINUTES)
@app.task(name="open_rolls", queueing_lock="open_rolls")
def open_rolls(timestamp: int) -> None:
    """Everybody at work stands on the rolls of yesterday and today; whoever moved or left, no longer there.

    Ten minutes after a move or a leave the rolls follow it: no operation has to know which rolls there are.
    """
    _for_each_authority(_open_rolls)


def _open_rolls(authority: UUID, now: datetime) -> None:
    today = local_date(now)
    for day in (today - timedelta(days=1), today):
        people.open_rolls(authority, day, now)
    duties.lapse_rolls(authority, now=now)


@app.task(name="draw_census", queueing_lock="draw_census")
def draw_census(timestamp: int) -> None:
    """Who joined since comes onto the lists of open campaigns."""
    _for_each_authority(lambda authority, now: census.draw_open_campaigns(authority, now=now))


@app.task(name="redecide_returns", queueing_lock="redecide_returns")
def redecide_returns(timestamp: int) -> None:
    """Planned returns follow the playbook that will be in force on their day."""
    _for_each_authority(lambda authority, now: returns.redecide(authority, now=now))


@app.periodic(cron=EVERY_MINUTE)
@app.task(name="revive_stalled_jobs", queueing_lock="revive_stalled_jobs", pass_context=True)
async def revive_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Jobs that a killed worker took with it are put back into the queue."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER):
        log.warning("Job %s was taken by a worker that died; it will run again.", job.call_string)
        await manager.retry_job(job)


@app.periodic(cron=EVERY_NIGHT)
@app.task(name="forget_finished_jobs", queueing_lock="forget_finished_jobs", pass_context=True)
async def forget_finished_jobs(context: JobContext, timestamp: int) -> None:
    await builtin_tasks.remove_old_jobs(
        context, max_hours=KEPT_HOURS, remove_failed=True, remove_cancelled=True, remove_aborted=True
    )


@app.periodic(cron=EVERY_NIGHT)
@app.task(name="forget_receipts", queueing_lock="forget_receipts")
def forget_receipts(timestamp: int) -> None:
    _for_each_authority(_forget_receipts)


@app.periodic(cron=EVERY_TEN_MINUTES)
@app.task(name="forget_exports", queueing_lock="forget_exports")
def forget_exports(timestamp: int) -> None:
    """Lists of people whose hours are over."""
    _for_each_authority(lambda authority, now: exports.forget_expired(authority, now=now))


def _forget_receipts(authority: UUID, now: datetime) -> None:
    with acting_for(authority):
        once.forget()


@app.periodic(cron=EVERY_NIGHT)
@app.task(name="remove_stray_files", queueing_lock="remove_stray_files")
def remove_stray_files(timestamp: int) -> None:
    """By the real time, also where a demonstration lives on another day: files know no other."""
    _for_each_authority(lambda authority, _now: remove_strays(authority, wall_clock=datetime.now(UTC)))


@app.periodic(cron=EVERY_NIGHT)
@app.task(name="fill_search_hashes", queueing_lock="fill_search_hashes")
def fill_search_hashes(timestamp: int) -> None:
    """Of values sealed before there was a hash to find them by."""
    _for_each_authority(lambda authority, _now: fill_hashes(authority))


def _for_each_authority(act: Callable[[UUID, datetime], object]) -> None:
    """One authority's failure is no other's. Raises `SomeFailed` at the end: the job counts as failed."""
    failed = []
    for authority in areas.list_authorities():
        try:
            act(authority.id, present())
        except Exception:
            log.exception("A clock failed for authority %s", authority.code)
            failed.append(authority.code)
    if failed:
        raise SomeFailed(", ".join(failed))
