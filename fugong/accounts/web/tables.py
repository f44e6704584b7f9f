"""The table of users."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from fugong.accounts.models import User
from fugong.core.clock import to_the_minute
from fugong.core.punctuation import listed
from fugong.core.web.tables import Column, Filter, Table


def _found(users: QuerySet[User], typed: str) -> QuerySet[User]:
    return users.filter(Q(username__contains=typed.lower()) | Q(name__contains=typed))


def _by_state(users: QuerySet[User], values: list[str]) -> QuerySet[User]:
    return users.filter(is_active__in=[value == "active" for value in values])


def _link(user: User) -> str:
    return format_html('<a href="{}">{}</a>', reverse("accounts:user", args=[user.id]), user.name)


def _roles(user: User) -> str:
    held = user.held_now  # type: ignore[attr-defined]
    return listed(dict.fromkeys(membership.role.name for membership in held))


def _seen(user: User) -> str:
    return to_the_minute(user.last_signed_in_at)


def _state(user: User) -> str | Promise:
    return _("active") if user.is_active else _("has left")


USERS: Table[User] = Table(
    key="users",
    label=_("Users"),
    columns=[
        Column(
            key="name",
            label=_("Full name"),
            render=_link,
            sort=("name",),
            export=lambda user: user.name,
            heading=True,
        ),
        Column(key="username", label=_("User name"), render=lambda user: user.username, sort=("username",)),
        Column(key="roles", label=_("Roles"), render=_roles),
        Column(key="state", label=_("State"), render=_state, sort=("is_active", "left_on")),
        Column(
            key="seen",
            label=_("Last signed in"),
            render=_seen,
            sort=("last_signed_in_at",),
            export=lambda user: user.last_signed_in_at,
            wide=True,
        ),
    ],
    default_sort="username",
    filters=[
        Filter(
            key="state",
            label=_("State"),
            choices=[("active", _("active")), ("left", _("has left"))],
            apply=_by_state,
        )
    ],
    search=_found,
    search_label=_("Name or user name"),
    empty_title=_("No users yet"),
)
