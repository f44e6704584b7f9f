"""The auditor's reading: newest first, filtered, page by page without counting what lies before."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.audit.models import AuditEntry, AuditLink
from fugong.core.audit.permissions import check_may_see
from fugong.core.audit.personal import opened_changes
from fugong.core.canonical import Json
from fugong.core.refusals import Invalid, NotFound
from fugong.core.tenancy import acting_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Every given part narrows. `action` ending in a dot means all actions of a context."""

    actor_id: UUID | None = None
    action: str = ""
    subject_kind: str = ""
    subject_id: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last row of a page: the next page begins behind it, however many rows have come in since."""

    at: datetime
    id: UUID

    def __str__(self) -> str:
        return f"{self.at.isoformat()}_{self.id}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises Invalid when the text is not what `str` gives."""
        at, entry_id = text.rpartition("_")[::2]
        try:
            moment, found = datetime.fromisoformat(at), UUID(entry_id)
        except ValueError:
            raise Invalid(_("This page address is not a valid one."), code="bad_cursor") from None
        if moment.tzinfo is None:
            raise Invalid(_("This page address is not a valid one."), code="bad_cursor")
        return cls(moment, found)


@dataclass(frozen=True, slots=True)
class Page:
    """`next` is None on the last page. `positions` gives the chain's place of each entry that is sealed."""

    entries: list[AuditEntry]
    positions: dict[UUID, int]
    next: Cursor | None


def list_entries(
    *, actor: Actor, wanted: Filter | None = None, after: Cursor | None = None, limit: int = 50
) -> Page:
    """One page of the actor's authority. Raises NotPermitted. Personal values stay sealed."""
    check_may_see(actor)
    with acting_for(actor.authority_id):
        rows = _filtered(wanted or Filter()).filter(authority_id=actor.authority_id)
        if after is not None:
            rows = rows.filter(Q(at__lt=after.at) | Q(at=after.at, id__lt=after.id))
        found = list(rows.order_by("-at", "-id")[: limit + 1])
        entries = found[:limit]
        links = AuditLink.objects.filter(pk__in=[entry.id for entry in entries])
        positions = dict(links.values_list("pk", "position"))
    last = entries[-1] if len(found) > limit else None
    return Page(entries, positions, Cursor(last.at, last.id) if last else None)


def every_entry(*, actor: Actor, wanted: Filter) -> QuerySet[AuditEntry]:
    """All that `wanted` leaves of the actor's authority, unordered, each with its place in the chain
    (`position`; None: not sealed yet). Raises NotPermitted. Personal values stay sealed.
    """
    check_may_see(actor)
    place = AuditLink.objects.filter(pk=OuterRef("pk")).values("position")
    rows = _filtered(wanted).filter(authority_id=actor.authority_id)
    return rows.annotate(position=Subquery(place))


def get_opened_changes(entry_id: UUID, *, actor: Actor) -> dict[str, Json]:
    """One entry's changes with its personal values opened. Raises NotPermitted, NotFound or a SealedFault."""
    check_may_see(actor)
    with acting_for(actor.authority_id):
        entry = AuditEntry.objects.filter(id=entry_id, authority_id=actor.authority_id).first()
        if entry is None:
            raise NotFound()
        return opened_changes(entry.changes, authority_id=actor.authority_id)


def find_latest(authority_id: UUID) -> datetime | None:
    """When the last thing was done in an authority; None where nothing has been."""
    with acting_for(authority_id):
        rows = AuditEntry.objects.filter(authority_id=authority_id).order_by("-at")
        return rows.values_list("at", flat=True).first()


def list_history(subject_kind: str, subject_id: str, *, authority_id: UUID) -> list[AuditEntry]:
    """Everything done to one subject, oldest first: its timeline. The caller answers for who may see it."""
    return list(
        AuditEntry.objects.filter(
            authority_id=authority_id, subject_kind=subject_kind, subject_id=subject_id
        ).order_by("at", "id")
    )


def _filtered(wanted: Filter) -> QuerySet[AuditEntry]:
    rows = AuditEntry.objects.all()
    if wanted.actor_id is not None:
        rows = rows.filter(actor_id=wanted.actor_id)
    if wanted.action.endswith("."):
        rows = rows.filter(action__startswith=wanted.action)
    elif wanted.action:
        rows = rows.filter(action=wanted.action)
    for name in ("subject_kind", "subject_id"):
        if value := getattr(wanted, name):
            rows = rows.filter(**{name: value})
    if wanted.since is not None:
        rows = rows.filter(at__gte=wanted.since)
    if wanted.until is not None:
        rows = rows.filter(at__lt=wanted.until)
    return rows
