"""Delivery: at least once, after commit, one handler's failure being no other's."""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias
from uuid import UUID

from django.db import transaction

from fugong.core.canonical import Json
from fugong.core.facts.models import Fact, FactReceipt
from fugong.core.tenancy import acting_for

log = logging.getLogger(__name__)

BACK_OFF = (
    timedelta(seconds=10),
    timedelta(minutes=1),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
)
"""How long after each failed attempt the next is due; the attempt after the last of these is final."""


@dataclass(frozen=True, slots=True)
class DeliveredFact:
    """What a handler gets. `at` is when it happened, which may be a while ago."""

    id: UUID
    authority_id: UUID
    name: str
    payload: Mapping[str, Json]
    at: datetime


@dataclass(slots=True)
class Delivery:
    """How a round of delivery went."""

    delivered: int = 0
    failed: int = 0
    dead: int = 0


Handler: TypeAlias = Callable[[DeliveredFact, datetime], None]
Registry: TypeAlias = Mapping[str, tuple[Handler, ...]]


def deliver_due(
    registry: Registry, *, authorities: Iterable[UUID], now: datetime, limit: int = 500
) -> Delivery:
    """Delivers what is due, up to `limit` facts an authority. Several processes may do so at once.

    A handler is called as `handler(fact, now)` inside the fact's authority and a transaction of its own,
    together with its receipt: rows it writes are written once. What it does outside the database may happen
    twice, when the process dies before the commit. A fact with no handler is delivered by that.
    """
    done = Delivery()
    for authority_id in authorities:
        with acting_for(authority_id):
            for _ in range(limit):
                if not _deliver_next(registry, authority_id, now, done):
                    break
    return done


def _deliver_next(registry: Registry, authority_id: UUID, now: datetime, done: Delivery) -> bool:
    with transaction.atomic():
        due = Fact.objects.filter(authority_id=authority_id, delivered_at=None, dead_at=None, due_at__lte=now)
        fact = due.select_for_update(skip_locked=True).order_by("due_at", "id").first()
        if fact is None:
            return False
        errors = [error for handler in registry.get(fact.name, ()) if (error := _tell(handler, fact, now))]
        _conclude(fact, errors, now, done)
    return True


def _tell(handler: Handler, fact: Fact, now: datetime) -> str:
    """An empty text when the handler has answered, now or before; else what it died of."""
    name = handler_name(handler)
    if FactReceipt.objects.filter(fact=fact, handler=name).exists():
        return ""
    told = DeliveredFact(fact.id, fact.authority_id, fact.name, fact.payload, fact.at)
    try:
        with transaction.atomic():
            handler(told, now)
            FactReceipt.objects.create(fact=fact, authority_id=fact.authority_id, handler=name, at=now)
    except Exception as error:
        log.exception("%s failed on fact %s %s", name, fact.name, fact.id)
        return f"{name}: {type(error).__name__}: {error}"[:500]
    return ""


def _conclude(fact: Fact, errors: list[str], now: datetime, done: Delivery) -> None:
    if not errors:
        fact.delivered_at = now
        fact.last_error = ""
        done.delivered += 1
    else:
        fact.attempts += 1
        fact.last_error = "\n".join(errors)
        if fact.attempts > len(BACK_OFF):
            fact.dead_at = now
            done.dead += 1
        else:
            fact.due_at = now + BACK_OFF[fact.attempts - 1]
            done.failed += 1
    fact.save(update_fields=["delivered_at", "dead_at", "due_at", "attempts", "last_error"])


def handler_name(handler: Handler) -> str:
    """The name in its receipts; a renamed handler is asked again about facts still on their way."""
    return f"{handler.__module__}.{handler.__qualname__}"
