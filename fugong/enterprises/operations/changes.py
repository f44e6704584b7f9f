"""Saying something else of an enterprise."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.clock import local_date
from fugong.core.operation import Operation, operation
from fugong.core.refusals import Conflict
from fugong.enterprises import facts, permissions, queries
from fugong.enterprises.models import Enterprise, RegisterEvent, StandingEvent
from fugong.enterprises.operations.audit import changes_of
from fugong.enterprises.operations.checks import check_day, checked, columns_of, kept, locked
from fugong.enterprises.operations.counts import CountKey, adjust_counts, key_of
from fugong.enterprises.operations.grams import add_grams, remove_grams
from fugong.enterprises.operations.history import say, start_of
from fugong.enterprises.queries import data_of
from fugong.enterprises.rules.data import REGISTERED, EnterpriseData, differences


def update(
    enterprise_id: UUID, data: EnterpriseData, *, actor: Actor, now: datetime, since: date | None = None
) -> Enterprise:
    """Says something else of an enterprise from the day `since` on (today when not given).

    A slip is corrected with `since` the day of entry. Writes nothing when nothing differs. Raises Invalid
    with its fields, DuplicateEnterprise, NotPermitted for an area (old or new) that is not the actor's.
    """
    data = checked(data, actor=actor, now=now)
    seen = queries.get_enterprise(actor, enterprise_id)
    if not differences(data_of(seen), data):
        return seen
    with operation("enterprises.update", actor=actor, now=now) as op:
        enterprise = locked(enterprise_id, actor=actor)
        for area_id in {enterprise.area_id, data.area_id}:
            permissions.check_may_edit(actor, area_id)
        change(enterprise, data, since=since or local_date(now), op=op)
    return enterprise


def change(enterprise: Enterprise, data: EnterpriseData, *, since: date, op: Operation) -> None:
    """Writes the differences of a locked enterprise, with history, counters, names and audit."""
    before = data_of(enterprise)
    changed = differences(before, data)
    old_key, old_count = enterprise.name_key, key_of(enterprise, enterprise.standing.state)
    if "entered_on" in changed:
        _move_entry(enterprise, data.entered_on, op=op)
    for name, value in columns_of(data).items():
        setattr(enterprise, name, value)
    enterprise.changed_at = op.now
    kept(enterprise)
    said = {name: getattr(data, name) for name in REGISTERED if name in changed}
    if said:
        check_day("since", since, earliest=enterprise.entered_on, now=op.now)
        say(enterprise, said, since=start_of(since), op=op)
    if enterprise.name_key != old_key:
        remove_grams(enterprise.authority_id, enterprise.id, name_key=old_key)
        add_grams(enterprise.authority_id, [enterprise.id])
    if enterprise.left_on is None:
        _recount(enterprise, old_count)
    op.audit(enterprise, changes_of(before, data))
    op.fact(facts.ENTERPRISE_UPDATED, {"enterprise": str(enterprise.id)})


def _recount(enterprise: Enterprise, old: CountKey) -> None:
    deltas = Counter({key_of(enterprise, enterprise.standing.state): 1})
    deltas.subtract([old])
    adjust_counts(enterprise.authority_id, deltas)


def _move_entry(enterprise: Enterprise, entered_on: date, *, op: Operation) -> None:
    """The day of entry was noted wrongly. Not once it has left or its standing has changed before."""
    rows = RegisterEvent.objects.filter(authority_id=enterprise.authority_id, enterprise=enterprise)
    if rows.filter(is_present=False).exists():
        raise Conflict(_("The day of entry cannot change once the enterprise has left."), code="has_left")
    earlier = StandingEvent.objects.filter(
        authority_id=enterprise.authority_id, enterprise=enterprise, at__lt=start_of(entered_on)
    )
    if earlier.exists():
        raise Conflict(_("The enterprise had resumed work before that day."), code="resumed_before")
    if entered_on > enterprise.entered_on:
        say(enterprise, {"is_present": False}, since=start_of(enterprise.entered_on), op=op)
    say(enterprise, {"is_present": True}, since=start_of(entered_on), op=op)
