"""Bulletins that are kept: drafts for those who compose, published ones for all readers."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from fugong.command.models import Bulletin, BulletinFigure
from fugong.core.actor import Actor
from fugong.core.refusals import NotFound


@dataclass(frozen=True, slots=True)
class BulletinSummary:
    bulletin: Bulletin

    @property
    def is_published(self) -> bool:
        return hasattr(self.bulletin, "publication")


def _visible_to(actor: Actor) -> QuerySet[Bulletin]:
    rows = Bulletin.objects.select_related("publication")
    if actor.may("bulletins.compose") or actor.may("bulletins.publish"):
        return rows
    return rows.filter(publication__isnull=False)


def list_bulletins(actor: Actor) -> QuerySet[Bulletin]:
    """The newest first; drafts only for those who compose or publish."""
    return _visible_to(actor).order_by("-as_of", "-composed_at")


def get_bulletin(actor: Actor, bulletin_id: UUID) -> Bulletin:
    row = _visible_to(actor).filter(pk=bulletin_id).first()
    if row is None:
        raise NotFound()
    return row


def get_figure(actor: Actor, bulletin_id: UUID, key: str) -> BulletinFigure:
    bulletin = get_bulletin(actor, bulletin_id)
    row = BulletinFigure.objects.select_related("bulletin").filter(bulletin=bulletin, key=key).first()
    if row is None:
        raise NotFound()
    return row


def numbered(number: str) -> Bulletin:
    """For the command line and the auditor: any bulletin of the acting authority, by its number."""
    row = Bulletin.objects.filter(number=number).first()
    if row is None:
        raise NotFound()
    return row


def newest_published() -> Bulletin | None:
    return (
        Bulletin.objects.filter(publication__isnull=False)
        .select_related("publication")
        .order_by("-as_of", "-composed_at")
        .first()
    )
