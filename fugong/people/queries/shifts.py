"""The shifts that employments name."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count

from fugong.core.actor import Actor
from fugong.people.models import Employment


def shifts_of(enterprise_id: UUID, *, actor: Actor) -> dict[str, int]:
    """How many people work in each shift of the enterprise now. The caller has got the enterprise."""
    rows = Employment.objects.filter(
        authority_id=actor.authority_id, enterprise_id=enterprise_id, ends_on=None
    )
    counted = rows.exclude(shift="").values_list("shift").annotate(Count("id")).order_by("shift")
    return dict(counted)
