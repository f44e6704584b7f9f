"""Two files of one person become one, and again two when that was wrong.

No row moves: the other file points to the one that is kept, and a person's history is read over both. So
undoing restores exactly what was there, and what was written in between stays with the file it was written
in.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.operation import operation
from fugong.core.refusals import Conflict, Invalid, NotFound, NotPermitted
from fugong.enterprises import queries as enterprises
from fugong.people import facts
from fugong.people.models import Employment, FileMerge, Person, TwoPeople
from fugong.people.operations.work_events import note_person
from fugong.people.permissions import may_merge_at
from fugong.people.queries.people import seen_files


def merge(keep_id: UUID, other_id: UUID, *, reason: str, actor: Actor, now: datetime) -> FileMerge:
    """`other` is the same person as `keep`. Its page leads there from now on, and its numbers find that file.

    Locks both. Raises NotFound for a file the actor may not see, NotPermitted, Invalid without a reason or
    for one file twice, Conflict for a file that is part of a merge, or where both are employed at different
    enterprises.
    """
    with operation("people.merge", actor=actor, now=now) as op:
        kept, other = _locked(keep_id, other_id, actor)
        for person in (kept, other):
            _check_may(person, actor)
        given = _given(reason)
        _check_mergeable(kept, other)
        row = FileMerge.objects.create(
            authority_id=actor.authority_id,
            kept=kept,
            other=other,
            reason=given,
            at=now,
            by=actor.user_id,
            by_name=actor.name,
        )
        kept.enterprise_id = kept.enterprise_id or other.enterprise_id
        other.merged_into, other.enterprise = kept, None
        _save(kept, other, now=now)
        op.audit(kept, {"with": str(other.id)}, note=row.reason)
        op.audit(other, {"into": str(kept.id)}, note=row.reason)
        note_person(other.id, op=op)
        op.fact(facts.FILES_MERGED, {"kept": str(kept.id), "other": str(other.id)})
        return row


def undo_merge(merge_id: UUID, *, reason: str, actor: Actor, now: datetime) -> FileMerge:
    """Both files stand as they stood; what came to the kept one since stays there.

    Locks both. Raises NotFound, NotPermitted, Invalid without a reason, Conflict when it is undone already.
    """
    with operation("people.undo_merge", actor=actor, now=now) as op:
        row = FileMerge.objects.filter(authority_id=actor.authority_id, id=merge_id).first()
        if row is None:
            raise NotFound()
        kept, other = _locked(row.kept_id, row.other_id, actor, has_merged=True)
        _check_may(kept, actor)
        row.refresh_from_db()
        if row.undone_at is not None:
            raise Conflict(_("This merge is undone already."), code="undone")
        row.undone_reason, row.undone_at = _given(reason), now
        row.undone_by, row.undone_by_name = actor.user_id, actor.name
        row.save(update_fields=["undone_reason", "undone_at", "undone_by", "undone_by_name"])
        other.merged_into = None
        for person in (kept, other):
            person.enterprise_id = _works_at(person)
        _save(kept, other, now=now)
        op.audit(kept, {"with": str(other.id)}, note=row.undone_reason)
        op.audit(other, {"into": str(kept.id)}, note=row.undone_reason)
        note_person(other.id, op=op)
        op.fact(facts.MERGE_UNDONE, {"kept": str(kept.id), "other": str(other.id)})
        return row


def say_two_people(one_id: UUID, another_id: UUID, *, actor: Actor, now: datetime) -> TwoPeople:
    """The two are not the same; saying it again changes nothing. Raises NotFound and NotPermitted."""
    with operation("people.say_two_people", actor=actor, now=now) as op:
        people = sorted(_locked(one_id, another_id, actor), key=lambda person: person.id)
        for person in people:
            _check_may(person, actor)
        first, second = people
        try:
            with transaction.atomic():
                row = TwoPeople.objects.create(
                    authority_id=actor.authority_id,
                    first=first,
                    second=second,
                    at=now,
                    by=actor.user_id,
                    by_name=actor.name,
                )
        except IntegrityError:
            row = TwoPeople.objects.get(authority_id=actor.authority_id, first=first, second=second)
        op.audit(first, {"with": str(second.id)})
        return row


def _locked(
    one_id: UUID, another_id: UUID, actor: Actor, *, has_merged: bool = False
) -> tuple[Person, Person]:
    """In the order of their ids, so that two who lock the same files wait for each other only once."""
    if one_id == another_id:
        raise Invalid(_("These are one and the same file."), code="one_file")
    seen = seen_files(actor).values("id")
    wanted = Person.objects.filter(authority_id=actor.authority_id, id__in=[one_id, another_id])
    allowed = wanted if has_merged else wanted.filter(id__in=seen)
    if has_merged and not seen_files(actor).filter(id=one_id).exists():
        raise NotFound()
    people = {person.id: person for person in allowed.order_by("id").select_for_update()}
    if len(people) != 2:
        raise NotFound()
    return people[one_id], people[another_id]


def _check_mergeable(kept: Person, other: Person) -> None:
    if Person.objects.filter(authority_id=other.authority_id, merged_into=other).exists():
        message = _("Another file was merged into this one. Keep this one, or undo that merge first.")
        raise Conflict(message, code="keeps_another")
    if kept.enterprise_id and other.enterprise_id and kept.enterprise_id != other.enterprise_id:
        message = _("The two files are employed at different enterprises. End one employment first.")
        raise Conflict(message, code="two_employments")


def _check_may(person: Person, actor: Actor) -> None:
    place = enterprises.get_enterprise(actor, person.enterprise_id) if person.enterprise_id else None
    if not may_merge_at(actor, place):
        raise NotPermitted()


def _works_at(person: Person) -> UUID | None:
    rows = Employment.objects.filter(authority_id=person.authority_id, person=person, ends_on=None)
    return rows.values_list("enterprise_id", flat=True).first()


def _save(*people: Person, now: datetime) -> None:
    for person in people:
        person.changed_at = now
        person.save(update_fields=["enterprise", "merged_into", "changed_at"])


def _given(reason: str) -> str:
    if not reason.strip():
        sentence = _("Say why.")
        raise Invalid(sentence, code="no_reason", fields={"reason": sentence})
    return reason.strip()[:500]
