"""Who answers for whom: gaps and double cover."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Cover:
    """One person's answering for one subject, from a day to a day (exclusive; None: open)."""

    user_id: UUID
    subject_id: UUID
    kind: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class CoverCheck:
    """Subjects nobody answers for, and those for which several persons of one kind do."""

    uncovered: frozenset[UUID]
    doubled: frozenset[UUID]


def check_cover(subjects: Collection[UUID], covers: Iterable[Cover], *, on: date) -> CoverCheck:
    holders: dict[UUID, dict[str, set[UUID]]] = {subject: {} for subject in subjects}
    for cover in covers:
        in_force = cover.starts_on <= on and (cover.ends_on is None or on < cover.ends_on)
        if in_force and cover.subject_id in holders:
            holders[cover.subject_id].setdefault(cover.kind, set()).add(cover.user_id)
    return CoverCheck(
        uncovered=frozenset(subject for subject, kinds in holders.items() if not kinds),
        doubled=frozenset(
            subject for subject, kinds in holders.items() if any(len(users) > 1 for users in kinds.values())
        ),
    )
