"""From a scan that was sent to a row and an answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Final

from fugong.passage.choices import Answer, Direction, Flag, Reason, SubjectKind, Way
from fugong.passage.ingest import arrays
from fugong.passage.ingest.known import Device, Person, State
from fugong.passage.ingest.messages import SentScan, Told
from fugong.passage.ingest.writer import Scan
from fugong.passage.rules import codes
from fugong.passage.rules.codes import LiveCode
from fugong.passage.rules.deciding import Verdict, decide

EARLY: Final = timedelta(minutes=5)
LATE: Final = timedelta(days=28)
"""A scan from before that, or from later than now, says that the clock was wrong."""
REASON_OF: Final = {
    codes.Fault.MALFORMED: Reason.MALFORMED,
    codes.Fault.UNKNOWN_KEY: Reason.UNKNOWN_CODE,
    codes.Fault.FORGED: Reason.FORGED,
    codes.Fault.EXPIRED: Reason.EXPIRED,
    codes.Fault.OLD: Reason.OLD,
    codes.Fault.EARLY: Reason.EARLY,
}
GATE_CLOSED: Final[Verdict] = (Answer.STOP, Reason.GATE_CLOSED)
REASONS: Final = frozenset(map(int, Reason))
NONCE_LIMIT: Final = 1 << 63
NOBODY: Final = arrays.NULL


class BadScan(ValueError):
    """What cannot be a scan: `field` says which value, `message` what to do."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class Seen:
    """Who stands at the gate, as far as the code tells."""

    way: Way
    subject: bytes | None = None
    person: Person | None = None
    fault: Reason | None = None


def judge(
    sent: SentScan, device: Device, state: State, *, now: datetime, done: Callable[[bool], None]
) -> tuple[Scan, Told]:
    """Raises BadScan. What can be kept at all is kept: refusals and unknown codes too."""
    gate = state.gates.get(sent.gate)
    if gate is None or sent.gate not in device.gates:
        raise BadScan("gate", "This device does not stand at that gate.")
    _check(sent)
    received = int(now.timestamp() * 1_000_000)
    at, flags = _dated(sent, received)
    seen = _seen(sent, state, moment=datetime.fromtimestamp(at / 1_000_000, UTC))
    if not gate.is_open:
        verdict = GATE_CLOSED
    elif seen.fault is not None:
        verdict = (Answer.STOP, seen.fault)
    else:
        known = seen.person.known if seen.person else None
        verdict = decide(gate.rules, known, now=at / 1_000_000, temperature=sent.temperature)
    answer, reason = verdict
    if sent.answer:
        answer, reason, flags = Answer(sent.answer), Reason(sent.reason), flags | Flag.DECIDED_OFFLINE
    row = Scan(
        gate=arrays.int4(sent.gate),
        at=arrays.moment(at),
        nonce=arrays.int8(sent.nonce),
        received_at=arrays.moment(received),
        device=arrays.uuid(device.id.bytes),
        subject=NOBODY if seen.subject is None else arrays.uuid(seen.subject),
        subject_kind=SubjectKind.UNKNOWN if seen.subject is None else SubjectKind.PERSON,
        way=seen.way,
        direction=sent.direction,
        answer=answer,
        reason=reason,
        flags=flags,
        temperature=arrays.NULL if sent.temperature is None else arrays.small((sent.temperature,))[0],
        since=monotonic(),
        done=done,
    )
    level = seen.person.known.level_at(at / 1_000_000) if seen.person else ""
    return row, Told(sent.nonce, answer, reason, seen.person.name if seen.person else "", level)


def _check(sent: SentScan) -> None:
    if sent.direction not in (Direction.IN, Direction.OUT):
        raise BadScan("direction", "1 is in, 2 is out.")
    if not -NONCE_LIMIT <= sent.nonce < NONCE_LIMIT:
        raise BadScan("nonce", "Send a whole number of 64 bits.")
    if sent.temperature is not None and not 300 <= sent.temperature <= 450:
        raise BadScan("temperature", "Send tenths of a degree, from 300 to 450.")
    if sent.answer not in (0, 1, 2, 3):
        raise BadScan("answer", "1 allows, 2 asks, 3 stops; 0 or nothing where the server is to answer.")
    if sent.answer and sent.reason not in REASONS:
        raise BadScan("reason", "Send the number of a reason that the server knows.")


def _dated(sent: SentScan, received: int) -> tuple[int, int]:
    """Kept at the moment it was received where the device's clock says what cannot be."""
    flags = Flag.FORCED if sent.is_forced else Flag(0)
    early, late = received + EARLY // _MICROSECOND, received - LATE // _MICROSECOND
    if late <= sent.at <= early:
        return sent.at, int(flags)
    return received, int(flags | Flag.MISDATED)


_MICROSECOND: Final = timedelta(microseconds=1)


def _seen(sent: SentScan, state: State, *, moment: datetime) -> Seen:
    """By the moment of the scan: a code shown at a gate without a network was fresh then."""
    code = LiveCode.parse(sent.code)
    if code is None:
        return Seen(Way.LIVE_CODE, fault=Reason.MALFORMED)
    subject = code.claim.person.bytes
    fault = codes.fault_online(code, state.secrets, moment)
    if fault in (codes.Fault.FORGED, codes.Fault.UNKNOWN_KEY):
        return Seen(Way.LIVE_CODE, fault=REASON_OF[fault])
    if fault is not None:
        return Seen(Way.LIVE_CODE, subject, fault=REASON_OF[fault])
    if subject + code.claim.device in state.revoked:
        return Seen(Way.LIVE_CODE, subject, fault=Reason.REVOKED)
    return Seen(Way.LIVE_CODE, subject, state.people.get(subject))
