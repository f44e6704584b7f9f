"""`fugong turnstile`: a turnstile, or what behaves like one: codes come in by lines, answers go out by lines.

For real ones on a small computer with a scanner that types, and to try the API out without any. It decides
nothing by itself: without the server it says ASK, keeps the scan in its file, and sends it later.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from email.message import Message
from http.client import HTTPException
from pathlib import Path
from typing import Any, Final

from fugong.hosting.faults import HostingFault
from fugong.passage.choices import Answer, Direction, Reason

WORDS: Final = {Answer.ALLOW: "OPEN", Answer.ASK: "ASK", Answer.STOP: "STOP"}
PATIENCE: Final = 1.5  # seconds: whoever stands at a turnstile has no more
MOST_AT_ONCE: Final = 100


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--server", metavar="URL", help="of Fugong's pages, for the first time")
    parser.add_argument("--code", help="the pairing code from the office, for the first time")
    parser.add_argument("--gate", type=int, required=True, help="the number of the gate")
    parser.add_argument("--out", action="store_true", help="people go out here")
    parser.add_argument(
        "--folder", type=Path, default=Path("turnstile"), help="what it keeps: its token, scans not sent yet"
    )


def run(arguments: argparse.Namespace) -> int:
    folder: Path = arguments.folder
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    known = folder / "device.json"
    if arguments.code:
        if not arguments.server:
            raise HostingFault("--server and --code go together.")
        _write(known, json.dumps(_pair(arguments.server, arguments.code)))
    if not known.exists():
        raise HostingFault("This turnstile is not paired yet: give --server and --code once.")
    device = json.loads(known.read_text(encoding="utf-8"))
    direction = Direction.OUT if arguments.out else Direction.IN
    turnstile = Turnstile(
        device["address"], device["token"], gate=arguments.gate, direction=direction, folder=folder
    )
    for line in sys.stdin:
        if line.strip():
            print(turnstile.shown(line.strip()), flush=True)
    turnstile.send_kept()
    return 0


@dataclass(slots=True)
class Turnstile:
    address: str
    token: str
    gate: int
    direction: Direction
    folder: Path
    ahead: int = 0
    """Microseconds by which the server's clock is ahead of this one: small computers forget the time."""

    def shown(self, code: str) -> str:
        """One line: OPEN, ASK or STOP, the reason, the masked name."""
        nonce, at = secrets.randbits(63), time.time_ns() // 1000 + self.ahead
        scan = {"gate": self.gate, "nonce": nonce, "at": at, "code": code, "direction": int(self.direction)}
        self.send_kept()
        told = self._ask("/gate/scan", scan)
        if told is None:
            self._keep(scan | {"answer": int(Answer.ASK), "reason": int(Reason.LEVEL_UNKNOWN)})
            return "ASK NOT_REACHED"
        if "answer" not in told:
            return f"ASK {told.get('code', 'refused').upper()} {told.get('message', '')}"
        words = [WORDS[Answer(told["answer"])], Reason(told["reason"]).name, told["name"]]
        return " ".join(filter(None, words))

    def send_kept(self) -> None:
        """What the server has is kept here no longer; the rest stays, in its order."""
        while kept := self._kept():
            told = self._ask("/gate/scans", {"scans": kept[:MOST_AT_ONCE]})
            if told is None or "scans" not in told:
                return
            _write(self._file, "".join(json.dumps(scan) + "\n" for scan in kept[MOST_AT_ONCE:]))

    @property
    def _file(self) -> Path:
        return self.folder / "kept.jsonl"

    def _kept(self) -> list[dict[str, Any]]:
        if not self._file.exists():
            return []
        return [json.loads(line) for line in self._file.read_text(encoding="utf-8").splitlines()]

    def _keep(self, scan: dict[str, Any]) -> None:
        _write(self._file, "".join(json.dumps(each) + "\n" for each in [*self._kept(), scan]))

    def _ask(self, path: str, body: dict[str, Any]) -> dict[str, Any] | None:
        """None where the server is not to be had, or keeps nothing now."""
        answer = _post(self.address + path, body, token=self.token)
        if answer.server_time:
            self.ahead = answer.server_time * 1000 - time.time_ns() // 1000
        return None if answer.status in (None, 503) else answer.told


def _pair(server: str, code: str) -> dict[str, Any]:
    answer = _post(server.rstrip("/") + "/gate/app/pair/", {"code": code})
    if answer.status != 200:
        raise HostingFault(answer.told.get("message") or f"{server} does not answer.")
    return answer.told


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int | None = None
    """None: the server is not to be had."""
    told: dict[str, Any] = field(default_factory=dict)
    server_time: int = 0
    """Milliseconds since 1970 UTC."""


def _post(address: str, body: dict[str, Any], *, token: str = "") -> _Answer:
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    request = urllib.request.Request(  # noqa: S310 - the address is the operator's
        address, json.dumps(body).encode(), headers
    )
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
            return _Answer(answer.status, _object(answer.read()), _time_in(answer.headers))
    except urllib.error.HTTPError as error:
        return _Answer(error.code, _object(error.read()), _time_in(error.headers))
    except (OSError, HTTPException):
        return _Answer()


def _time_in(headers: Message) -> int:
    told = headers.get("Fugong-Time", "0")
    return int(told) if told.isascii() and told.isdigit() else 0


def _object(raw: bytes) -> dict[str, Any]:
    try:
        told = json.loads(raw)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _write(path: Path, text: str) -> None:
    """Whole or not at all, and on the disk."""
    fresh = path.with_suffix(".new")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(fresh, path)
