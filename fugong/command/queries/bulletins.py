"""Bulletins that are kept: drafts for those who compose, published ones for all readers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from fugong.command.models import Bulletin, BulletinFigure
from fugong.core.actor import Actor
from fugong.core.canonical import Json
from fugong.core.refusals import NotFound


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that a correction states otherwise; None where one of the two does not state it."""

    label: Mapping[str, str]
    before: Mapping[str, Json] | None
    after: Mapping[str, Json] | None


def _visible_to(actor: Actor) -> QuerySet[Bulletin]:
    rows = Bulletin.objects.select_related("publication", "corrects")
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


def get_numbered(number: str) -> Bulletin:
    """For the command line: any bulletin of the acting authority, by its number."""
    row = Bulletin.objects.filter(number=number).first()
    if row is None:
        raise NotFound()
    return row


def list_published() -> list[Bulletin]:
    """Those of the acting authority that stand, by number."""
    return list(Bulletin.objects.filter(publication__isnull=False).order_by("number"))


def find_newest_published(actor: Actor) -> Bulletin | None:
    """None also for who may not see bulletins."""
    if not actor.may("bulletins.see"):
        return None
    return list_bulletins(actor).filter(publication__isnull=False).first()


def is_published(bulletin: Bulletin) -> bool:
    return hasattr(bulletin, "publication")


def find_correction(bulletin: Bulletin) -> Bulletin | None:
    """The published bulletin that took the place of this one."""
    return Bulletin.objects.filter(corrects=bulletin, publication__isnull=False).first()


def differences(bulletin: Bulletin) -> list[Difference]:
    """What a correction states otherwise than the bulletin it corrects, in its own order; rows may differ
    without a figure being different.
    """
    if bulletin.corrects_id is None:
        return []
    before = _figures(bulletin.corrects_id)
    after = _figures(bulletin.pk)
    keys = [*after, *(key for key in before if key not in after)]
    pairs = [(before.get(key), after.get(key)) for key in keys]
    return [_difference(old, new) for old, new in pairs if _stated(old) != _stated(new)]


def _figures(bulletin_id: UUID) -> dict[str, BulletinFigure]:
    return {
        row.key: row for row in BulletinFigure.objects.filter(bulletin_id=bulletin_id).order_by("position")
    }


def _stated(row: BulletinFigure | None) -> Mapping[str, Json] | None:
    return row.figure if row else None


def _difference(before: BulletinFigure | None, after: BulletinFigure | None) -> Difference:
    named = after or before
    assert named is not None
    return Difference(named.label, _stated(before), _stated(after))
