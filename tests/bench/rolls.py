"""The rolls of a day at 40,000 people: opened, opened again, ticked by many at once, looked over."""

from __future__ import annotations

import statistics
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fugong.areas.models import Area, Authority
from fugong.core.actor import worker_actor
from fugong.core.operation import operation
from fugong.core.tenancy import acting_for
from fugong.duties import operations as duties
from fugong.duties.models import Duty, Entry
from fugong.people import operations
from fugong.people.models import Employment
from tests import server
from tests.accounts import making as accounts
from tests.bench.measuring import Report, median_ms, seconds
from tests.enterprises import making as register
from tests.people import making
from tests.people.playbooks import REPORT, at_work, in_force

SMALL, LARGE = 4_000, 40_000
PER_ENTERPRISE, PER_CREW = 121, 27  # as 40,000 people in 330 enterprises, in 1,650 crews
GROWTH_AIM = 1.5
WRITERS, REPORTS = 4, 10_000
NOW, TODAY = making.NOW, making.TODAY

# Copies of one made-up person: only to measure what size costs.
PEOPLE = """
    insert into people_person
           (id, authority_id, name, name_key, name_pinyin, name_initials, document_kind, document,
            document_hash, phone, phone_hash, home_region, lodging, enterprise_id, way, recorded_at,
            changed_at)
    select gen_random_uuid(), authority_id, name || number, name_key || number, name_pinyin, name_initials,
           document_kind, document, sha256(convert_to(number::text, 'UTF8')), phone, phone_hash, home_region,
           lodging, %(enterprise)s, way, recorded_at, changed_at
      from people_person, generate_series(%(first)s, %(last)s) as number
     where id = %(model)s
"""
WORK = """
    insert into people_employment
           (id, authority_id, person_id, enterprise_id, post, shift, crew, room, starts_on, way, recorded_at,
            recorded_by_name)
    select gen_random_uuid(), authority_id, id, enterprise_id,
           (array['缝纫', '裁剪', '司机'])[1 + row_number() over (order by id) %% 3], '',
           '第' || (row_number() over (order by id) - 1) / %(crew)s || '班', '', date '2022-04-01', way,
           recorded_at, ''
      from people_person where enterprise_id = %(enterprise)s
       and id not in (select person_id from people_employment)
"""


def measure(report: Report, template: str) -> None:
    settings.FUGONG_CLOCK = NOW
    small = _measured(report, template, SMALL)
    large = _measured(report, template, LARGE)
    for page, there in large.items():
        here = small[page]
        report.add(
            f"rolls.page.{page}",
            ms_at_4000=here["ms"],
            ms_at_40000=there["ms"],
            growth=round(there["ms"] / here["ms"], 2),
            growth_aim=GROWTH_AIM,
            statements_at_4000=here["statements"],
            statements_at_40000=there["statements"],
            rows_at_4000=here["rows"],
            rows_at_40000=there["rows"],
        )


def _measured(report: Report, template: str, people: int) -> Mapping[str, Mapping[str, float]]:
    name = f"fugong_bench_rolls_{people}"
    server.copy_of(template, name)
    try:
        server.point_at(name)
        authority = accounts.authority()
        with acting_for(authority.id):
            park = register.park(authority)
            in_force(authority, {})
            fill(park, people)
            _days(report, authority, people)
        pages = _pages(authority)
        if people == LARGE:
            with acting_for(authority.id):
                _under_load(report, authority)
        return pages
    finally:
        for each in connections.all():
            each.close()
        server.drop(name)


