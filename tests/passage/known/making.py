"""Made-up gates and scans."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from fugong.core.actor import Actor
from fugong.core.clock import LOCAL
from fugong.core.ids import new_id
from fugong.passage.choices import PERMISSIONS, Answer, Direction, Reason, SubjectKind, Way
from fugong.passage.models import Gate, Visit, Zone
from fugong.passage.operations.scans import ScanRow, keep_scans
from fugong.people.choices import SEE

TODAY = date(2022, 4, 27)
NOW = datetime(2022, 4, 27, 10, 42, tzinfo=LOCAL)
DEVICE = UUID("00000000-0000-7000-8000-00000000d001")
_numbers = count(1)


def zone(enterprise: Any, name: str = "厂区") -> Zone:
    return Zone.objects.create(
        authority_id=enterprise.authority_id, name=name, enterprise=enterprise, recorded_at=NOW
    )


def gate(area: Any, name: str, *, kind: str = "door", **changes: Any) -> Gate:
    return Gate.objects.create(
        authority_id=area.authority_id,
        number=next(_numbers),
        name=name,
        kind=kind,
        area=area,
        opened_at=NOW - timedelta(days=60),
        **changes,
    )


def visit(enterprise: Any, **changes: Any) -> Visit:
    """Of today."""
    plain = {"name": "李四", "host": "王五", "purpose": "检修"}
    period = {"starts_at": NOW - timedelta(hours=4), "ends_at": NOW + timedelta(hours=4)}
    return Visit.objects.create(
        authority_id=enterprise.authority_id,
        enterprise=enterprise,
        serial=next(_numbers),
        recorded_at=NOW,
        **(plain | period | changes),
    )


def official(area: Any) -> Actor:
    """Who keeps the gates of one park and may trace there."""
    held = frozenset(PERMISSIONS) | {SEE, "enterprises.see", "exports.make"}
    return Actor(new_id(), area.authority_id, "Ann", held, areas=frozenset({area.id}))


def contact(enterprise: Any, *more: str) -> Actor:
    held = frozenset({"passage.see", SEE, "enterprises.see", *more})
    return Actor(new_id(), enterprise.authority_id, "Bo", held, enterprises=frozenset({enterprise.id}))


def clock(text: str, day: date = TODAY) -> datetime:
    """A time of day in China."""
    hour, minute = text.split(":")
    return datetime(day.year, day.month, day.day, int(hour), int(minute), tzinfo=LOCAL)


def scan(at: datetime, gate: Gate, person: Any = None, **changes: Any) -> ScanRow:
    """Somebody who came in and was let through."""
    plain: dict[str, Any] = {
        "gate": gate.number,
        "at": at,
        "nonce": next(_numbers),
        "received_at": at,
        "device": DEVICE,
        "direction": Direction.IN,
        "answer": Answer.ALLOW,
        "reason": Reason.FREE,
        "way": Way.LIVE_CODE,
        "subject": person.id if person is not None else None,
        "subject_kind": SubjectKind.PERSON if person is not None else SubjectKind.UNKNOWN,
    }
    return ScanRow(**(plain | changes))


def out(at: datetime, gate: Gate, person: Any = None, **changes: Any) -> ScanRow:
    return scan(at, gate, person, direction=Direction.OUT, **changes)


def kept(authority: Any, *rows: ScanRow) -> int:
    return keep_scans(rows, authority_id=authority.id)
