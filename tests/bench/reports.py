"""The two-tap report at 40,000 people, 10,000 of them in a minute, and how fast a fever is seen."""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fugong.areas.models import Authority
from fugong.core.actor import worker_actor
from fugong.core.tenancy import acting_for
from fugong.duties.models import Entry
from fugong.health import operations as health
from fugong.health.choices import REPORT_DUTY, Way
from fugong.health.models import HealthReport
from fugong.people import operations
from fugong.people.models import Person
from tests import server
from tests.accounts import making as accounts
from tests.bench.measuring import Report, seconds
from tests.bench.rolls import LARGE, fill
from tests.enterprises import making as register
from tests.health import making
from tests.people.own import making as phones

PROCESSES, WRITERS, REPORTS, TAPS, FEVERS = 2, 4, 10_000, 200, 10
NOW, TODAY = making.NOW.replace(hour=8), making.TODAY


def measure(report: Report, template: str) -> None:
    settings.FUGONG_CLOCK = NOW
    name = "fugong_bench_reports"
    server.copy_of(template, name)
    try:
        server.point_at(name)
        authority = accounts.authority()
        with acting_for(authority.id):
            making.playbook(authority)
            fill(register.park(authority), LARGE)
            _the_day_before(authority)
            operations.open_rolls(authority.id, TODAY, NOW - timedelta(hours=3))
            with connections["owner"].cursor() as cursor:
                cursor.execute("analyze")
            people = list(Entry.objects.open().filter(kind=REPORT_DUTY).values_list("subject_id", flat=True))
        _taps(report, authority, people[:TAPS])
        _fevers(report, authority, people[TAPS : TAPS + FEVERS])
        _rush(report, authority, people[TAPS + FEVERS : TAPS + FEVERS + REPORTS])
        _signs(report, authority)
    finally:
        for each in connections.all():
            each.close()
        server.drop(name)


def _the_day_before(authority: Authority) -> None:
    """They were there before the deadline: who comes after it is not asked."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("select set_config('fugong.authority', %s, false)", [str(authority.id)])
        cursor.execute("update people_employment set recorded_at = recorded_at - interval '1 day'")
        cursor.execute("update enterprises_standing set since = since - interval '1 day'")


def _taps(report: Report, authority: Authority, people: Sequence[UUID]) -> None:
    """The whole request of the second tap, from the cookie to the redirect; each by another worker."""
    with acting_for(authority.id):
        tokens = [phones.phone_of(person) for person in Person.objects.filter(id__in=people)]
    clients = [(phones.holding(token, client=Client()), {"_as": token.mark}) for token in tokens]
    times = sorted(seconds(lambda each=each: _tap(*each)) for each in clients[1:])  # type: ignore[misc]
    with CaptureQueriesContext(connection) as asked:
        _tap(*clients[0])
    report.add(
        "reports.two_taps",
        reports=len(times),
        median_ms=round(statistics.median(times) * 1000, 2),
        p95_ms=round(times[int(len(times) * 0.95)] * 1000, 2),
        aim_ms=30,
        statements=len(asked),
    )


def _tap(client: Client, mark: dict[str, str]) -> None:
    answer = client.post("/me/health/tap/", {"temperature": "36.5"} | mark)
    if answer.status_code != 302:
        raise RuntimeError(f"the tap was answered {answer.status_code}")


def _fevers(report: Report, authority: Authority, people: Sequence[UUID]) -> None:
    """From the tap to the answer with the incident in it, where the open page asks as often as it does.

    Later in the day than the reports: by then somebody holds the role.
    """
    with acting_for(authority.id):
        found = Person.objects.in_bulk(people)
        phones_of = [(phones.phone_of(found[id_]), found[id_].name) for id_ in people]
    settings.FUGONG_CLOCK = making.NOW
    watcher = Client()
    watcher.force_login(accounts.holder(authority, "reviewer_headquarters"))
    page = watcher.get("/", follow=True).content.decode()
    every, asked = _asking(page)
    times = []
    for place, (token, name) in enumerate(phones_of):
        client = phones.holding(token, client=Client())
        sent = {"temperature": "38.2", "place": "work", "day": TODAY.isoformat(), "_as": token.mark}
        wait = every * (place + 0.5) / len(phones_of)
        times.append(_seen_after(client, sent, partial(watcher.get, asked), name, wait=wait, every=every))
    with CaptureQueriesContext(connection) as statements:
        asking = statistics.median(seconds(lambda: watcher.get(asked)) for _run in range(20))
    settings.FUGONG_CLOCK = NOW
    report.add(
        "reports.fever_seen",
        fevers=len(times),
        median_seconds=round(statistics.median(times), 2),
        longest_seconds=round(max(times), 2),
        aim_seconds=2,
        asking_ms=round(asking * 1000, 1),
        asking_statements=len(statements) // 20,
    )


def _asking(page: str) -> tuple[float, str]:
    """How often the panel on the page asks, in seconds, and where."""
    found = re.search(r'hx-get="([^"?]+)[^"]*" hx-trigger="every (\d+)(m?)s"', page)
    if found is None:
        raise RuntimeError("the page has no panel that asks")
    return int(found[2]) / (1000 if found[3] else 1), found[1]


def _seen_after(
    phone: Client, sent: dict[str, str], ask: Callable[[], Any], name: str, *, wait: float, every: float
) -> float:
    """Seconds; the page asks for the first time `wait` after the worker's tap was sent."""
    started = time.perf_counter()
    answer = phone.post("/me/health/report/", sent)
    if answer.status_code != 302:
        raise RuntimeError(f"the fever was answered {answer.status_code}")
    for turn in range(10):
        time.sleep(max(0.0, started + wait + turn * every - time.perf_counter()))
        if name in ask().content.decode():
            return time.perf_counter() - started
    raise RuntimeError("the incident never came")


