"""Telling the contexts above that others may owe something now."""

from __future__ import annotations

from uuid import UUID

from fugong.accounts import facts
from fugong.core.operation import Operation


def tell_responsibility(op: Operation, subject_kind: str, subject_id: UUID) -> None:
    """Somebody began or ceased to answer for the subject."""
    op.fact(facts.RESPONSIBILITY_CHANGED, {"subject_kind": subject_kind, "subject": str(subject_id)})
