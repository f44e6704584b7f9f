"""A small gate process in this one: the contract of the real one, decided by the real rules, kept in memory.

Test code may stop it, let it be busy, or let it forget a device, as networks and offices do.
"""

from __future__ import annotations

import base64
import hmac
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import SimpleQueue
from typing import Any, ClassVar
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from fugong.passage.choices import Answer, Reason
from fugong.passage.rules import codes
from fugong.passage.rules.codes import Claim, LiveCode, Offline, minute_of
from fugong.passage.rules.deciding import GateRules, Known, Verdict, decide
from fugong.passage.rules.restrictions import name_of, steps_of

KEY_ID = 7
SECRET, LIST_KEY, TOKEN = b"\x07" * 32, b"\x05" * 32, "t" * 43
AUTHORITY = Ed25519PrivateKey.from_private_bytes(b"\x11" * 32)
LEVELS = {"green": Answer.ALLOW, "ask": Answer.ASK, "red": Answer.STOP}
WORDS = {
    "green": {"zh": "绿码", "en": "Green"},
    "ask": {"zh": "待核", "en": "To be checked"},
    "red": {"zh": "红码", "en": "Red"},
}
REASON_OF = {
    codes.Fault.MALFORMED: Reason.MALFORMED,
    codes.Fault.UNKNOWN_KEY: Reason.UNKNOWN_CODE,
    codes.Fault.FORGED: Reason.FORGED,
    codes.Fault.EXPIRED: Reason.EXPIRED,
    codes.Fault.OLD: Reason.OLD,
    codes.Fault.EARLY: Reason.EARLY,
}


def now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True)
class Worker:
    """Somebody with a phone that makes codes. `name` is masked, as gates are told it."""

    name: str
    level: str = "green"
    id: UUID = field(default_factory=uuid4)
    device: bytes = b"\x00\x00\x00\x01"

    def shows(self, *, age: timedelta = timedelta(0), by: Ed25519PrivateKey = AUTHORITY) -> str:
        """The text of the code that the phone made so long ago."""
        moment = now() - age
        claim = Claim(KEY_ID, self.id, self.device, minute_of(now() + timedelta(days=3)), place=7)
        minute = minute_of(moment)
        phone = Ed25519PrivateKey.from_private_bytes(b"\x22" * 32)
        public = phone.public_key().public_bytes_raw()
        certificate = by.sign(codes.certified(claim, public))
        told = Offline(public, certificate, phone.sign(codes.signed(claim, minute)))
        return str(LiveCode(claim, minute, codes.mac_of(codes.phone_key(SECRET, claim), claim, minute), told))


@dataclass(slots=True)
class GateProcess:
    rules: GateRules = field(default_factory=lambda: GateRules(levels=LEVELS, fever_from=373))
    measures: str = "may"
    people: dict[UUID, Worker] = field(default_factory=dict)
    revoked: set[bytes] = field(default_factory=set)
    scans: dict[tuple[int, int, int], dict[str, Any]] = field(default_factory=dict)
    received: list[int] = field(default_factory=list)
    """The nonce of each scan that arrived, again where it arrived again."""
    busy: int = 0
    """So many requests are answered 503."""
    knows_device: bool = True
    swallows: int = 0
    """So many answers are lost after the scan is stored, as by a network that is cut just then."""
    clock_ahead: timedelta = timedelta(0)
    url: str = ""
    streams: list[SimpleQueue[str]] = field(default_factory=list)
    version: int = 1
    before_a_stream: list[Callable[[], None]] = field(default_factory=list)
    """What happens after the next state was sent, and before its stream is open."""

    def add(self, *people: Worker) -> None:
        self.people |= {each.id: each for each in people}

    def change(self, person: Worker, level: str) -> None:
        """As the real process tells its gates when a level changes."""
        person.level = level
        self.version += 1
        steps = self._steps(person)
        told = {"gate": 1, "name": name_of(LIST_KEY, person.id), "steps": steps}
        for stream in self.streams:
            stream.put(f"event: change\ndata: {json.dumps(told)}\n\n")

    def revoke(self, person: Worker) -> None:
        self.revoked.add(person.id.bytes + person.device)
        self.version += 1
        for stream in self.streams:
            stream.put("event: state\ndata: {}\n\n")

    def inside(self) -> int:
        """Each person once, however often the film shows the code."""
        last: dict[UUID, int] = {}
        for scan in self.scans.values():
            code = LiveCode.parse(scan["code"])
            if code is not None and scan["answer"] == 1:
                last[code.claim.person] = scan["direction"]
        return list(last.values()).count(1)

    def state(self) -> dict[str, Any]:
        since = int(time.time()) - 60
        gates = [
            {
                "number": 1,
                "name": "东门",
                "directions": "both",
                "measures": self.measures,
                "rules": asdict(self.rules),
                "is_open": True,
            }
        ]
        steps = {name_of(LIST_KEY, each.id): self._steps(each) for each in self.people.values()}
        return {
            "now": int(time.time() * 1000),
            "version": self.version,
            "since": since,
            "until": since + 12 * 3600,
            "gates": [*gates, {**gates[0], "number": 2, "name": "西门", "directions": "out"}],
            "keys": {str(KEY_ID): _text(AUTHORITY.public_key().public_bytes_raw())},
            "revoked": [_name(each) for each in self.revoked],
            "list_key": _text(LIST_KEY),
            "lists": {number: {name: each for name, each in steps.items() if each} for number in ("1", "2")},
            "levels": WORDS,
        }

    def take(self, sent: dict[str, Any]) -> dict[str, Any]:
        if not 300 <= (sent["temperature"] or 365) <= 450 or sent["direction"] not in (1, 2):
            return {"code": "bad_value", "message": "Send tenths of a degree.", "field": "temperature"}
        self.received.append(sent["nonce"])
        answer, reason, name, level = self._judged(sent)
        key = (sent["gate"], sent["at"], sent["nonce"])
        self.scans.setdefault(key, {**sent, "answer": sent["answer"] or answer})
        told = {"nonce": sent["nonce"], "answer": answer, "reason": reason, "name": name, "level": level}
        return {**told, "inside": self.inside()}

    def _judged(self, sent: dict[str, Any]) -> tuple[int, int, str, str]:
        code = LiveCode.parse(sent["code"])
        moment = datetime.fromtimestamp(sent["at"] / 1_000_000, UTC)
        fault = codes.fault_online(code, {KEY_ID: SECRET}, moment) if code else codes.Fault.MALFORMED
        if fault is not None or code is None:
            return (Answer.STOP, REASON_OF[fault or codes.Fault.MALFORMED], "", "")
        if code.claim.person.bytes + code.claim.device in self.revoked:
            return (Answer.STOP, Reason.REVOKED, "", "")
        worker = self.people.get(code.claim.person)
        known = _known(worker) if worker else None
        verdict: Verdict = decide(self.rules, known, now=moment.timestamp(), temperature=sent["temperature"])
        return (*verdict, worker.name if worker else "", worker.level if worker else "")

    def _steps(self, person: Worker) -> list[list[float]]:
        since = int(time.time()) - 60
        found = steps_of(self.rules, _known(person), since=since, until=since + 12 * 3600)
        return [list(step) for step in found]


