"""Saying who answers for whom, from when to when."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from fugong.accounts import permissions
from fugong.accounts.choices import AssignmentKind, Subject
from fugong.accounts.models import Assignment, Membership, User
from fugong.accounts.operations.telling import tell_responsibility
from fugong.accounts.operations.users import locked
from fugong.core.actor import Actor
from fugong.core.operation import operation
from fugong.core.refusals import Conflict, Invalid


def assign(
    user: User, *, kind: AssignmentKind, subject: Subject, starts_on: date, actor: Actor, now: datetime
) -> Assignment:
    """From `starts_on` the person answers for the subject.

    Refuses the same twice at a time, leavers, and whoever speaks for an enterprise.
    """
    with operation("accounts.assign", actor=actor, now=now) as op:
        user = locked(user)
        permissions.check_may_assign(actor)
        _check_may_answer(user, now=now)
        assignment = _new(user, kind=kind, subject=subject, starts_on=starts_on, actor=actor, now=now)
        _insert(assignment)
        op.audit(
            assignment,
            {
                "user": user.username,
                "kind": kind.key,
                "subject": str(subject.id),
                "starts_on": starts_on.isoformat(),
            },
        )
        tell_responsibility(op, subject.kind, subject.id)
    return assignment


def end_assignment(
    assignment: Assignment, *, ends_on: date, actor: Actor, now: datetime, note: str = ""
) -> Assignment:
    """`ends_on` is the first day on which the person no longer answers for the subject."""
    with operation("accounts.end_assignment", actor=actor, now=now) as op:
        permissions.check_may_assign(actor)
        assignment = _end(assignment, ends_on, now)
        op.audit(assignment, {"ends_on": [None, ends_on.isoformat()]}, note=note)
        tell_responsibility(op, assignment.subject_kind, assignment.subject_id)
    return assignment


def hand_over(
    assignment: Assignment, *, to: User, starts_on: date, actor: Actor, now: datetime, note: str = ""
) -> Assignment:
    """Ends one person's answering and starts another's on the same day, so that no day is without anybody.

    Refuses whom `assign` refuses.
    """
    with operation("accounts.hand_over", actor=actor, now=now) as op:
        to = locked(to)
        permissions.check_may_assign(actor)
        _check_may_answer(to, now=now)
        old = _end(assignment, starts_on, now)
        kind = AssignmentKind(old.kind, old.kind_name_zh, old.kind_name_en)
        subject = Subject(old.subject_kind, old.subject_id, old.subject_label)
        new = _new(to, kind=kind, subject=subject, starts_on=starts_on, actor=actor, now=now)
        _insert(new)
        op.audit(
            new, {"user": [old.user.username, to.username], "starts_on": starts_on.isoformat()}, note=note
        )
        tell_responsibility(op, subject.kind, subject.id)
    return new


def _check_may_answer(user: User, *, now: datetime) -> None:
    """Whoever answers for an enterprise sees its papers: no contact of a competitor, and none of its own."""
    if not user.is_active:
        raise Conflict(_("This person has left."), code="left")
    if Membership.objects.filter(user=user).held_at(now).for_a_subject().exists():
        raise Conflict(
            _("%(name)s speaks for an enterprise and cannot answer for one.") % {"name": user.name},
            code="speaks_for_one",
        )


def _new(
    user: User, *, kind: AssignmentKind, subject: Subject, starts_on: date, actor: Actor, now: datetime
) -> Assignment:
    return Assignment(
        authority_id=actor.authority_id,
        user=user,
        kind=kind.key,
        kind_name_zh=kind.name_zh,
        kind_name_en=kind.name_en,
        subject_kind=subject.kind,
        subject_id=subject.id,
        subject_label=subject.label,
        starts_on=starts_on,
        assigned_by_id=actor.user_id,
        recorded_at=now,
    )


def _insert(assignment: Assignment) -> None:
    try:
        with transaction.atomic():
            assignment.save(force_insert=True)
    except IntegrityError:
        raise Conflict(
            _("%(name)s answers for %(subject)s already at that time.")
            % {"name": assignment.user.name, "subject": assignment.subject_label},
            code="assigned_already",
        ) from None


def _end(assignment: Assignment, ends_on: date, now: datetime) -> Assignment:
    assignment = (
        Assignment.objects.select_for_update(of=("self",)).select_related("user").get(pk=assignment.pk)
    )
    if assignment.ends_on is not None:
        raise Conflict(_("This has ended already."), code="ended_already")
    if ends_on < assignment.starts_on:
        sentence = _("It cannot end before it starts.")
        raise Invalid(sentence, code="ends_before_start", fields={"ends_on": sentence})
    assignment.ends_on, assignment.end_recorded_at = ends_on, now
    assignment.save(update_fields=["ends_on", "end_recorded_at"])
    return assignment
