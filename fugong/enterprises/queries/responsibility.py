"""Who answers for which enterprise, held against what the playbook in force asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final, Protocol
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import get_language

from fugong.accounts import queries as accounts
from fugong.accounts.choices import ENTERPRISE
from fugong.core.actor import Actor
from fugong.core.refusals import NotFound
from fugong.enterprises.models import Enterprise
from fugong.enterprises.queries.enterprises import facts_of, list_enterprises
from fugong.playbooks import queries as playbooks
from fugong.playbooks.facts import Assignment, Playbook

# Conditions are written for applicants, so they may ask what one applies for. Answering for an enterprise
# does not hang on an application: it is asked as for the ordinary one.
ORDINARY: Final = {"purpose": "resume"}


class Holder(Protocol):
    """Somebody answering for an enterprise, as `accounts` keeps it."""

    kind: Any
    user: Any
    user_id: Any

    @property
    def kind_name(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Asked:
    """One kind of responsibility that the playbook asks for. A gap in one that is not required is none."""

    key: str
    label: str
    name_zh: str
    name_en: str
    is_required: bool
    doubles_count: bool


@dataclass(frozen=True, slots=True)
class Cover:
    """Of one enterprise: the kinds that nobody holds though somebody must, and those that several hold."""

    missing: tuple[Asked, ...]
    several: tuple[Asked, ...]


class Rules:
    """The assignments of one playbook, asked for many enterprises: alike ones are judged once."""

    def __init__(self, playbook: Playbook | None, on: date) -> None:
        self._playbook = playbook
        self._on = on
        self._judged: dict[tuple[object, ...], tuple[Asked, ...]] = {}

    @property
    def is_known(self) -> bool:
        return self._playbook is not None

    @cached_property
    def kinds(self) -> tuple[Asked, ...]:
        """Every kind the playbook knows, in its order."""
        return tuple(map(_asked, self._playbook.policy.assignments.values())) if self._playbook else ()

    def asked_of(self, enterprise: Enterprise) -> tuple[Asked, ...]:
        """The kinds that apply to this enterprise."""
        if self._playbook is None:
            return ()
        facts = {**ORDINARY, **facts_of(enterprise)}
        key = tuple(str(facts[name]) for name in self._names)
        if key not in self._judged:
            found = self._playbook.assignments_for(facts, self._on)
            self._judged[key] = tuple(map(_asked, found))
        return self._judged[key]

    def cover(self, enterprise: Enterprise, holders: Iterable[Holder]) -> Cover:
        numbers: dict[str, int] = {}
        for holder in holders:
            numbers[holder.kind] = numbers.get(holder.kind, 0) + 1
        asked = self.asked_of(enterprise)
        return Cover(
            missing=tuple(kind for kind in asked if kind.is_required and kind.key not in numbers),
            several=tuple(kind for kind in self.kinds if numbers.get(kind.key, 0) > 1),
        )

    @cached_property
    def _names(self) -> tuple[str, ...]:
        """The facts that can make a difference: what no condition asks for need not be told apart."""
        assert self._playbook is not None
        rules = self._playbook.policy.assignments.values()
        asked = {name for rule in rules if rule.when is not None for name in rule.when.names}
        return tuple(sorted(asked | {"kind", "park"}))


def rules_on(on: date) -> Rules:
    """What the playbook in force on that day asks for; nothing where none is in force."""
    try:
        playbook = playbooks.get_in_force(on).playbook
    except NotFound:
        playbook = None
    return Rules(playbook, on)


def _asked(rule: Assignment) -> Asked:
    return Asked(
        key=rule.id,
        label=rule.name.in_language(get_language() or "zh-hans"),
        name_zh=rule.name.zh,
        name_en=rule.name.en,
        is_required=rule.gap_counts,
        doubles_count=rule.double_cover_counts,
    )


@dataclass(frozen=True)
class Coverage:
    """The enterprises in the park that the actor sees, who answers for each now, and what is amiss."""

    covers: Mapping[UUID, Cover]
    held: Mapping[UUID, Sequence[Holder]]

    @cached_property
    def missing(self) -> frozenset[UUID]:
        return frozenset(key for key, cover in self.covers.items() if cover.missing)

    @cached_property
    def several(self) -> frozenset[UUID]:
        return frozenset(key for key, cover in self.covers.items() if cover.several)


def coverage(actor: Actor, rules: Rules, *, on: date) -> Coverage:
    """Reads every enterprise the actor sees once, and every assignment in force: two statements."""
    rows = list(_slim(actor))
    held = accounts.names_answering(ENTERPRISE, [row.id for row in rows], on=on, actor=actor)
    return Coverage({row.id: rules.cover(row, held.get(row.id, ())) for row in rows}, held)


def _slim(actor: Actor) -> QuerySet[Enterprise]:
    """Only what conditions may ask for: a name or an address of thousands is not carried about."""
    columns = ("kind", "size_class", "industry", "normal_staff", "tags", "area__code")
    present = list_enterprises(actor).present()
    return present.select_related(None).select_related("area").only(*columns).order_by()