def _rush(report: Report, authority: Authority, people: Sequence[UUID]) -> None:
    """From as many processes as there are cores, as the server runs them, two writers in each."""
    parts = [people[place::WRITERS] for place in range(WRITERS)]
    spawning = get_context("spawn")
    where = (connection.settings_dict["NAME"], settings.FUGONG_HOME)
    with ProcessPoolExecutor(PROCESSES, spawning, initializer=_join, initargs=where) as pool:
        list(pool.map(_write_all, [[]] * PROCESSES, [authority.id] * PROCESSES))
        started = time.perf_counter()
        lots = [parts[place::PROCESSES] for place in range(PROCESSES)]
        found = list(pool.map(_write_all, lots, [authority.id] * PROCESSES))
        took = time.perf_counter() - started
    times = sorted(each for part in found for each in part)
    with acting_for(authority.id):
        kept = HealthReport.objects.filter(person_id__in=people).count()
    report.add(
        "reports.rush",
        reports=len(times),
        kept=kept,
        processes=PROCESSES,
        writers=WRITERS,
        seconds=round(took, 2),
        a_minute=round(len(times) / took * 60),
        aim_a_minute=10_000,
        median_ms=round(statistics.median(times) * 1000, 2),
        p99_ms=round(times[int(len(times) * 0.99)] * 1000, 2),
    )


def _join(database: str, home: Path) -> None:
    """A process of its own: the same database, keys and hour."""
    settings.FUGONG_HOME, settings.FUGONG_CLOCK = home, NOW
    server.point_at(database)


def _write_all(parts: Sequence[Sequence[UUID]], authority_id: UUID) -> list[float]:
    with ThreadPoolExecutor(max(len(parts), 1)) as pool:
        return [each for part in pool.map(_write, parts, [authority_id] * len(parts)) for each in part]


def _write(people: Sequence[UUID], authority_id: UUID) -> list[float]:
    try:
        return [seconds(lambda who=who: _report(who, authority_id)) for who in people]  # type: ignore[misc]
    finally:
        connection.close()


def _report(person: UUID, authority_id: UUID) -> None:
    actor = worker_actor(authority_id, person, "bench")
    health.report(person, making.said("36.5"), way=Way.OWN, actor=actor, now=NOW)


def _signs(report: Report, authority: Authority) -> None:
    with acting_for(authority.id):
        reports = HealthReport.objects.count()
    found: list[int] = []
    took = seconds(lambda: found.append(health.find_signs(authority.id, day=TODAY, now=NOW)))
    report.add("reports.signs", reports=reports, seconds=round(took, 2), signs=found[0])
