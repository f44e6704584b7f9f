"""A gate process that really runs beside a database of its own, and what knocks at it."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, Self
from uuid import UUID

from django.conf import settings
from django.db import connection as database

from fugong.clearance import operations as clearance
from fugong.core.actor import system_actor
from fugong.core.postgres import roles
from fugong.core.postgres.urls import ConnectionInfo
from fugong.core.tenancy import acting_for
from fugong.passage.choices import DeviceKind, GateKind
from fugong.passage.models import Gate
from fugong.passage.operations import devices, gates
from fugong.passage.operations.keys import rotate_keys
from fugong.passage.queries.keys import code_secrets
from fugong.passage.rules import codes
from fugong.passage.rules.codes import Claim, LiveCode, minute_of
from fugong.passage.rules.gates import GateData
from fugong.people.models import Person
from tests import server
from tests.people import making as people
from tests.support.making import NOW, Place, place

PATIENCE = 20.0
READY = "Gates are kept at port "
DEVICE = b"\x00\x00\x00\x07"


@dataclass
class Site:
    """A park with a gate, and the process that keeps it. The clock starts at NOW when the site is made."""

    here: Place
    gate: Gate
    token: str
    device: UUID
    name: str
    log: Path
    started: int
    key_id: int = 0
    secret: bytes = b""
    port: int = 0
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[str] | None = None
    nonce: int = 10**18

    def now(self) -> datetime:
        return NOW + timedelta(seconds=time.time() - self.started)

    def start(self, *, port: int = 0, words: Sequence[str] = (), **environment: str) -> None:
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("FUGONG_")},
            "DJANGO_SETTINGS_MODULE": "fugong.settings.base",
            "FUGONG_HOME": str(settings.FUGONG_HOME),
            "FUGONG_KEYS": str(Path(settings.FUGONG_HOME) / "keys"),
            "FUGONG_SECRET_KEY": settings.SECRET_KEY,
            "FUGONG_DATABASE_URL": connection(self.name, roles.APP).url(),
            "FUGONG_OWNER_DATABASE_URL": connection(self.name, roles.OWNER).url(),
            "PYTHONFAULTHANDLER": "1",
            "FUGONG_CLOCK": NOW.isoformat(),
            "FUGONG_CLOCK_ANCHOR": str(self.started),
            **environment,
        }
        command = [sys.executable, "-m", "fugong.cli", "gate", "--port", str(port), *words]
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=log, text=True, env=self.environment
            )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line.startswith(READY), self.log.read_text()
        self.port = int(line.removeprefix(READY).rstrip(".\n"))

    def stop(self) -> None:
        if self.process is None:
            return
        try:
            if self.process.poll() is None:
                self._end(self.process)
        finally:
            self.kill()

    def _end(self, process: subprocess.Popen[str]) -> None:
        process.send_signal(signal.SIGTERM)
        try:
            assert process.wait(PATIENCE) == 0, self.log.read_text()
        except subprocess.TimeoutExpired:
            # Says in the log what it is doing.
            process.send_signal(signal.SIGABRT)
            process.wait()
            raise AssertionError(self.log.read_text()) from None

    def kill(self) -> None:
        """Again: nothing."""
        assert self.process is not None
        assert self.process.stdout is not None
        self.process.kill()
        if not self.process.stdout.closed:
            self.process.communicate()

    def code(self, person: Person, *, age: timedelta = timedelta(0), key: bytes = b"") -> str:
        """What the person's phone shows, or showed so long ago."""
        claim = Claim(self.key_id, person.id, DEVICE, minute_of(self.now() + timedelta(days=3)), place=1)
        minute = minute_of(self.now() - age)
        mac = codes.mac_of(codes.phone_key(key or self.secret, claim), claim, minute)
        return str(LiveCode(claim, minute, mac))

    def scan(self, code: str, **changes: Any) -> dict[str, Any]:
        self.nonce += 1
        at = int(self.now().timestamp() * 1_000_000)
        plain = {"gate": self.gate.number, "nonce": self.nonce, "at": at, "code": code, "temperature": 365}
        return plain | changes

    def send(self, scan: dict[str, Any] | list[dict[str, Any]], *, token: str = "") -> tuple[int, Any]:
        many = isinstance(scan, list)
        body = json.dumps({"scans": scan} if many else scan)
        return self.ask("POST", "/gate/scans" if many else "/gate/scan", body, token=token)

    def ask(self, method: str, path: str, body: str | bytes = "", *, token: str = "") -> tuple[int, Any]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)
        try:
            line.request(method, path, body, {"Authorization": f"Bearer {token or self.token}"})
            answer = line.getresponse()
            said = answer.read()
            return answer.status, json.loads(said) if said.startswith((b"{", b"[")) else said.decode()
        finally:
            line.close()

    @contextmanager
    def listening(self) -> Iterator[Stream]:
        """What a device that listens is told from now on."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            line.request("GET", "/gate/stream", headers={"Authorization": f"Bearer {self.token}"})
            answer = line.getresponse()
            assert answer.status == 200
            stream = Stream(answer)
            kind, stream.version = stream.next()
            assert kind == "open"
            yield stream
        finally:
            line.close()

    def folded(self) -> bool:
        """Whether all that was counted stands at its hour."""
        with acting_for(self.here.authority.id), database.cursor() as cursor:
            cursor.execute("select not exists (select from passage_tally)")
            return bool(cursor.fetchone()[0])

    def counted(self) -> int:
        """By hours, and what is on its way to them."""
        with acting_for(self.here.authority.id), database.cursor() as cursor:
            cursor.execute(
                "select (select coalesce(sum(scans), 0) from passage_count) + coalesce(sum(each), 0)"
                " from passage_tally, unnest(scans) each"
            )
            return int(cursor.fetchone()[0])

    def rows(self, columns: str = "gate, nonce, answer, reason, flags, subject") -> list[tuple[Any, ...]]:
        """What is stored, as the application sees it."""
        with acting_for(self.here.authority.id), database.cursor() as cursor:
            cursor.execute(f"select {columns} from passage_scan order by received_at, nonce")
            return cursor.fetchall()


def connection(database: str, role: str) -> ConnectionInfo:
    where = server.address()
    return ConnectionInfo(host=where["host"], port=int(where["port"]), name=database, user=role)


class Stream:
    version = 0
    """Of the state when it was opened."""

    def __init__(self, answer: http.client.HTTPResponse) -> None:
        self._answer = answer

    def next(self) -> tuple[str, Any]:
        """The next event and its data."""
        kind = ""
        while line := self._answer.readline().decode():
            if line.startswith("event: "):
                kind = line.removeprefix("event: ").strip()
            elif line.startswith("data: "):
                return kind, json.loads(line.removeprefix("data: "))
        raise AssertionError("the stream ended")


class Hammer:
    """Gates that never give up: what is not acknowledged is kept and sent again, as a guard's phone does."""

    def __init__(self, site: Site, *, gates: int = 6) -> None:
        self._site = site
        self.acknowledged: set[int] = set()
        self.put_off = 0
        self._numbers = count(10**17)
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._run, daemon=True) for _ in range(gates)]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def wait_for(self, more: int, *, seconds: float = 60) -> None:
        """Until so many more are acknowledged. Raises AssertionError with what the process has said."""
        target = len(self.acknowledged) + more
        try:
            until(lambda: len(self.acknowledged) >= target, seconds=seconds)
        except AssertionError:
            process = self._site.process
            ended = process.poll() if process else "none"
            raise AssertionError(f"the process: {ended}; {self._site.log.read_text()[-4000:]}") from None

    def _run(self) -> None:
        while not self._stop.is_set():
            scan = self._site.scan("", nonce=next(self._numbers), answer=2, reason=8)
            while not self._is_acknowledged(scan):
                self.put_off += 1
                if self._stop.wait(0.05):
                    return
            self.acknowledged.add(scan["nonce"])

    def _is_acknowledged(self, scan: dict[str, Any]) -> bool:
        try:
            return self._site.send(scan)[0] == 200
        except (OSError, http.client.HTTPException):
            return False


