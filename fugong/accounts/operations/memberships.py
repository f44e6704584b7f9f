"""Granting and revoking roles."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from fugong.accounts import permissions, rules
from fugong.accounts.choices import Sight, Subject
from fugong.accounts.models import Membership, Role, User
from fugong.accounts.operations.roles import as_held
from fugong.accounts.operations.users import locked
from fugong.areas.queries import get_area
from fugong.core.actor import Actor
from fugong.core.operation import operation
from fugong.core.refusals import Conflict, Invalid, NotFound

LABEL_MOST = 120
"""Of a subject's name, which may be longer than the column."""


def grant_role(
    user: User,
    *,
    role: str,
    area_id: UUID | None = None,
    subject: Subject | None = None,
    actor: Actor,
    now: datetime,
) -> Membership:
    """Gives the role with this code from `now` on, limited to the area or the subject that its sight asks
    for.

    Refuses a role that may not be held together with one the person holds, and the same role twice.
    """
    with operation("accounts.grant_role", actor=actor, now=now) as op:
        user = locked(user)
        permissions.check_may_grant(actor, user)
        wanted = _role(role, actor=actor)
        _check_may_hold(user, wanted, now=now)
        _check_scope(wanted, area=area_id is not None, subject=subject is not None)
        membership = Membership(
            authority_id=actor.authority_id,
            user=user,
            role=wanted,
            area=get_area(area_id, actor=actor) if area_id else None,
            subject_kind=subject.kind if subject else "",
            subject_id=subject.id if subject else None,
            subject_label=subject.label[:LABEL_MOST] if subject else "",
            starts_at=now,
            granted_by_id=actor.user_id,
            recorded_at=now,
        )
        _insert(membership)
        op.audit(user, {"role": wanted.code, **_scope(membership)})
    return membership


def revoke_role(membership: Membership, *, actor: Actor, now: datetime, note: str = "") -> Membership:
    """Ends the holding now; open sessions lose it with their next request."""
    with operation("accounts.revoke_role", actor=actor, now=now) as op:
        user = locked(membership.user)
        permissions.check_may_grant(actor, user)
        membership = (
            Membership.objects.select_for_update(of=("self",)).select_related("role").get(pk=membership.pk)
        )
        if membership.ends_at is not None:
            raise Conflict(_("This role was revoked already."), code="revoked_already")
        membership.ends_at = max(now, membership.starts_at)
        membership.save(update_fields=["ends_at"])
        op.audit(user, {"role_revoked": membership.role.code, **_scope(membership)}, note=note)
    return membership


def _role(code: str, *, actor: Actor) -> Role:
    # Shared with other grants, but not with an edit of the role, which checks its holders.
    role = Role.objects.select_for_update().filter(authority_id=actor.authority_id, code=code).first()
    if role is None:
        raise NotFound(_("There is no such role."), code="no_role")
    return role


def _check_may_hold(user: User, wanted: Role, *, now: datetime) -> None:
    if not user.is_active:
        raise Conflict(_("This person has left."), code="left")
    held = [m.role for m in Membership.objects.filter(user=user).held_at(now).select_related("role")]
    forbidding = rules.excluded_by(as_held(wanted), [as_held(role) for role in held])
    if forbidding:
        names = {role.code: role.name for role in held}
        raise Conflict(
            _("%(name)s is %(held)s; nobody may be %(wanted)s too.")
            % {"name": user.name, "held": names[forbidding.code], "wanted": wanted.name},
            code="exclusive_role",
            fields={"role": _("These two roles are kept apart.")},
        )


def _check_scope(role: Role, *, area: bool, subject: bool) -> None:
    if rules.scope_fits(Sight(role.sight), area=area, subject=subject):
        return
    sentence = {
        Sight.AREA: _("Choose the area for this role."),
        Sight.SUBJECT: _("Choose whom the person speaks for."),
    }.get(Sight(role.sight), _("This role is not limited to an area or a subject."))
    raise Invalid(sentence, code="wrong_scope", fields={"scope": sentence})


def _insert(membership: Membership) -> None:
    try:
        with transaction.atomic():
            membership.save(force_insert=True)
    except IntegrityError:
        raise Conflict(_("This person holds the role already."), code="held_already") from None


def _scope(membership: Membership) -> dict[str, object]:
    return {
        "area": membership.area.code if membership.area else None,
        "subject": str(membership.subject_id) if membership.subject_id else None,
    }
