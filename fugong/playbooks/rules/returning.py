"""May this person come back from there? What a rule of origin says, or what has to be asked first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from fugong.playbooks.choices import ApartAt, ConditionKind, ExpectedReturn, LodgingKind, ReturnDecision
from fugong.playbooks.rules.in_force import applies, area_of, in_force
from fugong.playbooks.rules.schema import Policy
from fugong.playbooks.rules.schema.origins import OriginRule, ReturnCondition

Facts = Mapping[str, object]
TELLING = ("home_region", "home_province", "home_city", "stayed_in")
"""The facts about origin: empty, they mean that nobody has said it, never that it is harmless."""


@dataclass(frozen=True, slots=True)
class Apart:
    """How long, and where, somebody is kept apart."""

    days: int
    place: ApartAt


@dataclass(frozen=True, slots=True)
class ReturnAnswer:
    """`rule` is the one that decided, or that would have; `unknown` are the facts to be asked for.

    `conditions` of an answer “not yet” are what is done with somebody who came nevertheless.
    """

    outcome: ExpectedReturn
    rule: OriginRule | None = None
    unknown: tuple[str, ...] = ()
    conditions: tuple[ReturnCondition, ...] = ()


def answer_for(policy: Policy, prepared: Facts, on: date) -> ReturnAnswer:
    """`prepared` are facts of a person, from FactSchema.prepared; `on` is the day of arrival.

    A rule that holds back does so at once. One that allows does so only when nothing about origin that any
    rule in force asks for is unknown: where nothing is known, the answer is a question.
    """
    rules = [rule for rule in policy.origins.by_rank() if in_force(policy, rule, on, area_of(prepared))]
    taken = next((rule for rule in rules if applies(rule.when, prepared)), None)
    if taken is not None and taken.decision is ReturnDecision.NOT_YET:
        return ReturnAnswer(ExpectedReturn.NOT_YET, taken, conditions=_named(policy, taken.if_returned))
    unknown = _unknown(rules, prepared)
    if taken is None or unknown:
        return ReturnAnswer(ExpectedReturn.ASK, taken, unknown)
    return ReturnAnswer(
        ExpectedReturn(taken.decision.value), taken, conditions=_named(policy, taken.conditions)
    )


def apart_of(policy: Policy, answer: ReturnAnswer, lodging: LodgingKind) -> Apart | None:
    """The longest separation that the answer asks for. A central place where the playbook names none."""
    asked = [each for each in answer.conditions if each.kind is ConditionKind.SEPARATION and each.days]
    longest = max(asked, key=lambda each: each.days or 0, default=None)
    if longest is None or longest.days is None:
        return None
    place = longest.place or ApartAt.BY_LODGING
    if place is ApartAt.BY_LODGING:
        place = policy.origins.places.of(lodging) or ApartAt.CENTRAL
    return Apart(longest.days, place)


def _named(policy: Policy, ids: tuple[str, ...]) -> tuple[ReturnCondition, ...]:
    return tuple(policy.origins.conditions[id_] for id_ in ids)


def _unknown(rules: list[OriginRule], prepared: Facts) -> tuple[str, ...]:
    asked = frozenset().union(*(rule.when.names for rule in rules if rule.when is not None))
    return tuple(name for name in TELLING if name in asked and not prepared.get(name))
