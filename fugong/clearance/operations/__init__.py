"""Writing evidence, levels by hand and appeals; the level itself only follows."""

from fugong.clearance.operations.appeals import answer_appeal, appeal
from fugong.clearance.operations.by_hand import (
    Proposal,
    confirm_level,
    end_level,
    propose_level,
    refuse_level,
)
from fugong.clearance.operations.evidence import (
    record_evidence,
    record_evidence_of_many,
    relieve_evidence,
    relieve_kind,
)
from fugong.clearance.operations.refreshing import recompute_people, recompute_person, refresh_clearances

__all__ = [
    "Proposal",
    "answer_appeal",
    "appeal",
    "confirm_level",
    "end_level",
    "propose_level",
    "recompute_people",
    "recompute_person",
    "record_evidence",
    "record_evidence_of_many",
    "refresh_clearances",
    "refuse_level",
    "relieve_evidence",
    "relieve_kind",
]
