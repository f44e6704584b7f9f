"""The gate at 40,000 people: floors, a rival, single scans, batches, the paced minute, TLS, overload."""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from fugong.clearance.operations import refresh_clearances
from fugong.core.actor import system_actor
from fugong.core.postgres import roles
from fugong.core.postgres.readiness import lay_ready
from fugong.core.tenancy import acting_for
from fugong.enterprises.models import Enterprise
from fugong.hosting import ports
from fugong.passage.choices import DeviceKind, GateKind
from fugong.passage.models import PlaceNumber
from fugong.passage.operations import devices
from fugong.passage.operations import gates as register
from fugong.passage.rules.gates import GateData
from fugong.people.models import Person
from tests import server
from tests.bench.gates import pushing
from tests.bench.gates.load import MIX, Orders
from tests.bench.measuring import Report
from tests.bench.rolls import fill
from tests.passage.process import keeping
from tests.passage.process.keeping import Site

PEOPLE, GATES = 40_000, 100
RUNS, SECONDS = 3, 8.0
MOONSHOT, MINUTE = 23_334, 60.0
CAP, OFFERED = 3_000, 9_000
TICK = os.sysconf("SC_CLK_TCK")
ROOT = Path(__file__).resolve().parents[3]


def measure(report: Report, template: str) -> None:
    """On a disk: a gate's promise is worth what the disk's is."""
    outer = os.environ.pop(server.VARIABLE)
    with tempfile.TemporaryDirectory(prefix="fugong-bench-", dir="/var/tmp") as folder:
        cluster = server.Server(Path(folder))
        os.chmod(folder, 0o755)
        cluster.start()
        try:
            # As an installation has been since ten minutes after its start.
            lay_ready(cluster.cluster.connection(roles.SUPERUSER))
            _migrate(template)
            settings.FUGONG_HOME = Path(folder) / "site"
            settings.FUGONG_HOME.mkdir()
            server.copy_of(template, "fugong_bench_gate")
            server.point_at("fugong_bench_gate")
            with keeping.site("fugong_bench_gate", Path(folder) / "gate.log") as site:
                _all(report, site, _filled(site, Path(folder)))
        finally:
            for each in connections.all():
                each.close()
            cluster.stop()
            os.environ[server.VARIABLE] = outer


def _migrate(template: str) -> None:
    server.point_at(template)
    call_command("migrate", database="owner", interactive=False, verbosity=0)
    for each in connections.all():
        each.close()


def _filled(site: Site, folder: Path) -> Path:
    """People with levels, gates of their enterprises; a file that says who goes where."""
    here = site.here
    with acting_for(here.authority.id):
        fill(here.park, PEOPLE)
        refresh_clearances(here.authority.id, now=site.now())
        system = system_actor(here.authority.id, "set-up")
        firms = list(Enterprise.objects.exclude(id=here.enterprise.id).order_by("id")[:GATES])
        opened = [
            register.open_gate(
                GateData(name=f"门{number}", kind_of_rules="enterprise_door"),
                kind=GateKind.DOOR,
                enterprise_id=firms[number % len(firms)].id,
                actor=system,
                now=site.now(),
            )
            for number in range(GATES)
        ]
        named = devices.name_device(
            "测试", DeviceKind.TURNSTILE, [gate.id for gate in opened], actor=system, now=site.now()
        )
        places = dict(PlaceNumber.objects.values_list("enterprise_id", "number"))
        gate_of = {gate.enterprise_id: gate.number for gate in opened if gate.enterprise_id}
        rows = Person.objects.filter(enterprise_id__in=gate_of).values_list("id", "enterprise_id")
        people = [[str(id_), places[firm], gate_of[firm]] for id_, firm in rows]
    site.token = devices.pair(named.pairing, now=site.now()).token
    file = folder / "people.json"
    file.write_text(json.dumps(people), encoding="utf-8")
    with connections["owner"].cursor() as cursor:
        cursor.execute("analyze")
    return file


