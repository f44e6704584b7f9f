"""Which people's rows somebody may look at: where they work decides."""

from __future__ import annotations

from django.db.models import Q

from fugong.core.actor import Actor


def of_people_seen_by(actor: Actor, *permissions: str) -> Q:
    """For rows with a `person`: employed in the actor's areas, by its enterprise, or in its care."""
    reach = actor.reach(*permissions)
    if reach.everywhere:
        return Q()
    near = Q(person__enterprise__area_id__in=reach.areas)
    return near | Q(person__enterprise_id__in=actor.single_enterprises)
