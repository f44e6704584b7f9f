"""Cases and codes by which the twin in JavaScript is held to the rules. The same seed makes the same ones."""

from __future__ import annotations

import base64
import random
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from fugong.passage.choices import Answer, SubjectKind
from fugong.passage.rules import printed
from fugong.passage.rules.codes import (
    Claim,
    Fault,
    LiveCode,
    Offline,
    certified,
    fault_offline,
    mac_of,
    minute_of,
    phone_key,
    signed,
)
from fugong.passage.rules.deciding import GateRules, Known, decide
from fugong.passage.rules.printed import Printed, PrintedCode
from fugong.passage.rules.restrictions import Listed, decide_by_list, steps_of

NOW = 1_651_043_560
MOMENT = datetime.fromtimestamp(NOW, UTC)
LEVELS = ("green", "ask", "yellow", "red")
AUTHORITY = Ed25519PrivateKey.from_private_bytes(b"\x11" * 32)
PUBLIC = {7: AUTHORITY.public_key().public_bytes_raw(), 9: b"\xff" * 32}
SECRET = b"\x07" * 32
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def cases(seed: int, count: int) -> Iterator[dict[str, Any]]:
    draw = random.Random(seed)
    for _ in range(count):
        rules, known = _rules(draw), _known(draw)
        now, temperature = _near(draw, NOW), draw.choice([None, 365, 372, 373, 401])
        yield {
            "rules": asdict(rules),
            "known": asdict(known) if known else None,
            "now": now,
            "temperature": temperature,
            "decided": list(decide(rules, known, now=now, temperature=temperature)),
            **_by_list(draw, rules, known, now, temperature),
        }


def _by_list(
    draw: random.Random, rules: GateRules, known: Known | None, now: float, temperature: int | None
) -> dict[str, Any]:
    """What the code carries may differ from what is on record, and the list may be another time's."""
    since = NOW + draw.choice([-20, -20, -20, 5])
    until = since + draw.choice([40, 40, 10])
    steps = steps_of(rules, known, since=since, until=until)
    listed = Listed(since, until, {"a": steps} if steps else {})
    kind = known.kind if known else draw.choice(list(SubjectKind)[1:])
    claim = Printed(kind, 7, UUID(int=1), 0, 0, 0, draw.choice([0, 7, 8]), _hours(draw))
    if known is not None and draw.random() < 0.7:
        claim = replace(claim, place=known.place, hours=known.hours)
    verdict = decide_by_list(rules, listed, "a", claim, now=now, temperature=temperature)
    return {
        "listed": {"since": since, "until": until, "steps": listed.steps},
        "claim": {"kind": kind, "place": claim.place, "hours": claim.hours},
        "by_list": list(verdict),
    }


def _rules(draw: random.Random) -> GateRules:
    return GateRules(
        levels={level: draw.choice(list(Answer)) for level in LEVELS if draw.random() < 0.8},
        place=draw.choice([0, 0, 7]),
        fever_from=draw.choice([None, 373]),
        test_hours=draw.choice([None, None, 0, 24, 48]),
        shift_margin=draw.choice([None, None, 0, 30, 720]),
        loop=draw.choice([0, 0, 3]),
        visitors=draw.choice(list(Answer)),
        vehicles=draw.choice(list(Answer)),
    )


def _known(draw: random.Random) -> Known | None:
    kind = draw.choice([None, *[SubjectKind.PERSON] * 6, SubjectKind.VISITOR, SubjectKind.VEHICLE])
    if kind is None:
        return None
    if kind is not SubjectKind.PERSON:
        window = draw.choice([None, (_near(draw, NOW), _near(draw, NOW + 5))])
        return Known(
            level=draw.choice(["", "", *LEVELS]),
            until=draw.choice([None, _near(draw, NOW)]),
            lapses_to="ask",
            kind=kind,
            place=draw.choice([0, 7, 8]),
            window=window,
        )
    return Known(
        level=draw.choice([*LEVELS, *LEVELS, "blue", "toString"]),
        until=draw.choice([None, _near(draw, NOW)]),
        lapses_to=draw.choice(["ask", "red", ""]),
        place=draw.choice([0, 7, 7, 8]),
        hours=_hours(draw),
        tested_at=draw.choice([None, _near(draw, NOW), _near(draw, NOW - 24 * 3600)]),
        loop=draw.choice([0, 3, 4]),
    )


def _hours(draw: random.Random) -> tuple[int, int] | None:
    """15:12 of that day is the 912th minute: the borders are drawn often."""
    borders = [0, 480, 882, 911, 912, 913, 942, 1320, 1439]
    return draw.choice([None, (draw.choice(borders), draw.choice(borders)), (draw.randrange(1440), 912)])


def _near(draw: random.Random, moment: int) -> float:
    return moment + draw.choice([draw.randint(-12, 12), draw.uniform(-12, 12), 0])


@dataclass(frozen=True, slots=True)
class Vector:
    name: str
    text: str

    def told(self) -> dict[str, Any]:
        code = LiveCode.parse(self.text)
        return {
            "name": self.name,
            "text": self.text,
            "now": NOW,
            "claim": _claim(code) if code else None,
            "fault": fault_offline(code, PUBLIC, MOMENT) if code else Fault.MALFORMED,
        }


@dataclass(frozen=True, slots=True)
class PaperVector(Vector):
    def told(self) -> dict[str, Any]:
        code = PrintedCode.parse(self.text)
        return {
            "name": self.name,
            "text": self.text,
            "now": NOW,
            "claim": _on_paper(code.printed) if code else None,
            "fault": printed.fault_offline(code, PUBLIC, MOMENT) if code else Fault.MALFORMED,
        }