def until(what: Any, *, seconds: float = PATIENCE) -> float:
    """Waits for `what()` to hold; returns how long it took."""
    began = time.monotonic()
    while not what():
        assert time.monotonic() - began < seconds, "it did not come"
        time.sleep(0.02)
    return time.monotonic() - began


def worker(here: Place, **changes: Any) -> Person:
    person = people.registered(here.enterprise, now=NOW - timedelta(days=10), **changes)
    clearance.refresh_clearances(here.authority.id, now=NOW)
    return person


@contextmanager
def site(name: str, log: Path) -> Iterator[Site]:
    here = place()
    with acting_for(here.authority.id):
        system = system_actor(here.authority.id, "set-up")
        key = rotate_keys(actor=system, now=NOW)
        gate = gates.open_gate(
            GateData(name="东门", kind_of_rules="enterprise_door"),
            kind=GateKind.DOOR,
            enterprise_id=here.enterprise.id,
            actor=system,
            now=NOW,
        )
        named = devices.name_device("一号机", DeviceKind.PHONE, [gate.id], actor=system, now=NOW)
    paired = devices.pair(named.pairing, now=NOW)
    made = Site(
        here=here,
        gate=gate,
        token=paired.token,
        device=paired.device.id,
        name=name,
        log=log,
        started=int(time.time()),
        key_id=key.number,
        secret=code_secrets(here.authority.id)[key.number],
    )
    try:
        yield made
    finally:
        made.stop()
