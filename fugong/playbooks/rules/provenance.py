"""Where each value of a playbook comes from: its own word, its table's, or that of the table around it."""

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel

from fugong.playbooks.choices import Origin, Standing
from fugong.playbooks.rules.errors import KeyPath
from fugong.playbooks.rules.schema import Policy, Sourced, parts_of
from fugong.playbooks.rules.schema.sources import Source
from fugong.playbooks.rules.text import Text

_ABOUT_ORIGIN = frozenset({"origin", "ref", "why", "origin_of"})


@dataclass(frozen=True, slots=True)
class Provenance:
    origin: Origin
    ref: tuple[str, ...]
    why: Text | None


class Origins:
    """The origins of one policy, looked up by path: `("routes", "above_size", "clock")`."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._stated: dict[KeyPath, Provenance] = {}
        for path, part in parts_of(policy):
            if isinstance(part, Sourced):
                self._keep(path, part)

    def _keep(self, path: KeyPath, part: Sourced) -> None:
        if part.origin is not None:
            self._stated[path] = Provenance(part.origin, part.ref, part.why)
        for key, own in part.origin_of.items():
            self._stated[*path, key] = Provenance(own.origin, own.ref, own.why)

    def of(self, path: KeyPath) -> Provenance | None:
        for end in range(len(path), 0, -1):
            if path[:end] in self._stated:
                return self._stated[path[:end]]
        return None

    def all_values(self) -> Iterator[tuple[KeyPath, object, Provenance | None]]:
        """Every value of a rule as written, with its origin. Sources and examples are no rules."""
        for path, part in parts_of(self._policy):
            if not path or _is_no_rule(path, part):
                continue
            for name in type(part).model_fields:
                value = getattr(part, name)
                if name in part.model_fields_set and name not in _ABOUT_ORIGIN:
                    for where, each in _values((*path, name), value):
                        yield where, each, self.of(where)


def _is_no_rule(path: KeyPath, part: BaseModel) -> bool:
    about_itself = path[0] == "sources" or "examples" in path[:3]
    return about_itself or isinstance(part, Text) or any(each in _ABOUT_ORIGIN for each in path)


def _values(path: KeyPath, value: object) -> Iterator[tuple[KeyPath, object]]:
    """The value itself, or one by one those of a table that maps words to values."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _values((*path, key), each)
    elif not _holds_parts(value):
        yield path, value


def _holds_parts(value: object) -> bool:
    if isinstance(value, tuple):
        return any(isinstance(item, BaseModel) and not isinstance(item, Text) for item in value)
    return isinstance(value, BaseModel) and not isinstance(value, Text)


def known_references(policy: Policy) -> dict[str, Standing]:
    """All ids a `ref` may name, with the standing of the document behind each."""
    known: dict[str, Standing] = {}
    for id_, source in policy.sources.items():
        known[id_] = source.standing
        for clause in source.clauses:
            known.setdefault(clause, source.standing)
    return known


def source_of(policy: Policy, reference: str) -> Source | None:
    """The document a reference leads to, whether it names the document or one of its clauses."""
    for id_, source in policy.sources.items():
        if reference == id_ or reference in source.clauses:
            return source
    return None
