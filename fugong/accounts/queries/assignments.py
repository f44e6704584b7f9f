"""Reading who answers for whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, QuerySet

from fugong.accounts import rules
from fugong.accounts.models import Assignment, User
from fugong.accounts.rules import Cover
from fugong.core.actor import Actor


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One subject without anybody, or with more than one person of a kind (`names`)."""

    subject_id: UUID
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Load:
    """For how many subjects a person answers on the day."""

    user: User
    kind: str
    subjects: int


def list_answering(
    subject_kind: str, subject_ids: Collection[UUID], *, on: date, actor: Actor
) -> list[Assignment]:
    """Who answers for these subjects on the day, each with its user, by subject and kind."""
    return list(
        Assignment.objects.filter(authority_id=actor.authority_id)
        .about(subject_kind, subject_ids)
        .in_force(on)
        .select_related("user")
        .order_by("subject_id", "kind", "user__username")
    )


def list_assignments(ids: Iterable[UUID], *, actor: Actor) -> list[Assignment]:
    """Those with these ids, each with its user. The caller answers for who may see them."""
    rows = Assignment.objects.filter(authority_id=actor.authority_id, id__in=ids)
    return list(rows.select_related("user"))


def list_about(subject_kind: str, subject_id: UUID, *, actor: Actor) -> list[Assignment]:
    """Everybody who ever answered for this subject, each with its user, the latest first."""
    rows = Assignment.objects.filter(authority_id=actor.authority_id).about(subject_kind, [subject_id])
    return list(rows.select_related("user").order_by("-starts_on", "kind", "user__username"))


def answering(subject_kind: str, *, on: date, actor: Actor) -> QuerySet[Assignment]:
    """Whoever answers for any subject of the kind on the day, unordered: for a subquery by `subject_id`. The
    caller answers for which subjects are seen.
    """
    rows = Assignment.objects.filter(authority_id=actor.authority_id, subject_kind=subject_kind)
    return rows.in_force(on).order_by()


def list_subject_ids(user_id: UUID, *, subject_kind: str, on: date, actor: Actor) -> frozenset[UUID]:
    """The subjects in a person's care on the day."""
    rows = Assignment.objects.filter(
        authority_id=actor.authority_id, user_id=user_id, subject_kind=subject_kind
    )
    return frozenset(rows.in_force(on).values_list("subject_id", flat=True))


def check_coverage(
    subject_kind: str, subject_ids: Collection[UUID], *, kinds: Collection[str] = (), on: date, actor: Actor
) -> tuple[list[CoverageRow], list[CoverageRow]]:
    """Gaps and double cover among these subjects, counting only `kinds` when given."""
    rows = list_answering(subject_kind, subject_ids, on=on, actor=actor)
    rows = [row for row in rows if not kinds or row.kind in kinds]
    covers = [Cover(row.user_id, row.subject_id, row.kind, row.starts_on, row.ends_on) for row in rows]
    result = rules.check_cover(subject_ids, covers, on=on)
    names: dict[UUID, list[str]] = defaultdict(list)
    for row in rows:
        names[row.subject_id].append(row.user.name)
    gaps = [CoverageRow(subject, ()) for subject in subject_ids if subject in result.uncovered]
    double = [CoverageRow(s, tuple(names[s])) for s in subject_ids if s in result.doubled]
    return gaps, double


def list_loads(subject_kind: str, *, on: date, actor: Actor) -> list[Load]:
    """How many subjects each person answers for, the heaviest first. One statement for rows, one for
    names. Nobody answers twice at once for one subject as the same, so assignments are subjects.
    """
    counted = (
        Assignment.objects.filter(authority_id=actor.authority_id, subject_kind=subject_kind)
        .in_force(on)
        .values("user_id", "kind")
        .annotate(subjects=Count("pk"))
        .order_by("-subjects", "kind")
    )
    rows = list(counted)
    users = User.objects.in_bulk({row["user_id"] for row in rows})
    return [Load(users[row["user_id"]], row["kind"], row["subjects"]) for row in rows]
