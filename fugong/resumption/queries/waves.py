"""In which wave an applicant stands: on a date, or each when it is ready."""

from __future__ import annotations

from fugong.playbooks.facts import Wave
from fugong.resumption.queries.terms import Terms


def wave_of(terms: Terms) -> Wave | None:
    """The first wave in the order of the playbook that the applicant belongs to."""
    prepared = terms.playbook.facts_schema.prepared(terms.facts)
    priority = terms.playbook.priority_for(terms.facts, terms.on)
    rank = priority.id if priority else None
    for wave in terms.playbook.policy.waves.values():
        fits = wave.when is None or wave.when.holds(prepared)
        if fits and wave.is_within(terms.on) and (not wave.priorities or rank in wave.priorities):
            return wave
    return None
