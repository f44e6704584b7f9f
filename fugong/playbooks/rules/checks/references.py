"""Every entry named exists."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from pydantic import BaseModel

from fugong.playbooks.rules.errors import KeyPath, Problem
from fugong.playbooks.rules.schema import Part, Policy, parts_of
from fugong.playbooks.rules.schema.parts import RefTo


def check_references(policy: Policy, unread: frozenset[KeyPath]) -> Iterator[Problem]:
    """`unread` are the entries the schema refused: naming one of them is not a second mistake."""
    for path, part in parts_of(policy):
        for field, reference in _marked_fields(part):
            named = getattr(part, field)
            known = {id_ for table in reference.tables for id_ in _ids(policy, table, unread)}
            for index, id_ in _each(named):
                if id_ not in known:
                    yield _missing((*path, field, *index), id_, reference, known)


def check_trees(policy: Policy) -> Iterator[Problem]:
    """Bodies and areas lie within others, and none within itself."""
    bodies = {id_: body.part_of for id_, body in policy.organisation.bodies.items()}
    areas = {id_: area.within for id_, area in policy.areas.items()}
    yield from _no_loop(("organisation", "bodies"), "part_of", bodies)
    yield from _no_loop(("areas",), "within", areas)


def _no_loop(table: KeyPath, key: str, parents: Mapping[str, str | None]) -> Iterator[Problem]:
    for id_ in parents:
        if id_ in _above(id_, parents):
            yield Problem((*table, id_, key), f"“{id_}” lies within itself", "name what it really belongs to")


def _above(id_: str, parents: Mapping[str, str | None]) -> set[str]:
    above: set[str] = set()
    parent = parents.get(id_)
    while parent is not None and parent not in above:
        above.add(parent)
        parent = parents.get(parent)
    return above


def _marked_fields(part: BaseModel) -> Iterator[tuple[str, RefTo]]:
    for name, field in type(part).model_fields.items():
        for mark in field.metadata:
            if isinstance(mark, RefTo):
                yield name, mark


def _each(named: object) -> Iterator[tuple[KeyPath, str]]:
    if isinstance(named, str):
        yield (), named
    elif isinstance(named, tuple):
        yield from (((index,), id_) for index, id_ in enumerate(named))


def _ids(policy: Policy, table: str, unread: frozenset[KeyPath]) -> set[str]:
    value: object = policy
    for name in table.split("."):
        value = getattr(value, name) if isinstance(value, Part) else None
    entries = set(value) if isinstance(value, Mapping) else set()
    way = tuple(table.split("."))
    return entries | {str(path[-1]) for path in unread if path[:-1] == way}


def _missing(path: KeyPath, id_: str, reference: RefTo, known: set[str]) -> Problem:
    close = get_close_matches(id_, known, n=1)
    hint = f"did you mean “{close[0]}”? " if close else ""
    tables = " or ".join(f"[{table}]" for table in reference.tables)
    return Problem(path, f"“{id_}” is not in {tables}", f"{hint}{reference.remedy}")
