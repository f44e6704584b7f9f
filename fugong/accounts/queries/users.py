"""Reading users."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Prefetch, QuerySet

from fugong.accounts import permissions
from fugong.accounts.models import Assignment, Membership, User
from fugong.accounts.rules import plain_username
from fugong.core.actor import Actor
from fugong.core.refusals import NotFound


@dataclass(frozen=True, slots=True)
class UserHistory:
    """All roles and responsibilities a person holds or held, newest first."""

    user: User
    memberships: tuple[Membership, ...]
    assignments: tuple[Assignment, ...]


def list_users(*, actor: Actor, now: datetime) -> QuerySet[User]:
    """Everybody of the authority, each with the memberships held now (`held_now`)."""
    permissions.check_may_see_users(actor)
    held = Membership.objects.held_at(now).select_related("role", "area")
    return (
        User.objects.filter(authority_id=actor.authority_id)
        .prefetch_related(Prefetch("memberships", queryset=held, to_attr="held_now"))
        .order_by("username")
    )


def get_user(user_id: UUID, *, actor: Actor) -> User:
    """Somebody of the same authority. Raises NotFound for anybody else's."""
    user = User.objects.filter(authority_id=actor.authority_id, id=user_id).first()
    if user is None:
        raise NotFound()
    return user


def find_user(username: str, *, actor: Actor) -> User | None:
    name = plain_username(username)
    return User.objects.filter(authority_id=actor.authority_id, username=name).first()


def user_history(user_id: UUID, *, actor: Actor) -> UserHistory:
    permissions.check_may_see_users(actor)
    return _history(get_user(user_id, actor=actor))


def own_history(*, actor: Actor) -> UserHistory:
    """The same about oneself, which needs no permission. Raises NotFound for the system, which is nobody."""
    if actor.user_id is None:
        raise NotFound()
    return _history(get_user(actor.user_id, actor=actor))


def _history(user: User) -> UserHistory:
    memberships = Membership.objects.filter(user=user).select_related("role", "area").order_by("-starts_at")
    assignments = Assignment.objects.filter(user=user).order_by("-starts_on")
    return UserHistory(user, tuple(memberships), tuple(assignments))


def names_of(user_ids: Collection[UUID], *, actor: Actor) -> dict[UUID, str]:
    """Display names, for rows that keep only the id of who did it. One statement, or none."""
    if not user_ids:
        return {}
    users = User.objects.filter(authority_id=actor.authority_id, id__in=set(user_ids))
    return dict(users.values_list("id", "name"))


def users_with_role(code: str, *, actor: Actor, now: datetime, area_ids: Collection[UUID] = ()) -> list[User]:
    """Active users who hold the role now; with `area_ids`, those who hold it for one of these areas."""
    held = Membership.objects.filter(authority_id=actor.authority_id, role__code=code).held_at(now)
    if area_ids:
        held = held.filter(area_id__in=area_ids)
    return list(User.objects.staying().filter(id__in=held.values("user_id")).order_by("username"))


def users_who_may(permission: str, *, actor: Actor, now: datetime) -> list[User]:
    """Active users any of whose roles gives them this permission now: whom a thing can be handed to."""
    held = Membership.objects.filter(
        authority_id=actor.authority_id, role__permissions__contains=[permission]
    ).held_at(now)
    return list(User.objects.staying().filter(id__in=held.values("user_id")).order_by("name", "username"))


def users_who_may_answer(permission: str, *, actor: Actor, now: datetime) -> list[User]:
    """Those of them who speak for nobody: whom a responsibility can be given to."""
    speaking = Membership.objects.filter(authority_id=actor.authority_id).held_at(now).for_a_subject()
    ids = set(speaking.values_list("user_id", flat=True))
    return [user for user in users_who_may(permission, actor=actor, now=now) if user.id not in ids]


def users_speaking_for(
    subject_kind: str, subject_ids: Collection[UUID], *, actor: Actor, now: datetime
) -> dict[UUID, list[UUID]]:
    """By subject, the active users who speak for it now: one statement for many subjects."""
    held = Membership.objects.filter(
        authority_id=actor.authority_id,
        subject_kind=subject_kind,
        subject_id__in=subject_ids,
        user__is_active=True,
    )
    found: dict[UUID, list[UUID]] = {}
    rows = held.held_at(now).values_list("subject_id", "user_id")
    for subject_id, user_id in rows.order_by("subject_id", "user_id").distinct():
        if subject_id is not None:
            found.setdefault(subject_id, []).append(user_id)
    return found


def second_factors(actor: Actor) -> dict[int, str]:
    """The types of the person's own second factors by row id."""
    return dict(Authenticator.objects.filter(user_id=actor.user_id).values_list("id", "type"))
