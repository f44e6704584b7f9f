"""How soon a level that changes is known at a gate that listens."""

from __future__ import annotations

import socket
import statistics
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from fugong.core.actor import system_actor
from fugong.core.tenancy import acting_for
from fugong.passage.choices import DeviceKind
from fugong.passage.operations import devices
from fugong.people.models import Person
from tests.bench.measuring import Report
from tests.clearance import making
from tests.passage.process.keeping import Site, until

CHANGES = 20
AIM_SECONDS = 2


def measure(report: Report, site: Site) -> None:
    took, token = [], _guard(site)
    until(lambda: site.ask("GET", "/gate/state", token=token)[0] == 200)
    with socket.create_connection(("127.0.0.1", site.port), timeout=10) as line:
        line.sendall(
            f"GET /gate/stream HTTP/1.1\r\nHost: gate\r\nAuthorization: Bearer {token}\r\n\r\n".encode()
        )
        line.recv(1 << 16)
        with acting_for(site.here.authority.id):
            for person in Person.objects.filter(merged_into=None).order_by("-id")[:CHANGES]:
                began = time.perf_counter()
                making.recorded(person, "close_contact", here=site.here, since=site.now(), now=site.now())
                _hear(line)
                took.append(time.perf_counter() - began)
    ordered = sorted(took)
    report.add(
        "gate.push",
        changes=CHANGES,
        median_ms=round(statistics.median(ordered) * 1000, 1),
        longest_ms=round(ordered[-1] * 1000, 1),
        aim_seconds=AIM_SECONDS,
    )


def _guard(site: Site) -> str:
    """The token of a phone at one gate: a list of its own for each of a hundred gates is nobody's."""
    with acting_for(site.here.authority.id):
        system = system_actor(site.here.authority.id, "set-up")
        named = devices.name_device("哨", DeviceKind.PHONE, [site.gate.id], actor=system, now=site.now())
    return devices.pair(named.pairing, now=site.now()).token


def _hear(line: socket.socket) -> None:
    """The operation that changes the level counts too: it is what somebody waits for."""
    heard = b""
    while b"event: change" not in heard:
        heard += line.recv(1 << 16)
    line.setblocking(False)
    try:
        while line.recv(1 << 16):
            pass
    except BlockingIOError:
        pass
    line.settimeout(10)


def certificate(folder: Path) -> tuple[Path, Path]:
    """Of nobody, for nobody: a file with it and one with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    files = folder / "gate.pem", folder / "gate.key"
    files[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    files[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return files
