"""Decisions: a playbook applied to the record. One shape everywhere, so one "why?" panel and one dry run.

Owns the value, the table of decisions taken, and the kinds that contexts register. Does not own any rule: a
context's `rules` make the decision, its `operations` record it. The value is free of the database.
"""

from fugong.core.decisions.kinds import UnknownKind, kind_label, register_decision_kinds
from fugong.core.decisions.values import Decision, EvidenceRef, Reason, Text

__all__ = [
    "Decision",
    "EvidenceRef",
    "Reason",
    "Text",
    "UnknownKind",
    "kind_label",
    "register_decision_kinds",
]
