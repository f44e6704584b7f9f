"""Rules about origin: each can be reached, and says what it must say."""

from collections.abc import Iterator

from fugong.playbooks.choices import ApartAt, ConditionKind, LodgingKind, ReturnDecision
from fugong.playbooks.rules.checks.periods import overlap
from fugong.playbooks.rules.errors import KeyPath, Problem
from fugong.playbooks.rules.known_facts import PERSON, registered_facts
from fugong.playbooks.rules.schema import Policy
from fugong.playbooks.rules.schema.origins import OriginRule, ReturnCondition

_WHEN_GIVEN = {
    ReturnDecision.MAY_RETURN: "conditions",
    ReturnDecision.NOT_YET: "conditions",
    ReturnDecision.WITH_CONDITIONS: "if_returned",
}


def check_returning(policy: Policy, unread: frozenset[KeyPath]) -> Iterator[Problem]:
    for id_, condition in policy.origins.conditions.items():
        yield from _separation_is_whole(("origins", "conditions", id_), condition, policy)
    for id_, rule in policy.origins.rules.items():
        yield from _says_what_it_must(("origins", "rules", id_), rule, policy, unread)
    yield from _places_are_places(policy)
    yield from _ranks_apart(policy)
    yield from _none_is_hidden(policy, unread)
    yield from _examples_can_be_tried(policy)


def _separation_is_whole(path: KeyPath, condition: ReturnCondition, policy: Policy) -> Iterator[Problem]:
    is_separation = condition.kind is ConditionKind.SEPARATION
    for key in ("days", "place"):
        if (getattr(condition, key) is not None) is not is_separation:
            message = "a separation needs it" if is_separation else "belongs to a separation only"
            remedy = f"write {key}" if is_separation else f"remove {key}, or write kind = “separation”"
            yield Problem((*path, key), message, remedy)
    if condition.place is ApartAt.BY_LODGING:
        lacking = [each.value for each in LodgingKind if policy.origins.places.of(each) is None]
        if lacking:
            yield Problem(
                (*path, "place"),
                f"follows the lodging, but [origins.places] does not say {', '.join(lacking)}",
                "write [origins.places] with home, dormitory and other",
            )


def _says_what_it_must(
    path: KeyPath, rule: OriginRule, policy: Policy, unread: frozenset[KeyPath]
) -> Iterator[Problem]:
    if rule.decision is ReturnDecision.WITH_CONDITIONS and not rule.conditions and path not in unread:
        yield Problem((*path, "conditions"), "names no condition", "name them, or write may_return")
    other = _WHEN_GIVEN[rule.decision]
    if getattr(rule, other):
        yield Problem(
            (*path, other),
            f"does not go with “{rule.decision}”",
            f"remove {other}, or write another decision",
        )
    if rule.decision is ReturnDecision.MAY_RETURN and rule.if_returned:
        yield Problem((*path, "if_returned"), "somebody who may return needs no such measure", "remove it")


def _places_are_places(policy: Policy) -> Iterator[Problem]:
    for lodging in LodgingKind:
        if policy.origins.places.of(lodging) is ApartAt.BY_LODGING:
            path: KeyPath = ("origins", "places", lodging.value)
            yield Problem(path, "names no place", "write home, enterprise or central")


def _ranks_apart(policy: Policy) -> Iterator[Problem]:
    seen: list[OriginRule] = []
    for id_, rule in policy.origins.rules.items():
        for other in seen:
            days = (rule.in_force_from, rule.in_force_to), (other.in_force_from, other.in_force_to)
            if other.rank == rule.rank and overlap(*days):
                yield Problem(
                    ("origins", "rules", id_, "rank"),
                    f"rank {rule.rank} is already that of “{other.id}”, in force on the same days",
                    "give each rule a rank of its own",
                )
        seen.append(rule)


def _none_is_hidden(policy: Policy, unread: frozenset[KeyPath]) -> Iterator[Problem]:
    for_all: OriginRule | None = None
    for rule in policy.origins.by_rank():
        path: KeyPath = ("origins", "rules", rule.id)
        if for_all is not None:
            yield Problem(
                path,
                f"is never reached: “{for_all.id}” before it is for everybody",
                "give it a smaller rank, or give that rule a condition",
            )
        elif _is_for_everybody(rule) and (*path, "when") not in unread:
            for_all = rule


def _is_for_everybody(rule: OriginRule) -> bool:
    return not (rule.when or rule.regimes or rule.in_force_from or rule.in_force_to)


def _examples_can_be_tried(policy: Policy) -> Iterator[Problem]:
    origins = policy.origins
    if origins.rules and not origins.examples:
        yield Problem(
            ("origins", "examples"), "is missing or empty", "write [[origins.examples]] to try the rules on"
        )
    if not origins.examples:
        return
    schema = registered_facts(PERSON)
    for index, example in enumerate(origins.examples):
        for name, complaint in schema.complaints({**schema.unsaid(), **example.person}).items():
            yield Problem(
                ("origins", "examples", index, "person", name),
                f"the fact “{name}” {complaint}",
                f"the facts are: {', '.join(sorted(schema.facts))}",
            )