def fill(park: Area, people: int) -> None:
    count = -(-people // PER_ENTERPRISE)
    for number in range(count):
        enterprise = register.registered(park)
        at_work(enterprise)
        model = making.registered(enterprise)
        first = number * PER_ENTERPRISE + 1
        last = min(first + PER_ENTERPRISE - 2, people - 1)
        values = {"enterprise": enterprise.id, "first": first, "last": last, "model": model.id}
        with connections["owner"].cursor() as cursor:
            cursor.execute("select set_config('fugong.authority', %s, false)", [str(park.authority_id)])
            cursor.execute(PEOPLE, values)
            cursor.execute(WORK, values | {"crew": PER_CREW})
    with connections["owner"].cursor() as cursor:
        cursor.execute("analyze")


def _days(report: Report, authority: Authority, people: int) -> None:
    found: list[operations.Opened] = []
    now = NOW + timedelta(minutes=10)
    first = seconds(lambda: found.append(operations.open_rolls(authority.id, TODAY, now)))
    with connections["owner"].cursor() as cursor:
        cursor.execute("analyze")
    again = seconds(lambda: found.append(operations.open_rolls(authority.id, TODAY, now)))
    _change(authority, number=20)
    changed = seconds(lambda: found.append(operations.open_rolls(authority.id, TODAY, now)))
    report.add(
        "rolls.open",
        people=Employment.objects.count(),
        rolls=Duty.objects.rolls().count(),
        added=found[0].added,
        seconds=round(first, 2),
        aim_seconds=10,
        again_seconds=round(again, 3),
        again_added=found[1].added,
        after_20_moves_seconds=round(changed, 3),
        moved=[found[2].added, found[2].withdrawn],
    )


def _change(authority: Authority, *, number: int) -> None:
    ids = list(Employment.objects.order_by("id").values_list("id", flat=True)[:number])
    Employment.objects.filter(id__in=ids).update(crew="新班")


def _under_load(report: Report, authority: Authority) -> None:
    people = list(Entry.objects.open().values_list("subject_id", flat=True)[:REPORTS])
    with ThreadPoolExecutor(WRITERS) as pool:
        started = time.perf_counter()
        times = [
            each for part in pool.map(_report, _parts(people), [authority.id] * WRITERS) for each in part
        ]
        took = time.perf_counter() - started
    times.sort()
    rolls = Duty.objects.rolls()
    report.add(
        "rolls.tick",
        reports=len(times),
        writers=WRITERS,
        seconds=round(took, 2),
        a_minute=round(len(times) / took * 60),
        aim_a_minute=10_000,
        median_ms=round(statistics.median(times) * 1000, 2),
        p99_ms=round(times[int(len(times) * 0.99)] * 1000, 2),
        counted=sum(rolls.values_list("done", flat=True)),
    )


def _parts(people: Sequence[UUID]) -> list[Sequence[UUID]]:
    """Neighbours on a roll go to different writers, so that they meet there."""
    return [people[place::WRITERS] for place in range(WRITERS)]


def _report(people: Sequence[UUID], authority_id: UUID) -> list[float]:
    """An operation that holds nothing but its audit row and the tick."""
    try:
        return [seconds(lambda person=person: _tick(person, authority_id)) for person in people]  # type: ignore[misc]
    finally:
        connection.close()


def _tick(person: UUID, authority_id: UUID) -> None:
    with operation("tests.report", actor=worker_actor(authority_id, person, "bench"), now=NOW) as op:
        op.audit(None, {"person": str(person)})
        duties.tick(kind=REPORT, subject_id=person, period=TODAY.isoformat(), at=NOW, op=op)


def _pages(authority: Authority) -> Mapping[str, Mapping[str, float]]:
    with acting_for(authority.id):
        user = accounts.holder(authority, "reviewer_headquarters")
        roll = Duty.objects.rolls().order_by("id").values_list("id", flat=True)[0]
    paths = {
        "shortfall": "/duties/shortfall/",
        "rolls": "/duties/rolls/",
        "roll": f"/duties/rolls/{roll}/",
    }
    return {name: _page(user, path) for name, path in paths.items()}


def _page(user: object, path: str) -> Mapping[str, float]:
    client = Client()
    client.force_login(user)  # type: ignore[arg-type]

    def ask() -> None:
        response = client.get(path)
        if response.status_code != 200:
            raise RuntimeError(f"{path} answered {response.status_code}")

    ask()
    with CaptureQueriesContext(connection) as captured:
        ask()
    statements = len(captured)
    rows = client.get(path).content.count(b"<tr")
    return {"ms": median_ms(ask), "statements": statements, "rows": rows}