def _all(report: Report, site: Site, people: Path) -> None:
    common = {"token": site.token, "key_id": site.key_id, "secret": site.secret.hex(), "people": str(people)}
    shift = (site.now().timestamp()) - time.time()

    def orders(**changes: Any) -> Orders:
        return Orders(**{"port": site.port, "seconds": SECONDS, "shift": shift, **common, **changes})

    floor = _constant(report, orders)
    _copy(report, site, people)
    _rival(report, site, orders)
    site.start()
    _keeps(report, site, "single, 64 lines", floor, lambda: orders(lines=64))
    best = _keeps(report, site, "single, 256 lines", floor, lambda: orders(lines=256))
    report.add("gate.ratio", of_constant=round(best / floor["per_second"], 2), aim=0.5)
    _keeps(
        report,
        site,
        "batches of 100",
        floor,
        lambda: orders(lines=8, batch=100, path="/gate/scans"),
        aim=80_000,
    )
    _paced(report, site, floor, orders)
    pushing.measure(report, site)
    site.stop()
    _overload(report, site, orders)
    _over_tls(report, site, orders, people.parent)


def _constant(report: Report, orders: Callable[..., Orders]) -> dict[str, float]:
    with _program("-m", "tests.bench.gates.constant") as process:
        assert process.stdout is not None
        port = int(process.stdout.readline())
        found = [_run(orders(port=port, lines=256), [process.pid]) for _ in range(RUNS)]
    told = {
        "per_second": _median(found, "per_second"),
        "http_us": _median(found, "cpu_us"),
        "p50_ms": _median(found, "p50_ms"),
    }
    report.add("gate.constant", **told)
    return told


def _copy(report: Report, site: Site, people: Path) -> None:
    """A bare COPY of as many rows as a run writes, in one go: the same people, gates and numbers drawn."""
    rows, day, drawn = 300_000, "2022-05-09 08:00", random.Random(1)
    known = json.loads(people.read_text(encoding="utf-8"))
    lines = "".join(
        f"{site.here.authority.id}\t{gate}\t{day}:00.{n:06}+08\t{drawn.getrandbits(62)}\t{day}+08\t"
        f"{site.device}\t{person}\t1\t1\t1\t1\t0\t0\t365\n"
        for n, (person, _place, gate) in enumerate(drawn.choices(known, k=rows))
    )
    # Row-level security lets no COPY in, so the rows go into a table like a day's.
    owner = keeping.connection(site.name, "fugong_owner").conninfo()
    with psycopg.connect(owner, autocommit=True) as line:
        line.execute("create table bench_twin (like passage_scan including all)")
        before, began = _postgres_cpu(), time.perf_counter()
        with line.cursor().copy("copy bench_twin from stdin") as copy:
            copy.write(lines)
        took = time.perf_counter() - began
        used = _postgres_cpu() - before
        line.execute("drop table bench_twin")
    report.add("gate.copy", rows=rows, per_second=round(rows / took), postgres_us=round(used / rows * 1e6, 1))


def _rival(report: Report, site: Site, orders: Callable[..., Orders]) -> None:
    port = ports.free_port("127.0.0.1", 0)
    environment = {
        "DJANGO_SETTINGS_MODULE": "fugong.settings.base",
        "FUGONG_DATABASE_URL": keeping.connection(site.name, "fugong_app").url(),
        "FUGONG_OWNER_DATABASE_URL": keeping.connection(site.name, "fugong_owner").url(),
        "FUGONG_HOME": str(settings.FUGONG_HOME),
        "BENCH_AUTHORITY": str(site.here.authority.id),
        "BENCH_SECRET": site.secret.hex(),
    }
    with _program("-m", "tests.bench.gates.rival", str(port), **environment) as process:
        time.sleep(6)
        children = _children(process.pid)
        found = [_run(orders(port=port, lines=64), children) for _ in range(RUNS)]
    report.add("gate.plain_view", **_told(found))


def _keeps(
    report: Report,
    site: Site,
    name: str,
    floor: dict[str, float],
    orders: Callable[[], Orders],
    *,
    aim: float = 46_667,
) -> float:
    assert site.process is not None
    before = _stored(site)
    found = [_run(orders(), [site.process.pid]) for _ in range(RUNS)]
    told = _told(found)
    report.add(
        f"gate.{name}",
        **told,
        http_us=floor["http_us"],
        aim_per_second=aim,
        stored=_stored(site) - before,
        mix=MIX,
    )
    return float(told["per_second"])


