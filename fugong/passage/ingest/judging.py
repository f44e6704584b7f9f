"""From a scan that was sent to a row and an answer."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final, TypeAlias

from fugong.passage.choices import Answer, Direction, Flag, Reason, SubjectKind, Way
from fugong.passage.ingest import arrays
from fugong.passage.ingest.arrays import EPOCH_2000, INT8, NULL, SMALL
from fugong.passage.ingest.known import Device, Person, State
from fugong.passage.ingest.lane import Row
from fugong.passage.ingest.messages import SentScan, Told
from fugong.passage.rules import codes, printed, quick
from fugong.passage.rules.deciding import decide
from fugong.passage.rules.printed import PRINTED, PrintedCode

SECOND: Final = 1_000_000
EARLY: Final = 5 * 60 * SECOND
LATE: Final = 28 * 86_400 * SECOND
"""A scan from before that, or from later than now, says that the clock was wrong."""
LAST_MOMENT: Final = 4_102_444_800 * SECOND
"""The year 2100: beyond it nothing is a time."""
REASON_OF: Final = {
    codes.Fault.MALFORMED: Reason.MALFORMED,
    codes.Fault.UNKNOWN_KEY: Reason.UNKNOWN_CODE,
    codes.Fault.FORGED: Reason.FORGED,
    codes.Fault.EXPIRED: Reason.EXPIRED,
    codes.Fault.OLD: Reason.OLD,
    codes.Fault.EARLY: Reason.EARLY,
}
OF_TIME: Final = frozenset((codes.Fault.OLD, codes.Fault.EARLY, codes.Fault.EXPIRED))
"""The code is real; only its hour is not."""
# Members of enumerations are looked up slowly.
ALLOW: Final = Answer.ALLOW
STOP: Final = Answer.STOP
CLOSED: Final = Reason.GATE_CLOSED
LIVE_CODE: Final = Way.LIVE_CODE
PERSON: Final = SubjectKind.PERSON
REASONS: Final = frozenset(map(int, Reason))
MEASURED: Final = range(300, 451)
ANSWERS: Final = frozenset((0, 1, 2, 3))
WAYS: Final = frozenset((1, 2))
LONGEST_TYPED: Final = 24
"""Characters of what is typed; longer ones are codes that were not read well."""
NONCE_LIMIT: Final = 1 << 63
IN: Final = int(Direction.IN)
OFFLINE: Final = int(Flag.DECIDED_OFFLINE)
CONFLICT: Final = int(Flag.CONFLICT)
FORCED: Final = int(Flag.FORCED)
MISDATED: Final = int(Flag.MISDATED)

Seen: TypeAlias = tuple[Way, SubjectKind, bytes, "Person | None", "Reason | None"]
"""By what, whom, the id (empty: nobody), what is known, and what is wrong with the code."""
NOBODY: Final[Seen] = (Way.LIVE_CODE, SubjectKind.UNKNOWN, b"", None, Reason.MALFORMED)


class BadScan(ValueError):
    """What cannot be a scan: `field` says which value, the message what to do."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def judge(sent: SentScan, device: Device, now: int) -> tuple[Row, Told]:
    """A row, and the answer to be sent when it is durable.

    `now` is in microseconds since 1970 UTC. Raises BadScan; what can be kept at all is kept: refusals and
    unknown codes too.
    """
    state = device.state
    gate = state.gates.get(sent.gate)
    if gate is None or sent.gate not in device.gates:
        raise BadScan("gate", "This device does not stand at that gate.")
    _check(sent)
    at, flags = sent.at, FORCED if sent.is_forced else 0
    moment = at
    if not now - LATE <= at <= now + EARLY:
        moment, flags = now, flags | MISDATED
    way, kind, subject, person, fault = _seen(sent.code, state, moment)
    if fault is None and gate.is_open:
        known = None if person is None else person.known
        answer, reason = decide(gate.rules, known, now=moment / SECOND, temperature=sent.temperature)
    else:
        answer, reason = STOP, fault if gate.is_open and fault is not None else CLOSED
    done: int = answer
    cause: int = reason
    if sent.answer:
        flags |= OFFLINE if sent.answer == answer else OFFLINE | CONFLICT
        done, cause = sent.answer, sent.reason
    presence = gate.presence
    if subject and not flags & MISDATED and (done == ALLOW or flags & FORCED):
        presence.passes(subject, at, into=sent.direction == IN)
    row = (
        gate.cell,
        INT8(8, at - EPOCH_2000),
        INT8(8, sent.nonce),
        INT8(8, now - EPOCH_2000),
        device.cell,
        (arrays.uuid(subject) if person is None else person.cell) if subject else NULL,
        SMALL[kind],
        SMALL[way],
        SMALL[sent.direction],
        SMALL[done],
        SMALL[cause],
        SMALL[flags],
        NULL if sent.temperature is None else SMALL[sent.temperature],
    )
    if person is None:
        return row, Told(sent.nonce, answer, reason, "", "", presence.inside)
    level = person.known.level_at(moment / SECOND)
    return row, Told(sent.nonce, answer, reason, person.name, level, presence.inside)


