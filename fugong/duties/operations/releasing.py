"""An enterprise that is no longer there owes nothing."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from fugong.core.actor import system_actor
from fugong.core.operation import operation
from fugong.core.tenancy import acting_for
from fugong.duties.models import Duty


def release_enterprise(enterprise_id: UUID, authority_id: UUID, *, now: datetime) -> int:
    """Withdraws every open duty the enterprise or its people owe, and locks them; returns how many. Safe to
    run twice.
    """
    with acting_for(authority_id), transaction.atomic():
        owed = Duty.objects.open().filter(
            Q(owner_enterprise_id=enterprise_id) | Q(roll_enterprise_id=enterprise_id)
        )
        duties = list(owed.nearest_first().select_for_update(of=("self",)))
        if not duties:
            return 0
        with operation("duties.release", actor=system_actor(authority_id, "duties"), now=now) as op:
            Duty.objects.filter(id__in=[duty.id for duty in duties]).update(withdrawn_at=now)
            for duty in duties:
                op.audit(duty, {"withdrawn_at": now, "enterprise": enterprise_id})
    return len(duties)
