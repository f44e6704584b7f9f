"""Composing and publishing bulletins."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from fugong.command.models import Bulletin, BulletinFigure, Publication
from fugong.command.permissions import check_may_compose, check_may_publish
from fugong.command.queries.composing import Composed, ComposedFigure, compose, manifest_json
from fugong.command.rules import as_of_for, is_to_come, number_after
from fugong.core.actor import Actor
from fugong.core.clock import day_up_to
from fugong.core.operation import operation
from fugong.core.refusals import Conflict, Invalid, NotFound
from fugong.playbooks import queries as playbooks


def compose_bulletin(day: date, *, actor: Actor, now: datetime, corrects: UUID | None = None) -> Bulletin:
    """Computes the bulletin of a day by the playbook in force on it, and keeps it as a draft.

    What is known now counts. Raises `Invalid` for a day to come, `NotFound` where no playbook was in force
    and `Conflict` when somebody's long entry is under way.
    """
    with operation("bulletins.compose", actor=actor, now=now, settles=True) as op:
        check_may_compose(actor)
        if is_to_come(day, now=now):
            message = _("That day is yet to come.")
            raise Invalid(message, code="day_to_come", fields={"day": message})
        version = playbooks.get_in_force(day)
        composed = compose(
            version.playbook, authority_id=actor.authority_id, as_of=as_of_for(day, now=now), known_at=now
        )
        bulletin = _kept(composed, actor=actor, version_id=version.version_id, corrects=corrects, now=now)
        op.audit(bulletin, {"number": bulletin.number, "as_of": composed.as_of, "digest": bulletin.digest})
        return bulletin


def publish_bulletin(bulletin_id: UUID, *, actor: Actor, now: datetime) -> Publication:
    """From now on the bulletin stands. A later change is a new bulletin that corrects it.

    Whoever composed it does not publish it: figures that leave the house are seen by two.
    """
    with operation("bulletins.publish", actor=actor, now=now) as op:
        bulletin = Bulletin.objects.filter(pk=bulletin_id).first()
        if bulletin is None:
            raise NotFound()
        check_may_publish(actor)
        if Publication.objects.filter(bulletin=bulletin).exists():
            raise Conflict(_("This bulletin is published already."), code="published")
        if bulletin.composed_by is not None and bulletin.composed_by == actor.user_id:
            raise Conflict(
                _("You composed this bulletin; another person publishes it."), code="second_person"
            )
        publication = Publication.objects.create(
            authority_id=actor.authority_id,
            bulletin=bulletin,
            published_at=now,
            published_by=actor.user_id,
            published_by_name=actor.name,
        )
        op.audit(bulletin, {"number": bulletin.number, "digest": bulletin.digest})
        op.fact("command.BulletinPublished", {"bulletin_id": str(bulletin.id), "number": bulletin.number})
        return publication


def _kept(
    composed: Composed, *, actor: Actor, version_id: UUID, corrects: UUID | None, now: datetime
) -> Bulletin:
    version = playbooks.get_version(version_id)
    bulletin = Bulletin.objects.create(
        authority_id=actor.authority_id,
        number=_next_number(composed),
        title=composed.title,
        playbook_version_id=version_id,
        as_of=composed.as_of,
        known_at=composed.known_at,
        text=composed.text(),
        digest=composed.digest(version.playbook.sha256),
        corrects_id=corrects,
        composed_at=now,
        composed_by=actor.user_id,
        composed_by_name=actor.name,
    )
    BulletinFigure.objects.bulk_create(
        [_row(bulletin, place, each) for place, each in enumerate(composed.figures)]
    )
    return bulletin


def _row(bulletin: Bulletin, place: int, each: ComposedFigure) -> BulletinFigure:
    return BulletinFigure(
        authority_id=bulletin.authority_id,
        bulletin=bulletin,
        position=place,
        key=each.key,
        origin=each.origin,
        label=each.label,
        figure=each.figure.as_json(),
        manifest=manifest_json(each.manifest),
        source=list(each.source),
    )


def _next_number(composed: Composed) -> str:
    """Given one after another: an operation that settles the record runs alone."""
    year = day_up_to(composed.as_of).year
    last = Bulletin.objects.filter(number__startswith=f"{year}-").order_by("-composed_at", "-number").first()
    return number_after(last.number if last else None, year=year)
