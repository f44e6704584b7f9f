"""Adding users, correcting them, and recording that they left."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Q, Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from fugong.accounts import permissions, rules
from fugong.accounts.models import AccessCode, Assignment, Membership, User
from fugong.accounts.operations.telling import tell_responsibility
from fugong.core.actor import Actor
from fugong.core.audit.personal import Personal
from fugong.core.clock import local_date
from fugong.core.operation import Operation, operation
from fugong.core.refusals import Conflict, Invalid


def create_user(
    username: str, *, name: str, phone: str = "", password: str | None = None, actor: Actor, now: datetime
) -> User:
    """A user without any role. Without `password` nobody can sign in as the user until an invitation is
    redeemed.

    Only the system may give a password (set-up, demo): a person never knows another's. Refuses a user name
    that cannot be typed everywhere, and one that is taken in this deployment.
    """
    username = rules.plain_username(username)
    with operation("accounts.create_user", actor=actor, now=now) as op:
        permissions.check_may_manage(actor)
        if password is not None:
            permissions.check_is_system(actor)
        check_new_user(username, name)
        user = User(
            authority_id=actor.authority_id,
            username=username,
            name=name.strip(),
            phone=phone.strip(),
            added_at=now,
        )
        user.set_password(password)
        insert_user(user)
        op.audit(user, {"username": username, "name": user.name, "phone": _personal(user.phone)})
    return user


def check_new_user(username: str, name: str) -> None:
    """Raises Invalid with the field at fault."""
    if not rules.is_username(username):
        sentence = _("Use 3 to 60 letters a to z, digits, dots, hyphens or underscores.")
        raise Invalid(sentence, code="bad_username", fields={"username": sentence})
    if not name.strip():
        raise Invalid(_("Enter the name."), code="no_name", fields={"name": _("Enter the name.")})


def insert_user(user: User) -> None:
    """The unique index decides about the name: another authority's users cannot be seen from here."""
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError:
        sentence = _("The user name %(username)s is taken.") % {"username": user.username}
        raise Conflict(sentence, code="username_taken", fields={"username": sentence}) from None


def correct(user: User, *, name: str, phone: str, actor: Actor, now: datetime) -> User:
    """Corrects what is shown of a person; the user name stays, for the record refers to it."""
    with operation("accounts.correct", actor=actor, now=now) as op:
        user = locked(user)
        permissions.check_may_manage(actor, user)
        check_new_user(user.username, name)
        before = {"name": user.name, "phone": _personal(user.phone)}
        user.name, user.phone = name.strip(), phone.strip()
        user.save(update_fields=["name", "phone"])
        op.audit(user, {"before": before, "after": {"name": user.name, "phone": _personal(user.phone)}})
    return user


def _personal(phone: str) -> Personal | str:
    return Personal(phone, "contact") if phone else ""


def leave(user: User, *, actor: Actor, now: datetime, note: str = "") -> User:
    """The person left: roles and responsibilities end today, open codes are void, sessions die with the
    password.

    Nothing is deleted: what the person did stays under the name. `return_to_work` takes it back, without
    roles.
    """
    with operation("accounts.leave", actor=actor, now=now) as op:
        user = locked(user)
        permissions.check_may_manage(actor, user)
        if not user.is_active:
            raise Conflict(_("This person has left already."), code="left_already")
        user.is_active, user.left_on = False, local_date(now)
        user.set_unusable_password()
        user.save(update_fields=["is_active", "left_on", "password"])
        roles = Membership.objects.filter(user=user).held_at(now).update(ends_at=now)
        assignments = _end_assignments(user, user.left_on, op)
        AccessCode.objects.filter(user=user, used_at=None, withdrawn_at=None).update(withdrawn_at=now)
        changes = {"is_active": [True, False], "roles_ended": roles, "assignments_ended": assignments}
        op.audit(user, changes, note=note)
    return user


def _end_assignments(user: User, day: date, op: Operation) -> int:
    """Those that would start later never begin: their end is their start."""
    open_then = Assignment.objects.filter(user=user).filter(Q(ends_on=None) | Q(ends_on__gt=day))
    subjects = list(open_then.values_list("subject_kind", "subject_id").distinct())
    ended = open_then.update(ends_on=Greatest("starts_on", Value(day)), end_recorded_at=op.now)
    for kind, subject_id in subjects:
        tell_responsibility(op, kind, subject_id)
    return ended


def return_to_work(user: User, *, actor: Actor, now: datetime) -> User:
    """Takes a leaving back. Roles and responsibilities are granted anew, a password by a new invitation."""
    with operation("accounts.return_to_work", actor=actor, now=now) as op:
        user = locked(user)
        permissions.check_may_manage(actor, user)
        if user.is_active:
            raise Conflict(_("This person has not left."), code="not_left")
        user.is_active, user.left_on = True, None
        user.save(update_fields=["is_active", "left_on"])
        op.audit(user, {"is_active": [False, True]})
    return user


def locked(user: User) -> User:
    """The row as it is now, held until the transaction ends: everything about one person happens in a row."""
    return User.objects.select_for_update().get(pk=user.pk)
