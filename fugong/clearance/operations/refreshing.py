"""What only time or another playbook changes: rows that have lapsed or are stale are brought up to date."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from fugong.clearance.models import Clearance
from fugong.clearance.operations.computing import AT_ONCE, recompute
from fugong.clearance.queries.law import LawInForce, law_in_force
from fugong.core.actor import system_actor
from fugong.core.operation import operation
from fugong.core.tenancy import acting_for
from fugong.people import queries as people

STALE: Final = ""
"""The law of a row that was computed from a file that says something else now."""
Batch = Callable[[], list[UUID]]
LISTED = 100_000


def refresh_clearances(authority_id: UUID, *, now: datetime) -> int:
    """Every row that has lapsed, was computed by other playbooks, or is not there. Returns how many.

    Each thousand is a transaction of its own, so that whoever records evidence waits for one of them at most;
    a run that is killed is made good by the next.
    """
    with acting_for(authority_id):
        law = law_in_force(now)
        batches: tuple[Batch, ...] = (
            lambda: _lapsed(now),
            lambda: _stale(law),
            _without,
        )
        return sum(_run(batch, law, authority_id, now) for batch in batches)


def recompute_person(person_id: UUID, authority_id: UUID, *, now: datetime) -> None:
    """Something about the person is another that rules may ask for. Safe to run twice."""
    with acting_for(authority_id):
        _bring([person_id], law_in_force(now), authority_id, now)


def recompute_people(person_ids: Collection[UUID], authority_id: UUID, *, now: datetime) -> None:
    """As `recompute_person`, of a list that was taken over. Safe to run twice.

    Up to a thousand follow at once. Of more, one statement for each thousand says that they are stale, and
    the minute job brings them in transactions of their own: nobody waits for a whole list. Whoever came new
    has no row until then, and is never free without one.
    """
    with acting_for(authority_id):
        if len(person_ids) <= AT_ONCE:
            _bring(person_ids, law_in_force(now), authority_id, now)
        else:
            _mark_stale(list(person_ids), authority_id, now)


def _mark_stale(ids: list[UUID], authority_id: UUID, now: datetime) -> None:
    system = system_actor(authority_id, "clearance")
    with operation("clearance.refresh", actor=system, now=now) as op:
        marked = 0
        for start in range(0, len(ids), AT_ONCE):
            rows = Clearance.objects.filter(person_id__in=ids[start : start + AT_ONCE])
            locked = rows.order_by("person_id").select_for_update(of=("self",)).values("id")
            marked += Clearance.objects.filter(id__in=locked).update(law=STALE)
        op.audit(None, {"people": len(ids), "marked": marked})


def _run(batch: Batch, law: LawInForce, authority_id: UUID, now: datetime) -> int:
    """Who is to be looked at is asked once for many thousands: for each it costs as much as all rows there
    are.
    """
    done = 0
    while ids := batch():
        for start in range(0, len(ids), AT_ONCE):
            _bring(ids[start : start + AT_ONCE], law, authority_id, now)
        done += len(ids)
    return done


def _bring(ids: Collection[UUID], law: LawInForce, authority_id: UUID, now: datetime) -> None:
    system = system_actor(authority_id, "clearance")
    with transaction.atomic(), operation("clearance.refresh", actor=system, now=now) as op:
        changes = recompute(ids, op=op, law=law)
        # One row for the batch: what changed of whom, and why, stands in the decisions.
        op.audit(None, {"people": len(ids), "changed": len(changes)})


def _lapsed(now: datetime) -> list[UUID]:
    rows = Clearance.objects.lapsed(now).order_by("until")
    return list(rows.values_list("person_id", flat=True)[:LISTED])


def _stale(law: LawInForce) -> list[UUID]:
    return list(Clearance.objects.stale(law.key).values_list("person_id", flat=True)[:LISTED])


def _without() -> list[UUID]:
    there = Clearance.objects.filter(person_id=OuterRef("pk"))
    return list(people.every_person().filter(~Exists(there)).values_list("pk", flat=True)[:LISTED])