def _paced(report: Report, site: Site, floor: dict[str, float], orders: Callable[..., Orders]) -> None:
    assert site.process is not None
    before = _stored(site)
    found = _run(orders(lines=256, rate=MOONSHOT, seconds=MINUTE), [site.process.pid])
    report.add(
        "gate.paced",
        **_told([found]),
        offered_per_second=MOONSHOT,
        seconds=MINUTE,
        refused=found["refused"],
        answered=found["scans"],
        stored=_stored(site) - before,
        http_us=floor["http_us"],
        aim={"cpu_us": 45, "p99_ms": 50},
    )


def _over_tls(report: Report, site: Site, orders: Callable[..., Orders], folder: Path) -> None:
    """Lines that stay open, as those of gates do: what the cipher adds, not what greeting costs."""
    certificate, key = pushing.certificate(folder)
    site.start(words=("--certificate", str(certificate), "--key", str(key)))
    assert site.process is not None
    found = [_run(orders(port=site.port, lines=64, secure=True), [site.process.pid]) for _ in range(RUNS)]
    report.add("gate.tls", **_told(found))
    site.stop()


def _overload(report: Report, site: Site, orders: Callable[..., Orders]) -> None:
    site.start(FUGONG_GATE_ADMISSION=str(CAP))
    assert site.process is not None
    before = _stored(site)
    found = _run(orders(port=site.port, lines=256, rate=OFFERED, seconds=10), [site.process.pid])
    report.add(
        "gate.overload",
        admitted_at_most=CAP,
        offered_per_second=OFFERED,
        per_second=round(found["scans"] / 10),
        shed=found["refused"],
        p99_ms=found["p99_ms"],
        answered=found["scans"],
        stored=_stored(site) - before,
    )
    site.stop()


def _run(orders: Orders, servers: list[int]) -> dict[str, Any]:
    cpu, postgres = sum(map(_cpu, servers)), _postgres_cpu()
    command = [sys.executable, "-m", "tests.bench.gates.load", json.dumps(asdict(orders))]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=_environment(), check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    assert found["scans"], found
    # What was answered before it counted was paid for too.
    paid = found["scans"] * (1 + 1 / orders.seconds)
    found["per_second"] = round(found["scans"] / found["seconds"])
    found["cpu_us"] = round((sum(map(_cpu, servers)) - cpu) / paid * 1e6, 1)
    found["postgres_us"] = round((_postgres_cpu() - postgres) / paid * 1e6, 1)
    found["load_us"] = round(found["cpu_seconds"] / paid * 1e6, 1)
    return found


def _told(found: list[dict[str, Any]]) -> dict[str, Any]:
    names = ("per_second", "p50_ms", "p99_ms", "max_ms", "cpu_us", "postgres_us", "load_us")
    told = {name: _median(found, name) for name in names}
    told["server_us"] = told.pop("cpu_us")
    told["together_us"] = round(told["server_us"] + told["postgres_us"], 1)
    return told | {"runs": len(found)}


def _median(found: list[dict[str, Any]], name: str) -> float:
    return statistics.median(each[name] for each in found)


def _stored(site: Site) -> int:
    with acting_for(site.here.authority.id), connection.cursor() as cursor:
        cursor.execute("select count(*) from passage_scan")
        return int(cursor.fetchone()[0])


def _cpu(pid: int) -> float:
    """Seconds that the process and its ended children have used."""
    words = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return sum(int(words[place]) for place in (11, 12, 13, 14)) / TICK


def _postgres_cpu() -> float:
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        backend = int(cursor.fetchone()[0])
    postmaster = int(Path(f"/proc/{backend}/stat").read_text().rsplit(")", 1)[1].split()[1])
    return sum(map(_cpu, [postmaster, *_children(postmaster)]))


def _children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(each) for each in found]


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


@contextmanager
def _program(*words: str, **environment: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, *words],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=_environment() | environment,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.communicate(timeout=20)
