"""What the register said from when on, kept so that a figure of any day recomputes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from fugong.core.clock import LOCAL
from fugong.core.operation import Operation
from fugong.enterprises.models import Enterprise, RegisterEvent

SAID = ("is_present", "name", "credit_code", "kind", "size_class", "industry", "area_id")


def start_of(day: date) -> datetime:
    """The first moment of that day in China."""
    return datetime(day.year, day.month, day.day, tzinfo=LOCAL)


def event_of(
    enterprise: Enterprise, *, at: datetime, op: Operation, is_present: bool = True
) -> RegisterEvent:
    """Not yet saved: what the register says of the enterprise now, from `at` on."""
    said = {name: getattr(enterprise, name) for name in SAID if name != "is_present"}
    return RegisterEvent(
        authority_id=enterprise.authority_id,
        enterprise=enterprise,
        at=at,
        is_present=is_present,
        recorded_at=op.now,
        recorded_by=op.actor.user_id,
        **said,
    )


def say(enterprise: Enterprise, changes: Mapping[str, object], *, since: datetime, op: Operation) -> None:
    """From `since` on the register says `changes`; what it said of later moments is said again with them.

    Nothing is overwritten: a figure of what was known before keeps its value.
    """
    known = _latest_by_moment(enterprise)
    before = [event for event in known if event.at <= since]
    base = before[-1] if before else known[0]
    later = [event for event in known if event.at > since]
    moments = [(since, base), *((event.at, event) for event in later)]
    RegisterEvent.objects.bulk_create(
        RegisterEvent(
            authority_id=enterprise.authority_id,
            enterprise=enterprise,
            at=at,
            recorded_at=op.now,
            recorded_by=op.actor.user_id,
            **({name: getattr(event, name) for name in SAID} | dict(changes)),
        )
        for at, event in moments
    )


def _latest_by_moment(enterprise: Enterprise) -> list[RegisterEvent]:
    rows = RegisterEvent.objects.filter(authority_id=enterprise.authority_id, enterprise=enterprise)
    return list(rows.order_by("at", "-recorded_at", "-id").distinct("at"))