def _on_paper(said: Printed) -> dict[str, Any]:
    return {
        "kind": said.kind,
        "keyId": said.key_id,
        "person": said.subject.bytes.hex(),
        "device": said.serial.to_bytes(4, "big").hex(),
        "validFrom": said.valid_from,
        "validUntil": said.valid_until,
        "place": said.place,
        "hours": list(said.hours) if said.hours else None,
    }


def _claim(code: LiveCode) -> dict[str, Any]:
    claim = code.claim
    return {
        "keyId": claim.key_id,
        "person": claim.person.bytes.hex(),
        "device": claim.device.hex(),
        "validUntil": claim.valid_until,
        "place": claim.place,
        "hours": list(claim.hours) if claim.hours else None,
        "minute": code.minute,
        "mac": code.mac.hex(),
    }


def vectors(seed: int) -> Iterator[Vector]:
    draw = random.Random(seed)
    for number in range(12):
        code = _code(draw)
        text = str(code)
        yield Vector(f"good {number}", text)
        yield Vector("for the server only", str(replace(code, offline=None)))
        yield Vector("cut", text[: draw.randrange(len(text))])
        yield Vector("prolonged", text + draw.choice(ALPHABET))
        yield Vector("padded", text + "=")
        yield Vector("spare bits", str(replace(code, offline=None))[:-1] + draw.choice(ALPHABET))
        yield from (Vector("one character changed", _changed(draw, text)) for _ in range(16))
        yield Vector("another key of the authority", str(_code(draw, by=b"\x33" * 32)))
        yield Vector("unknown key", str(_code(draw, key_id=8)))
        yield Vector("a key that is no point", str(_code(draw, key_id=9)))
        yield Vector("borrowed certificate", str(_borrowed(draw, code)))
        for minutes in (-3, -2, -1, 0, 1, 2):
            yield Vector(f"shown at {minutes}", str(_code(draw, shown=minutes)))
        for minutes in (-1, 0, 1):
            yield Vector(f"valid until {minutes}", str(_code(draw, valid=minutes)))
    yield from (Vector("no code", text) for text in ("", "FG1.", "FG2.AAAA", "110101199003070038", "FG1.码"))


def _code(
    draw: random.Random, *, key_id: int = 7, by: bytes = b"\x11" * 32, shown: int = 0, valid: int = 4_320
) -> LiveCode:
    valid_until = minute_of(MOMENT + timedelta(minutes=valid))
    place = draw.choice([0, 7, 2**32 - 1])
    person, device = UUID(bytes=draw.randbytes(16)), draw.randbytes(4)
    claim = Claim(key_id, person, device, valid_until, place, _hours(draw))
    minute = minute_of(MOMENT) + shown
    phone = Ed25519PrivateKey.from_private_bytes(draw.randbytes(32))
    public = phone.public_key().public_bytes_raw()
    certificate = Ed25519PrivateKey.from_private_bytes(by).sign(certified(claim, public))
    offline = Offline(public, certificate, phone.sign(signed(claim, minute)))
    return LiveCode(claim, minute, mac_of(phone_key(SECRET, claim), claim, minute), offline)


def paper_vectors(seed: int) -> Iterator[PaperVector]:
    draw = random.Random(seed)
    for number in range(12):
        text = str(_paper(draw))
        yield PaperVector(f"good {number}", text)
        yield PaperVector("cut", text[: draw.randrange(len(text))])
        yield PaperVector("prolonged", text + draw.choice(ALPHABET))
        yield from (PaperVector("one character changed", _changed(draw, text)) for _ in range(12))
        yield PaperVector("of no kind", str(_paper(draw, kind=SubjectKind.UNKNOWN)))
        yield PaperVector("another key of the authority", str(_paper(draw, by=b"\x33" * 32)))
        yield PaperVector("unknown key", str(_paper(draw, key_id=8)))
        for minutes in (-1, 0, 1):
            yield PaperVector(f"valid from {minutes}", str(_paper(draw, start=minutes)))
            yield PaperVector(f"valid until {minutes}", str(_paper(draw, end=minutes)))


def _paper(
    draw: random.Random,
    *,
    kind: SubjectKind | None = None,
    key_id: int = 7,
    by: bytes = b"\x11" * 32,
    start: int = -60,
    end: int = 60,
) -> PrintedCode:
    minute = minute_of(MOMENT)
    kind = draw.choice(list(SubjectKind)[1:]) if kind is None else kind
    subject, serial = UUID(bytes=draw.randbytes(16)), draw.randrange(2**32)
    said = Printed(
        kind, key_id, subject, serial, minute + start, minute + end, draw.choice([0, 7]), _hours(draw)
    )
    signature = Ed25519PrivateKey.from_private_bytes(by).sign(printed.signed(said))
    return PrintedCode(said, printed.mac_of(SECRET, said), signature)


def _borrowed(draw: random.Random, code: LiveCode) -> LiveCode:
    thief = Ed25519PrivateKey.from_private_bytes(draw.randbytes(32))
    assert code.offline is not None
    stolen = replace(code.offline, signature=thief.sign(signed(code.claim, code.minute)))
    return replace(code, offline=stolen)


def _changed(draw: random.Random, text: str) -> str:
    place = draw.randrange(4, len(text))
    return text[:place] + draw.choice(ALPHABET) + text[place + 1 :]


def to_make(seed: int, count: int) -> list[dict[str, Any]]:
    """Claims for which a phone is to make codes, with the key for its MACs."""
    draw = random.Random(seed)
    found = []
    for _ in range(count):
        code = _code(draw)
        key = phone_key(SECRET, code.claim)
        claim = {name: value for name, value in _claim(code).items() if name not in ("minute", "mac")}
        found.append({"claim": claim, "now": NOW, "mac_key": base64.b64encode(key).decode()})
    return found
