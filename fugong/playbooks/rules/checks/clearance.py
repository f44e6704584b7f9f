"""The levels in order, no free level for want of a record, and evidence that somebody can record."""

from collections.abc import Iterator
from difflib import get_close_matches

from fugong.playbooks.rules.errors import KeyPath, Problem
from fugong.playbooks.rules.known_evidence import BY_HAND, FILE, evidence_kinds
from fugong.playbooks.rules.known_facts import PERSON, registered_facts
from fugong.playbooks.rules.schema import Policy
from fugong.playbooks.rules.schema.clearance import ClearanceTable, LevelRule

TABLE: KeyPath = ("clearance",)
LEAST, MOST = 3, 5


def check_clearance(policy: Policy, unread: frozenset[KeyPath] = frozenset()) -> Iterator[Problem]:
    """`unread` are the entries the schema refused: an order that lacks one of them is not judged."""
    table = policy.clearance
    if table is None:
        return
    if not any(path[:2] == ("clearance", "levels") for path in unread):
        yield from _levels(table)
        yield from _restricting(table)
    for id_, rule in table.rules.items():
        yield from _lasting((*TABLE, "rules", id_), rule)
    yield from _kinds_known(table)
    if not table.requires and not any(path[:2] == ("clearance", "requires") for path in unread):
        yield Problem(
            (*TABLE, "requires"),
            "asks for nothing: where nothing is on record the free level would never hold",
            f'say what must be on record, such as [clearance.requires.file] with evidence = "{FILE}"',
        )
    yield from _examples(table)


def _levels(table: ClearanceTable) -> Iterator[Problem]:
    path = (*TABLE, "levels")
    if not LEAST <= len(table.levels) <= MOST:
        yield Problem(path, f"has {len(table.levels)} levels", f"write {LEAST} to {MOST}, the free one first")
    seen: dict[str, str] = {}
    for id_, level in table.levels.items():
        if level.colour in seen:
            yield Problem(
                (*path, id_, "colour"),
                f"“{level.colour}” is already the colour of “{seen[level.colour]}”",
                "give each level a colour of its own",
            )
        seen[level.colour] = id_
    free = next(iter(table.levels.values()), None)
    if free is not None and not free.may_work:
        yield Problem(
            (*path, free.id, "may_work"),
            "is the first level, the free one, and does not let the person work",
            "write the levels from the free one to the most restrictive",
        )


def _restricting(table: ClearanceTable) -> Iterator[Problem]:
    free = next(iter(table.levels), None)
    if free is not None and table.unknown == free:
        yield Problem(
            (*TABLE, "unknown"),
            f"“{free}” is the free level: where the record does not say, nobody may be let through",
            "name another level",
        )
    for name, entries in (("rules", table.rules), ("reasons", table.reasons)):
        for id_, entry in entries.items():
            if entry.level == free:
                yield Problem(
                    (*TABLE, name, id_, "level"),
                    f"sets the free level “{free}”, which restricts nobody",
                    "name a more restrictive level; what the free level needs stands in [clearance.requires]",
                )


def _lasting(path: KeyPath, rule: LevelRule) -> Iterator[Problem]:
    said = [rule.days is not None, rule.hours is not None, rule.until_relieved]
    if sum(said) != 1:
        yield Problem(
            path,
            "must say how long it holds by exactly one of days, hours, until_relieved",
            "write days = 14, or hours = 24, or until_relieved = true",
        )


def _kinds_known(table: ClearanceTable) -> Iterator[Problem]:
    for path, kind in _kinds(table):
        if kind not in evidence_kinds() or kind == BY_HAND:
            close = get_close_matches(kind, evidence_kinds(), n=1)
            hint = f"did you mean “{close[0]}”? " if close else ""
            yield Problem(
                path,
                f"“{kind}” is no kind of evidence that is recorded",
                f"{hint}the kinds are: {', '.join(each for each in evidence_kinds() if each != BY_HAND)}",
            )


def _kinds(table: ClearanceTable) -> Iterator[tuple[KeyPath, str]]:
    for id_, rule in table.rules.items():
        path = (*TABLE, "rules", id_)
        yield (*path, "evidence"), rule.evidence
        if rule.relief is not None:
            yield (*path, "relief", "evidence"), rule.relief.evidence
    for id_, asked in table.requires.items():
        yield (*TABLE, "requires", id_, "evidence"), asked.evidence
    for index, example in enumerate(table.examples):
        for place, each in enumerate(example.evidence):
            yield (*TABLE, "examples", index, "evidence", place, "kind"), each.kind


def _examples(table: ClearanceTable) -> Iterator[Problem]:
    schema = registered_facts(PERSON)
    if not table.examples:
        yield Problem(
            (*TABLE, "examples"), "is missing or empty", "write [[clearance.examples]], one for each rule"
        )
    for index, example in enumerate(table.examples):
        for name, complaint in schema.complaints(example.facts).items():
            if name in example.facts:
                yield Problem(
                    (*TABLE, "examples", index, "facts", name),
                    f"the fact “{name}” {complaint}",
                    f"the facts are: {', '.join(sorted(schema.facts))}",
                )
