"""Who answers for which enterprise, held against what the playbook in force asks for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import Any, Final, Protocol

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Value
from django.db.models.functions import JSONObject
from django.db.models.lookups import Exact
from django.utils.translation import get_language

from fugong.accounts import queries as accounts
from fugong.accounts.choices import ENTERPRISE
from fugong.core.actor import Actor
from fugong.core.bilingual import in_language
from fugong.core.refusals import NotFound
from fugong.enterprises.models import Enterprise
from fugong.enterprises.models.enterprises import EnterpriseQuerySet
from fugong.enterprises.queries.enterprises import facts_of, list_enterprises
from fugong.playbooks import queries as playbooks
from fugong.playbooks.facts import Assignment, Playbook

# Conditions are written for applicants, so they may ask what one applies for. Answering for an enterprise
# does not hang on an application: it is asked as for the ordinary one.
ORDINARY: Final = {"purpose": "resume"}


# What a playbook calls a fact of `facts_of`, and the column that it comes from.
COLUMNS: Final = {
    "kind": "kind",
    "size_class": "size_class",
    "industry": "industry",
    "head_count": "normal_staff",
    "tags": "tags",
    "park": "area__code",
}


class Holder(Protocol):
    """Somebody answering for an enterprise, as `accounts` keeps it or as `Held`."""

    @property
    def kind(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Held:
    """One who answers for an enterprise, as far as a list shows it."""

    kind: str
    name_zh: str
    name_en: str
    person: str

    @property
    def kind_name(self) -> str:
        return in_language(self.name_zh, self.name_en)


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
        key = tuple(str(facts[name]) for name in self.names)
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
    def names(self) -> tuple[str, ...]:
        """The facts that can make a difference: what no condition asks for need not be told apart."""
        if self._playbook is None:
            return ()
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
    """The enterprises in the park that the actor sees, and which of them are amiss, asked of the database:
    no enterprise is read for it. Each row has its `holders`.
    """

    rows: EnterpriseQuerySet
    missing: Q
    several: Q
    held: QuerySet[Any]

    def count(self) -> dict[str, int]:
        """How many there are in all (`present`), with something `missing`, with `several` of a kind."""
        return self.rows.order_by().aggregate(
            present=Count("pk"),
            missing=Count("pk", filter=self.missing),
            several=Count("pk", filter=self.several),
        )

    def held_by(self, user_ids: Collection[str]) -> Exists:
        """Holds of those for which one of these people answers."""
        return Exists(self.held.filter(subject_id=OuterRef("pk"), user_id__in=user_ids))


def coverage(actor: Actor, rules: Rules, *, on: date) -> Coverage:
    """One statement, which gives one enterprise of each combination of facts; the rest is for the caller."""
    held = accounts.answering(ENTERPRISE, on=on, actor=actor)
    present = list_enterprises(actor).present()
    return Coverage(
        rows=present.annotate(holders=_holders(held)),
        missing=_missing(present, rules, held),
        several=_several(rules, held),
        held=held,
    )


def holders_of(enterprise: Enterprise) -> list[Held]:
    """Of a row of `Coverage.rows`."""
    return [Held(**each) for each in enterprise.holders]  # type: ignore[attr-defined]


def _holders(held: QuerySet[Any]) -> ArraySubquery:
    own = held.filter(subject_id=OuterRef("pk")).order_by("kind", "user__username")
    named = JSONObject(kind="kind", name_zh="kind_name_zh", name_en="kind_name_en", person="user__name")
    return ArraySubquery(own.values(holder=named))


def _missing(present: EnterpriseQuerySet, rules: Rules, held: QuerySet[Any]) -> Q:
    """Somebody must hold a kind, and nobody does."""
    wanted = Q(pk__in=())
    for kind, asking in _asking(present, rules).items():
        wanted |= asking & ~Q(pk__in=held.filter(kind=kind).values("subject_id"))
    return wanted


def _several(rules: Rules, held: QuerySet[Any]) -> Q:
    known = held.filter(kind__in=[kind.key for kind in rules.kinds])
    counted = known.values("subject_id", "kind").annotate(number=Count("pk"))
    doubled = Q(pk__in=counted.filter(number__gt=1).values("subject_id"))
    # As a value, PostgreSQL counts once and looks up. As a condition it becomes a join, and with statistics
    # from before the register grew it counted again for every row: 76 seconds instead of 0.1.
    return Q(Exact(ExpressionWrapper(doubled, output_field=BooleanField()), Value(True)))


def _asking(present: EnterpriseQuerySet, rules: Rules) -> dict[str, Q]:
    """For each kind that somebody must hold: the enterprises of which the playbook asks it. Alike ones are
    judged once, so this costs by how many combinations of facts there are, not by how many enterprises.
    """
    asking: dict[str, Q] = {}
    for sample, alike in _samples(present, rules):
        for kind in rules.asked_of(sample):
            if kind.is_required:
                asking[kind.key] = asking.get(kind.key, Q(pk__in=())) | alike
    return asking


def _samples(present: EnterpriseQuerySet, rules: Rules) -> Iterator[tuple[Enterprise, Q]]:
    """One enterprise of each combination of the facts that can make a difference, and which are like it."""
    columns = [COLUMNS[name] for name in rules.names if name in COLUMNS]
    if not columns:
        return
    rows = present.select_related(None).select_related("area").only(*COLUMNS.values())
    for row in rows.order_by(*columns).distinct(*columns):
        yield row, Q(**{column: attrgetter(column.replace("__", "."))(row) for column in columns})
