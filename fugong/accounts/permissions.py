"""Who may manage users, grant access, edit roles and say who answers for whom.

The system itself (a set-up from the machine's command line, a replay) may do all of it; a person needs the
permission, and never does it to himself.
"""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from fugong.accounts.models import User
from fugong.core.actor import Actor
from fugong.core.refusals import NotPermitted


def _may(actor: Actor, permission: str) -> bool:
    return actor.is_system or actor.may(permission)


def may_see_users(actor: Actor) -> bool:
    return _may(actor, "users.see")


def check_may_see_users(actor: Actor) -> None:
    if not may_see_users(actor):
        raise NotPermitted()


def may_manage(actor: Actor) -> bool:
    return _may(actor, "users.manage")


def check_may_manage(actor: Actor, user: User | None = None) -> None:
    if not may_manage(actor):
        raise NotPermitted()
    _check_not_self(actor, user)


def may_grant(actor: Actor, user: User) -> bool:
    return _may(actor, "users.grant") and not is_self(actor, user.id)


def check_may_grant(actor: Actor, user: User) -> None:
    if not _may(actor, "users.grant"):
        raise NotPermitted()
    _check_not_self(actor, user)


def check_may_edit_roles(actor: Actor) -> None:
    if not _may(actor, "roles.edit"):
        raise NotPermitted()


def may_assign(actor: Actor) -> bool:
    return _may(actor, "responsibility.assign")


def check_may_assign(actor: Actor) -> None:
    if not may_assign(actor):
        raise NotPermitted()


def check_is_self(actor: Actor, user: User) -> None:
    if not is_self(actor, user.id):
        raise NotPermitted()


def check_is_system(actor: Actor) -> None:
    """For what only the owner of the machine does, from its command line."""
    if not actor.is_system:
        raise NotPermitted(
            _("A password is set by its owner: give the person a one-time code."), code="own_password_only"
        )


def is_self(actor: Actor, user_id: UUID) -> bool:
    return actor.user_id == user_id


def _check_not_self(actor: Actor, user: User | None) -> None:
    if user is not None and is_self(actor, user.id):
        raise NotPermitted(_("Nobody does this to their own account."), code="own_account")
