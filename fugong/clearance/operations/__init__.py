"""Writing evidence, levels by hand and appeals; the level itself only follows."""

from fugong.clearance.operations.evidence import record_evidence, record_evidence_of_many, relieve_evidence

__all__ = ["record_evidence", "record_evidence_of_many", "relieve_evidence"]
