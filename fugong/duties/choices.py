"""What others may say to the duties: the kinds they register, whose a duty is, and what it is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal
from uuid import UUID

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

LEAD: Final = "duties.lead"
"""Held by the authority's leadership: it is called where an office stays silent even after being called."""


class Side(models.TextChoices):
    """Whose clock is running: the applicant's or the office's."""

    ENTERPRISE = "enterprise", _("Enterprise")
    AUTHORITY = "authority", _("Authority")


class Group(models.TextChoices):
    """How near a deadline is, by the calendar day in China."""

    OVERDUE = "overdue", _("Overdue")
    TODAY = "today", _("Due today")
    LATER = "later", _("Later")


class Outcome(models.TextChoices):
    OPEN = "open", _p("duty", "Open")
    DONE = "done", _p("duty", "Done")
    EXCUSED = "excused", _("Excused")
    WITHDRAWN = "withdrawn", _("No longer owed")
    MISSED = "missed", _p("duty", "Missed")


class Excuse(models.TextChoices):
    """Why somebody is let off; a closed list, so that excuses can be counted."""

    CLOSED_THAT_DAY = "closed_that_day", _("The enterprise was closed in this period")
    SYSTEM_FAULT = "system_fault", _("The system could not be reached")
    FORCE_MAJEURE = "force_majeure", _("Quarantine, illness or another force majeure")
    OWED_IN_ERROR = "owed_in_error", _("It was never owed")


class EntryExcuse(models.TextChoices):
    """Why one person of a roll is let off; another closed list, as a person is let off for other reasons."""

    ABSENT = "absent", _("On leave, or not on shift")
    IN_CARE = "in_care", _("In hospital, quarantine or isolation")
    NO_MEANS = "no_means", _("Could not be asked or measured")
    SYSTEM_FAULT = "system_fault", _("The system could not be reached")
    OWED_IN_ERROR = "owed_in_error", _("It was never owed")


class Channel(models.TextChoices):
    """Where a receiver may let reminders come instead of the installation's own way."""

    MAIL = "mail", _("Mail")
    DINGTALK = "dingtalk", _("DingTalk robot")
    WECOM = "wecom", _("WeCom robot")
    FEISHU = "feishu", _("Feishu robot")


@dataclass(frozen=True, slots=True)
class DutySubject:
    """What the duty is about. `url` is the path where the owner can act."""

    kind: str
    id: UUID
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class DutyOwner:
    """Who owes it: one of a user, an enterprise (whoever speaks for it) or the holders of a permission.

    `area_id` narrows the holders to those who see that area; for the other two it says in whose shortfall
    list the duty stands. Build it with the functions below.
    """

    user_id: UUID | None = None
    enterprise_id: UUID | None = None
    permission: str = ""
    area_id: UUID | None = None

    def __post_init__(self) -> None:
        if sum(map(bool, (self.user_id, self.enterprise_id, self.permission))) != 1:
            raise ValueError("A duty has exactly one owner: a user, an enterprise or a permission.")

    @property
    def side(self) -> Literal[Side.ENTERPRISE, Side.AUTHORITY]:
        return Side.ENTERPRISE if self.enterprise_id else Side.AUTHORITY


def owed_by_user(user_id: UUID, *, area_id: UUID | None = None) -> DutyOwner:
    return DutyOwner(user_id=user_id, area_id=area_id)


def owed_by_enterprise(enterprise_id: UUID, *, area_id: UUID | None = None) -> DutyOwner:
    return DutyOwner(enterprise_id=enterprise_id, area_id=area_id)


def owed_by_holders(permission: str, *, area_id: UUID | None = None) -> DutyOwner:
    return DutyOwner(permission=permission, area_id=area_id)


@dataclass(frozen=True, slots=True)
class Call:
    """Whom silence calls, and from when on: one step of a duty's escalation, in both languages.

    With `posts`, the persons who answer for the enterprise in one of these kinds of assignment when the step
    is taken; where nobody does, and without posts, the holders of `permission` in the duty's area. `told_at`
    says when the step was taken.
    """

    at: datetime
    permission: str
    name_zh: str = ""
    name_en: str = ""
    posts: tuple[str, ...] = ()
    enterprise_id: UUID | None = None
    told_at: datetime | None = None

    def as_json(self) -> dict[str, object]:
        return {
            "at": self.at.isoformat(),
            "permission": self.permission,
            "name_zh": self.name_zh,
            "name_en": self.name_en,
            "posts": list(self.posts),
            "enterprise_id": str(self.enterprise_id) if self.enterprise_id else None,
            "told_at": self.told_at.isoformat() if self.told_at else None,
        }


def read_call(kept: Mapping[str, Any]) -> Call:
    """The step as `Call.as_json` wrote it."""
    about, told_at = kept["enterprise_id"], kept["told_at"]
    return Call(
        at=datetime.fromisoformat(kept["at"]),
        permission=kept["permission"],
        name_zh=kept["name_zh"],
        name_en=kept["name_en"],
        posts=tuple(kept["posts"]),
        enterprise_id=UUID(about) if about else None,
        told_at=datetime.fromisoformat(told_at) if told_at else None,
    )


@dataclass(frozen=True, slots=True)
class RollEntry:
    """One person on a roll; `label` is the name shown to whoever sees the roll."""

    subject_id: UUID
    label: str


@dataclass(frozen=True, slots=True)
class Quota:
    """So many percent of the people of a roll suffice, rounded up, and never fewer than `least`."""

    percent: int
    least: int = 1


@dataclass(frozen=True, slots=True)
class Roll:
    """The duty of a group for a period, with its people. With a `quota` it is done as soon as so many have.

    `enterprise_id`: whose people they are, whoever owes it. The address is the roll's own page.
    """

    subject: DutySubject
    owner: DutyOwner
    period: str
    opened_at: datetime
    due_at: datetime
    entries: Sequence[RollEntry]
    enterprise_id: UUID | None = None
    quota: Quota | None = None
    calls: Sequence[Call] = ()
    remind_at: Sequence[datetime] = ()
    is_urgent: bool = False


class UnknownKind(LookupError):
    """A programming mistake: a context owes a duty of a kind it has not registered."""


_kinds: dict[str, Promise] = {}
_always_told: set[str] = set()
_naming_people: set[str] = set()


def register_duty_kinds(
    kinds: Mapping[str, Promise], *, always_told: Iterable[str] = (), naming_people: Iterable[str] = ()
) -> None:
    """Called by a context when it starts. The label says what to do, such as “Correct the application”.

    `always_told`: of these nobody can leave the reminder out, as somebody else is ill, shut out or waits for
    the answer. `naming_people`: the subject's label names a person, so that it stays out of messages.
    """
    _always_told.update(always_told)
    _naming_people.update(naming_people)
    for key, label in kinds.items():
        if str(_kinds.get(key, label)) != str(label):
            raise ValueError(f"The duty kind {key} is registered twice.")
        _kinds[key] = label


def kind_label(kind: str) -> Promise | str:
    """The label; the key itself for a duty kept from a context that is no longer installed."""
    return _kinds.get(kind, kind)


def check_kind(kind: str) -> None:
    if kind not in _kinds:
        raise UnknownKind(kind)


def duty_kinds() -> dict[str, Promise]:
    return dict(_kinds)


def is_always_told(kind: str) -> bool:
    return kind in _always_told


def names_a_person(kind: str) -> bool:
    return kind in _naming_people
