"""Makes what the tests of duties stand on: an authority with its ground, persons, and a duty."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from fugong.accounts.models import User
from fugong.areas.models import Area, Authority
from fugong.core.actor import Actor
from fugong.core.ids import new_id
from fugong.core.operation import Operation, operation
from fugong.core.tenancy import acting_for
from fugong.duties import operations
from fugong.duties.choices import (
    Call,
    DutyOwner,
    DutySubject,
    RollEntry,
    owed_by_enterprise,
    register_duty_kinds,
)
from fugong.duties.models import Duty

NOON = datetime(2022, 4, 27, 4, tzinfo=UTC)  # 12:00 in China
REPORT, REVIEW = "tests.report", "tests.review"
register_duty_kinds({REPORT: _("Report"), REVIEW: _("Review")})


def new_authority(code: str) -> Authority:
    authority = Authority(
        id=new_id(), code=code, name_zh=code, name_en=code, playbook_id="datong", founded_at=NOON
    )
    with acting_for(authority.id):
        authority.save(force_insert=True)
    return authority


def new_area(authority: Authority, code: str = "park") -> Area:
    with acting_for(authority.id):
        return Area.objects.create(
            authority=authority, kind="park", code=code, name_zh=code, name_en=code, recorded_at=NOON
        )


def new_user(authority: Authority, username: str) -> User:
    with acting_for(authority.id):
        return User.objects.create(
            authority=authority, username=username, name=username.title(), added_at=NOON
        )


def acting(user: User, *permissions: str, **sight: Any) -> Actor:
    return Actor(
        user_id=user.id,
        authority_id=user.authority_id,
        name=user.name,
        permissions=frozenset(permissions),
        **sight,
    )


def subject(number: int = 1) -> DutySubject:
    return DutySubject("enterprise", UUID(int=number), f"Enterprise {number}", f"/enterprises/{number}/")


def writing(actor: Actor, *, now: datetime = NOON) -> AbstractContextManager[Operation]:
    """Another context's operation, as those whose duties these are would run it."""
    return operation("tests.write", actor=actor, now=now)


def owe(actor: Actor, **changed: Any) -> Duty:
    """By default: an enterprise owes its report of the 27th by the evening.

    `escalate_to`: the holders of this permission are called as soon as it is missed.
    """
    about: DutySubject = changed.pop("subject", subject())
    owner: DutyOwner = changed.pop("owner", owed_by_enterprise(about.id))
    now: datetime = changed.pop("now", NOON)
    terms: dict[str, Any] = {
        "kind": REPORT,
        "due_at": NOON + timedelta(hours=6),
        "opened_at": now,
        "period": "2022-04-27",
    }
    upwards: str = changed.pop("escalate_to", "")
    if upwards:
        changed["calls"] = [Call(at=changed.get("due_at", terms["due_at"]), permission=upwards)]
    with writing(actor, now=now) as op:
        op.audit(None, {})
        return operations.owe(subject=about, owner=owner, op=op, **(terms | changed))


def person(number: int) -> UUID:
    return UUID(int=1_000_000 + number)


def roll(actor: Actor, people: Iterable[int], **changed: Any) -> Duty:
    """By default: an enterprise owes the report of these people of the 27th by the evening."""
    about: DutySubject = changed.pop("subject", subject())
    now: datetime = changed.pop("now", NOON)
    terms: dict[str, Any] = {
        "kind": REPORT,
        "owner": owed_by_enterprise(subject().id),
        "due_at": NOON + timedelta(hours=6),
        "opened_at": now,
        "period": "2022-04-27",
        "enterprise_id": subject().id,
    }
    entries = [RollEntry(person(number), f"Person {number}") for number in people]
    with writing(actor, now=now) as op:
        op.audit(None, {})
        return operations.owe_roll(subject=about, entries=entries, op=op, **(terms | changed))


def tick(actor: Actor, number: int, *, at: datetime = NOON, **changed: str) -> bool:
    terms = {"kind": REPORT, "period": "2022-04-27"} | changed
    with writing(actor, now=at) as op:
        op.audit(None, {})
        return operations.tick(subject_id=person(number), at=at, op=op, **terms)
