"""Sending facts on their way again on order, once what stopped them is mended."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from fugong.core import facts
from fugong.core.actor import Actor
from fugong.core.facts.models import Fact
from fugong.core.operation import operation
from fugong.core.tenancy import acting_for


def revive_facts(ids: Collection[UUID], *, actor: Actor, now: datetime) -> list[Fact]:
    """Those of them that are dead, or all that are when none is named; each with its audit row.

    Another that revives them meanwhile leaves the rest to this one.
    """
    with acting_for(actor.authority_id):
        dead = [fact for fact in facts.list_dead(limit=None) if not ids or fact.id in ids]
        if not dead:
            return []
        with operation("facts.revive", actor=actor, now=now) as op:
            revived = [fact for fact in dead if facts.revive(fact.id, now=now)]
            for fact in revived:
                op.audit(fact, {"name": fact.name})
            if not revived:
                op.audit(None, {}, note="not dead any more")
            return revived
