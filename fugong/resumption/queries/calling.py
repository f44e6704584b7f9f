"""Whom the playbook calls when an opinion or a visit is not given in time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from fugong.duties.choices import LEAD, Call
from fugong.playbooks.choices import BodyKind
from fugong.resumption.choices import REVIEW_HEADQUARTERS
from fugong.resumption.permissions import permission_of
from fugong.resumption.queries.terms import Terms

_LEADERSHIP = {BodyKind.AUTHORITY, BodyKind.HIGHER_AUTHORITY}


@dataclass(frozen=True, slots=True)
class Urging:
    """What a clock sets going for a duty: when its owner is reminded, and whom silence calls afterwards."""

    calls: Sequence[Call] = ()
    remind_at: Sequence[datetime] = ()


def urging_of(terms: Terms, clock: str, *, due_at: datetime, enterprise_id: UUID) -> Urging:
    calls = calls_of(terms, clock, due_at=due_at, enterprise_id=enterprise_id)
    return Urging(calls, terms.playbook.warned_before(due_at, clock))


def calls_of(terms: Terms, clock: str, *, due_at: datetime, enterprise_id: UUID) -> list[Call]:
    """The steps of this clock after the deadline it has set, for a duty about the enterprise."""
    return [
        Call(
            at=each.at,
            permission=_permission(each.body),
            name_zh=each.name.zh,
            name_en=each.name.en,
            posts=each.posts,
            enterprise_id=enterprise_id if each.posts else None,
        )
        for each in terms.playbook.called_after(due_at, clock)
    ]


def _permission(body: BodyKind | None) -> str:
    """The leadership is called as such: the people of the level below would hear nothing new. A post without
    a body answers to the headquarters.
    """
    if body is None:
        return REVIEW_HEADQUARTERS
    return LEAD if body in _LEADERSHIP else permission_of(body)
