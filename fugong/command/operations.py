"""Composing, correcting and publishing bulletins."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from fugong.command.facts import BULLETIN_PUBLISHED
from fugong.command.models import Bulletin, BulletinFigure, Publication
from fugong.command.permissions import check_may_compose, check_may_publish
from fugong.command.queries.bulletins import differences, find_correction, get_bulletin, is_published
from fugong.command.queries.composing import Composed, ComposedFigure, compose, manifest_json
from fugong.command.queries.seal import digest_of
from fugong.command.rules import as_of_for, is_to_come, number_after
from fugong.core.actor import Actor
from fugong.core.clock import day_up_to
from fugong.core.operation import Operation, operation
from fugong.core.refusals import Conflict, Invalid
from fugong.playbooks import queries as playbooks
from fugong.playbooks.queries import PlaybookInForce


def compose_bulletin(day: date, *, actor: Actor, now: datetime) -> Bulletin:
    """Computes the bulletin of a day by the playbook in force on it, and keeps it as a draft.

    What is known now counts. Raises `Invalid` for a day to come, `NotFound` where no playbook was in force
    and `Conflict` when somebody's long entry is under way.
    """
    with operation("bulletins.compose", actor=actor, now=now, settles=True) as op:
        check_may_compose(actor)
        if is_to_come(day, now=now):
            message = _("That day is yet to come.")
            raise Invalid(message, code="day_to_come", fields={"day": message})
        return _composed(playbooks.get_in_force(day), as_of_for(day, now=now), op)


def correct_bulletin(bulletin_id: UUID, *, actor: Actor, now: datetime) -> Bulletin:
    """Composes a published bulletin again, as of the same moment, from what is known now: a draft beside it.

    The one it corrects stands as it is. Raises `Conflict` for a draft, for one that another has corrected,
    and when nothing would be different; else as `compose_bulletin`.
    """
    with operation("bulletins.correct", actor=actor, now=now, settles=True) as op:
        check_may_compose(actor)
        wrong = get_bulletin(actor, bulletin_id)
        if not is_published(wrong):
            raise Conflict(_("A draft is not corrected. Compose the bulletin again."), code="a_draft")
        later = find_correction(wrong)
        if later is not None:
            message = _("This bulletin was corrected by %(number)s. Correct that one.")
            raise Conflict(message % {"number": later.number}, code="corrected")
        version = playbooks.get_in_force(day_up_to(wrong.as_of))
        right = _composed(version, wrong.as_of, op, corrects=wrong)
        if not differences(right) and right.text == wrong.text:
            raise Conflict(_("Nothing is different from what was published."), code="nothing_to_correct")
        return right


def publish_bulletin(bulletin_id: UUID, *, actor: Actor, now: datetime) -> Publication:
    """From now on the bulletin stands. A later change is a new bulletin that corrects it.

    Whoever composed it does not publish it: figures that leave the house are seen by two. Raises `Conflict`
    for one that is published, and for a correction of what another corrects.
    """
    with operation("bulletins.publish", actor=actor, now=now) as op:
        check_may_publish(actor)
        bulletin = get_bulletin(actor, bulletin_id)
        if bulletin.composed_by is not None and bulletin.composed_by == actor.user_id:
            message = _("You composed this bulletin; another person publishes it.")
            raise Conflict(message, code="second_person")
        _check_corrects_alone(bulletin)
        publication = _published(bulletin, op)
        op.audit(bulletin, {"number": bulletin.number, "digest": bulletin.digest})
        op.fact(BULLETIN_PUBLISHED, {"bulletin_id": bulletin.id, "number": bulletin.number})
        return publication


def _check_corrects_alone(bulletin: Bulletin) -> None:
    other = find_correction(bulletin.corrects) if bulletin.corrects else None
    if other is not None and other != bulletin:
        message = _("The same bulletin was corrected by %(number)s already. Correct that one.")
        raise Conflict(message % {"number": other.number}, code="corrected")


def _published(bulletin: Bulletin, op: Operation) -> Publication:
    """Of two who publish at once, one does: the database holds one publication and one correction of each."""
    try:
        with transaction.atomic():
            return Publication.objects.create(
                authority_id=bulletin.authority_id,
                bulletin=bulletin,
                corrects_id=bulletin.corrects_id,
                published_at=op.now,
                published_by=op.actor.user_id,
                published_by_name=op.actor.name,
            )
    except IntegrityError:
        _check_corrects_alone(bulletin)
        raise Conflict(_("This bulletin is published already."), code="published") from None


def _composed(
    version: PlaybookInForce, as_of: datetime, op: Operation, *, corrects: Bulletin | None = None
) -> Bulletin:
    authority_id = op.actor.authority_id
    composed = compose(version.playbook, authority_id=authority_id, as_of=as_of, known_at=op.now)
    bulletin = Bulletin(
        authority_id=authority_id,
        number=_next_number(composed),
        title=composed.title,
        playbook_version_id=version.version_id,
        as_of=composed.as_of,
        known_at=composed.known_at,
        text=composed.text(),
        corrects=corrects,
        composed_at=op.now,
        composed_by=op.actor.user_id,
        composed_by_name=op.actor.name,
    )
    figures = [_row(bulletin, place, each) for place, each in enumerate(composed.figures)]
    bulletin.digest = digest_of(bulletin, figures, version.playbook)
    bulletin.save(force_insert=True)
    BulletinFigure.objects.bulk_create(figures)
    op.audit(bulletin, {"number": bulletin.number, "as_of": bulletin.as_of, "digest": bulletin.digest})
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
