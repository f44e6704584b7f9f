"""Entering an enterprise on the register."""

from __future__ import annotations

from datetime import datetime

from fugong.core.actor import Actor
from fugong.core.operation import operation
from fugong.enterprises import facts, permissions
from fugong.enterprises.choices import StandingState
from fugong.enterprises.models import Enterprise, Standing
from fugong.enterprises.operations.audit import entry_of
from fugong.enterprises.operations.checks import checked, columns_of, kept
from fugong.enterprises.operations.counts import adjust_counts, key_of
from fugong.enterprises.operations.grams import add_grams
from fugong.enterprises.operations.history import event_of, start_of
from fugong.enterprises.rules.data import EnterpriseData


def register(data: EnterpriseData, *, actor: Actor, now: datetime) -> Enterprise:
    """Enters an enterprise, which has not resumed work yet.

    Raises Invalid with the fields at fault, DuplicateEnterprise, NotPermitted outside the actor's areas.
    """
    with operation("enterprises.register", actor=actor, now=now) as op:
        permissions.check_may_register(actor, data.area_id)
        data = checked(data, actor=actor, now=now)
        enterprise = Enterprise(
            authority_id=actor.authority_id,
            provenance=data.provenance,
            recorded_at=now,
            recorded_by=actor.user_id,
            changed_at=now,
            **columns_of(data),
        )
        kept(enterprise, is_new=True)
        entered_at = start_of(data.entered_on)
        event_of(enterprise, at=entered_at, op=op).save(force_insert=True)
        Standing(authority_id=actor.authority_id, enterprise=enterprise, since=entered_at).save(
            force_insert=True
        )
        add_grams(actor.authority_id, [enterprise.id])
        adjust_counts(actor.authority_id, {key_of(enterprise, StandingState.NOT_RESUMED): 1})
        op.audit(enterprise, entry_of(data))
        op.fact(facts.ENTERPRISE_REGISTERED, {"enterprise": str(enterprise.id)})
    return enterprise