def _check(sent: SentScan) -> None:
    if sent.direction not in WAYS:
        raise BadScan("direction", "1 is in, 2 is out.")
    if not -NONCE_LIMIT <= sent.nonce < NONCE_LIMIT:
        raise BadScan("nonce", "Send a whole number of 64 bits.")
    if not 0 <= sent.at < LAST_MOMENT:
        raise BadScan("at", "Send microseconds since 1970 UTC.")
    if sent.temperature is not None and sent.temperature not in MEASURED:
        raise BadScan("temperature", "Send tenths of a degree, from 300 to 450.")
    if sent.answer not in ANSWERS:
        raise BadScan("answer", "1 allows, 2 asks, 3 stops; 0 or nothing where the server is to answer.")
    if sent.answer and sent.reason not in REASONS:
        raise BadScan("reason", "Send the number of a reason that the server knows.")


def _seen(code: str, state: State, moment: int) -> Seen:
    """By the moment of the scan: a code shown at a gate without a network was fresh then."""
    if code.startswith(PRINTED):
        return _seen_on_paper(code, state, moment)
    fault, raw = state.reader.read(code, moment // (60 * SECOND))
    if fault is None:
        subject = raw[quick.PERSON]
        reason = Reason.REVOKED if raw[quick.SUBJECT] in state.revoked else None
        return (LIVE_CODE, PERSON, subject, state.people.get(subject), reason)
    if fault in OF_TIME:
        subject = raw[quick.PERSON]
        return (LIVE_CODE, PERSON, subject, state.people.get(subject), REASON_OF[fault])
    if fault is codes.Fault.MALFORMED:
        return _seen_by_hand(code, state)
    return (LIVE_CODE, SubjectKind.UNKNOWN, b"", None, REASON_OF[fault])


def _seen_on_paper(code: str, state: State, moment: int) -> Seen:
    shown = PrintedCode.parse(code)
    if shown is None:
        return NOBODY
    fault = printed.fault_online(shown, state.secrets, datetime.fromtimestamp(moment / SECOND, UTC))
    if fault in (codes.Fault.FORGED, codes.Fault.UNKNOWN_KEY):
        return (Way.CARD, SubjectKind.UNKNOWN, b"", None, REASON_OF[fault])
    subject, kind = shown.printed.subject.bytes, shown.printed.kind
    reason = None if fault is None else REASON_OF[fault]
    if kind is SubjectKind.PERSON:
        if subject + shown.printed.serial.to_bytes(4, "big") in state.revoked:
            reason = Reason.REVOKED
        return (Way.CARD, kind, subject, state.people.get(subject), reason)
    if subject in state.ended:
        reason = Reason.REVOKED
    return (Way.CARD, kind, subject, state.guests.get(subject), reason)


def _seen_by_hand(code: str, state: State) -> Seen:
    """A plate or the number of a document that was typed: found, or asked about."""
    if code.startswith("FG") or len(code) > LONGEST_TYPED:
        return NOBODY
    typed = code.strip().upper()
    subject = state.plates.get(typed)
    if subject is not None:
        return (Way.PLATE, SubjectKind.VEHICLE, subject, state.guests.get(subject), None)
    subject = state.documents.get(state.hash_number(typed)) if state.hash_number and typed else None
    if subject is not None:
        return (Way.NUMBER, SubjectKind.PERSON, subject, state.people.get(subject), None)
    return (Way.BY_HAND, SubjectKind.UNKNOWN, b"", None, None)
