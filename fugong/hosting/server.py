"""A running Fugong: the web server and the jobs worker as children of this process."""

from __future__ import annotations

import importlib.util
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from django.db import connections

from fugong.hosting import doorstep, ports, static, web, welcome
from fugong.hosting.certificates import Certificate, Watch
from fugong.hosting.children import Child, end_all
from fugong.hosting.faults import HostingFault
from fugong.hosting.seldom import seldom
from fugong.hosting.signals import Requests, requests_to_end

LOOK_EVERY: Final = 0.5  # seconds
PATIENCE: Final = 60.0  # seconds for the first answer, on a machine with little to spare
LAST_WORDS: Final = 12.0  # seconds for a request under way
HSTS_SECONDS: Final = 30 * 86_400
RENEWAL_EVERY: Final = 3600.0  # seconds
GATE_PORT: Final = 8100
WORKER: Final = "fugong.cli.worker"


@dataclass(frozen=True, slots=True)
class Processes:
    """How many answer the web, and whether the clocks and jobs run here too."""

    web: int = field(default_factory=lambda: os.cpu_count() or 1)
    jobs: bool = True


@dataclass(frozen=True, slots=True)
class Place:
    """Where this server listens."""

    address: str
    port: int
    certificate: Certificate | None

    @property
    def secure(self) -> bool:
        return self.certificate is not None


def serve(
    *,
    address: str,
    port: int,
    certificate: Certificate | None = None,
    processes: Processes = Processes(),
    on_ready: Callable[[str], None] | None = None,
    every_moment: Callable[[], object] = lambda: None,
) -> int:
    """Runs until asked to end, by Ctrl-C or SIGTERM; returns the exit code. Call from the main thread.

    Wants a database that runs and holds the tables, Django ready, and FUGONG_* set for the children, who
    inherit the environment. FUGONG_PUBLIC_URL and FUGONG_HOSTS are set here where they are not. Port 0 means
    any free one. `on_ready` gets the address once it answers; `every_moment` is called twice a second, to
    look after the database for one. Raises HostingFault when the port cannot be had or nothing answers there.
    """
    with requests_to_end() as requests:
        place = Place(address, ports.free_port(address, port), certificate)
        url = _introduce(place)
        static.collect(say=_say)
        # What was asked before the start is asked; a supervisor needs no database.
        connections.close_all()
        gate = _gate(place, url)
        server = _web_server(place, processes.web)
        children = [server, gate, *_doorstep(place, url), *(_worker() if processes.jobs else [])]
        try:
            for child in children:
                child.start()
            if _wait_until_ready(server, place, url, requests):
                print(f"Fugong runs at {url} (Ctrl-C stops it).", flush=True)
                if on_ready is not None:
                    on_ready(url)
                _watch(children, requests, [every_moment, *_renewal([server, gate], certificate)])
            return 0
        finally:
            _say("Stopping.")
            end_all(children, patience=LAST_WORDS, hurry=requests.is_urgent)


def _introduce(place: Place) -> str:
    """Tells the children, through their environment, under which names they are known; returns the URL."""
    hosts = list(place.certificate.hosts) if place.certificate else []
    first = next(
        (host for host in hosts if not host.startswith(".")), ports.ANY.get(place.address, place.address)
    )
    url = os.environ.get("FUGONG_PUBLIC_URL", "")
    if not url or (place.secure and not url.startswith("https://")):
        url = os.environ["FUGONG_PUBLIC_URL"] = ports.url(first, place.port, secure=place.secure)
    known = [urlsplit(url).hostname or first, *hosts, first, "localhost", "127.0.0.1", "[::1]"]
    os.environ.setdefault("FUGONG_HOSTS", ",".join(dict.fromkeys(map(ports.bracketed, known))))
    if place.certificate and place.certificate.authority is None:
        # Not with a local authority: whoever removes its certificate could not even look at the plain page.
        os.environ.setdefault("FUGONG_HSTS_SECONDS", str(HSTS_SECONDS))
    return url


def _web_server(place: Place, workers: int) -> Child:
    certificate = place.certificate
    command = web.command(
        address=place.address,
        port=place.port,
        workers=workers,
        certificate=certificate.file if certificate else None,
        key=certificate.key if certificate else None,
    )
    return Child("The web server", command, say=_say)


def _worker() -> list[Child]:
    if importlib.util.find_spec(WORKER) is None:
        return []
    return [Child("The jobs worker", [sys.executable, "-m", "fugong.cli", "worker"], say=_say)]


def _gate(place: Place, url: str) -> Child:
    """Its address is told to the web server, which tells it to the gates' devices."""
    port = ports.free_port_from(place.address, int(os.environ.get("FUGONG_GATE_PORT") or GATE_PORT))
    os.environ["FUGONG_GATE_PORT"] = str(port)
    os.environ.setdefault(
        "FUGONG_GATE_URL", ports.url(urlsplit(url).hostname or "", port, secure=place.secure)
    )
    command = [sys.executable, "-m", "fugong.cli", "gate", "--address", place.address, "--port", str(port)]
    if place.certificate is not None:
        command += ["--certificate", str(place.certificate.file), "--key", str(place.certificate.key)]
    return Child("The gate process", command, say=_say)


def _doorstep(place: Place, url: str) -> list[Child]:
    """Only with a local authority, whose certificate people must get before they can trust the line."""
    authority = place.certificate.authority if place.certificate else None
    if authority is None:
        return []
    port = ports.free_port_from(place.address, place.port + 1)
    host = urlsplit(url).hostname or ""
    step = ports.url(host, port, secure=False)
    print(welcome.text(step, authority), flush=True)
    command = doorstep.command(
        address=place.address, port=port, page=welcome.page(url, authority), authority=authority, url=url
    )
    return [Child("The doorstep", command, say=_say)]


def _renewal(servers: list[Child], certificate: Certificate | None) -> list[Callable[[], object]]:
    """They read their certificate at their start, so a new one is a new start."""
    if certificate is None:
        return []
    watch = Watch(certificate)

    def renew() -> None:
        if watch.has_changed():
            for server in servers:
                server.restart(patience=LAST_WORDS)

    return [seldom(renew, RENEWAL_EVERY)]


def _wait_until_ready(server: Child, place: Place, url: str, requests: Requests) -> bool:
    """False when the end was asked for meanwhile."""
    host = urlsplit(url).netloc
    end = time.monotonic() + PATIENCE
    while not ports.answers(place.address, place.port, host=host, secure=place.secure):
        if requests.wait(0.05):
            return False
        if not server.is_alive:
            raise HostingFault("The web server did not start; what it said is above.")
        if time.monotonic() > end:
            raise HostingFault(
                f"The web server does not answer on port {place.port} after {PATIENCE:.0f} s. "
                "Run `fugong doctor`, or start again with FUGONG_LOG=INFO."
            )
    return True


def _watch(children: list[Child], requests: Requests, chores: list[Callable[[], object]]) -> None:
    while not requests.wait(LOOK_EVERY):
        for chore in chores:
            chore()
        for child in children:
            child.look_after()


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