def _known(person: Worker) -> Known:
    return Known(person.level, None, "ask", place=7)


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _name(subject: bytes) -> str:
    return hmac.digest(LIST_KEY, subject, "sha256")[:8].hex()


@contextmanager
def running(port: int = 0) -> Iterator[tuple[ThreadingHTTPServer, GateProcess]]:
    process = GateProcess()
    handler = type("Handler", (_Handler,), {"process": process})
    server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    server.daemon_threads = True
    process.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server, process
    finally:
        for stream in process.streams:
            stream.put("")
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    process: ClassVar[GateProcess]
    protocol_version = "HTTP/1.1"

    def do_OPTIONS(self) -> None:
        self._answer(204, b"")

    def do_GET(self) -> None:
        if not self._is_let_in():
            return
        if self.path == "/gate/stream":
            self._stream()
        else:
            self._answer(200, json.dumps(self.process.state()).encode())

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if not self._is_let_in():
            return
        sent = json.loads(body)
        many = self.path == "/gate/scans"
        told = [self.process.take(scan) for scan in (sent["scans"] if many else [sent])]
        if self.process.swallows:
            self.process.swallows -= 1
            self.close_connection = True
            return
        status = 200 if many or "message" not in told[0] else 400
        self._answer(status, json.dumps({"scans": told} if many else told[0]).encode())

    def _is_let_in(self) -> bool:
        if self.headers.get("Authorization") != f"Bearer {TOKEN}" or not self.process.knows_device:
            self._answer(401, b'{"code": "unknown_device", "message": "Pair it again."}')
            return False
        if self.process.busy:
            self.process.busy -= 1
            self._answer(503, b'{"code": "overloaded", "message": "Later."}', {"Retry-After": "1"})
            return False
        return True

    def _answer(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        self._common(headers)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _common(self, headers: dict[str, str] | None = None) -> None:
        told = {
            "Access-Control-Allow-Origin": self.headers.get("Origin", "*"),
            "Access-Control-Allow-Headers": "Authorization, Content-Type",
            "Access-Control-Expose-Headers": "Fugong-Time, Retry-After",
            "Fugong-Time": str(int((time.time() + self.process.clock_ahead.total_seconds()) * 1000)),
            "Content-Type": "application/json",
        }
        for name, value in (told | (headers or {})).items():
            self.send_header(name, value)

    def _stream(self) -> None:
        while self.process.before_a_stream:
            self.process.before_a_stream.pop()()
        stream: SimpleQueue[str] = SimpleQueue()
        self.process.streams.append(stream)
        self.send_response(200)
        self._common({"Content-Type": "text/event-stream", "Connection": "close"})
        self.end_headers()
        self.close_connection = True
        try:
            self.wfile.write(b"event: open\ndata: %d\n\n" % self.process.version)
            while told := stream.get():
                self.wfile.write(told.encode())
        except OSError:
            pass
        finally:
            self.process.streams.remove(stream)

    def log_message(self, format: str, *args: Any) -> None:
        pass
