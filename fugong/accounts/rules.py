"""The law of accounts: names, powers kept apart, memberships, codes, guessing. Plain values only."""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from fugong.accounts.choices import Power, Sight

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,58}[a-z0-9]")
# No letter or digit that is read as another one: no I, L, O, U, 0, 1.
CODE_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
CODE_GROUPS, CODE_GROUP = 4, 4
CODE_LIFE = timedelta(hours=72)

POWER_OF: dict[str, Power] = {
    "users.manage": Power.SYSTEM,
    "system.see": Power.SYSTEM,
    "users.grant": Power.SECURITY,
    "roles.edit": Power.SECURITY,
    "audit.see": Power.AUDIT,
}
# Reading these gives no power over anybody, so each of the three administrators may hold them.
HARMLESS = frozenset({"users.see", "playbooks.see"})


def plain_username(entered: str) -> str:
    """User names are compared in lower case, so that Li.Wei and li.wei are one person."""
    return entered.strip().lower()


def is_username(username: str) -> bool:
    """Three to sixty ASCII letters, digits, dots, hyphens or underscores: typed on any keyboard."""
    return USERNAME.fullmatch(username) is not None


def powers(permissions: Iterable[str]) -> frozenset[Power]:
    return frozenset(POWER_OF.get(name, Power.BUSINESS) for name in permissions if name not in HARMLESS)


def mixes_powers(permissions: Iterable[str]) -> bool:
    """Whether one hand would hold two powers that must be apart, or one of the three and any business."""
    return len(powers(permissions)) > 1


def is_administrator(permissions: Iterable[str]) -> bool:
    return bool(powers(permissions) - {Power.BUSINESS})


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role as far as the rules about holding it need to know it."""

    code: str
    permissions: frozenset[str]
    exclusive_group: str


def excluded_by(wanted: HeldRole, held: Collection[HeldRole]) -> HeldRole | None:
    """The role already held that forbids `wanted`: of the same exclusive group, or of a power kept apart."""
    for role in held:
        if role.code == wanted.code:
            continue
        if wanted.exclusive_group and role.exclusive_group == wanted.exclusive_group:
            return role
        if mixes_powers(role.permissions | wanted.permissions):
            return role
    return None


def scope_fits(sight: Sight, *, area: bool, subject: bool) -> bool:
    """Whether a membership names exactly what its role's sight asks for."""
    return {
        Sight.EVERYTHING: not area and not subject,
        Sight.CARE: not area and not subject,
        Sight.AREA: area and not subject,
        Sight.SUBJECT: subject and not area,
    }[sight]


def new_code() -> str:
    """A one-time code such as K7QM-2F9T-XW3P-HD8R: 78 bits, read aloud without mistakes."""
    groups = ("".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_GROUP)) for _ in range(CODE_GROUPS))
    return "-".join(groups)


def plain_code(entered: str) -> str:
    """What was typed, without the spaces, hyphens and small letters that do not matter."""
    return re.sub(r"[\s-]+", "", entered).upper()


@dataclass(frozen=True, slots=True)
class Guesses:
    """How many tries since when, and until when the door is shut."""

    tries: int = 0
    since: datetime | None = None
    locked_until: datetime | None = None

    def is_locked(self, now: datetime) -> bool:
        return self.locked_until is not None and now < self.locked_until


@dataclass(frozen=True, slots=True)
class Limit:
    """`tries` within `window` are let through; the next one shuts the door for `window`."""

    tries: int
    window: timedelta


def after_try(before: Guesses, *, limit: Limit, now: datetime) -> Guesses:
    """The count after one more try. It is counted before the password is looked at, so that tries sent at the
    same moment cannot slip past; a success takes it back."""
    if before.is_locked(now):
        return before
    fresh = before.since is None or before.locked_until is not None or now - before.since >= limit.window
    tries, since = (1, now) if fresh else (before.tries + 1, before.since)
    if tries > limit.tries:
        return Guesses(tries, since, now + limit.window)
    return Guesses(tries, since)


def after_success(before: Guesses) -> Guesses:
    """One try taken back, not all: a guesser with one good account of his own must not reset the count."""
    return Guesses(max(before.tries - 1, 0), before.since, before.locked_until)


@dataclass(frozen=True, slots=True)
class Cover:
    """One person's answering for one subject, from a day to a day (exclusive; None: open)."""

    user_id: UUID
    subject_id: UUID
    kind: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class CoverCheck:
    """Subjects nobody answers for, and those for which several persons of one kind do."""

    uncovered: frozenset[UUID]
    doubled: frozenset[UUID]


def check_cover(subjects: Collection[UUID], covers: Iterable[Cover], *, on: date) -> CoverCheck:
    holders: dict[UUID, dict[str, set[UUID]]] = {subject: {} for subject in subjects}
    for cover in covers:
        in_force = cover.starts_on <= on and (cover.ends_on is None or on < cover.ends_on)
        if in_force and cover.subject_id in holders:
            holders[cover.subject_id].setdefault(cover.kind, set()).add(cover.user_id)
    return CoverCheck(
        uncovered=frozenset(subject for subject, kinds in holders.items() if not kinds),
        doubled=frozenset(
            subject for subject, kinds in holders.items() if any(len(users) > 1 for users in kinds.values())
        ),
    )
