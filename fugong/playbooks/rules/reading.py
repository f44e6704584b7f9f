"""Reading as much of a file as can be read, so that its author sees all mistakes in one go.

A value of a wrong type is reported and left out, and the rest is read again without it; the checks of the
rules then run on what remains, and keep silent where they could only complain of what was left out.
"""

from collections.abc import Mapping

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from fugong.playbooks.rules.checks import check_policy
from fugong.playbooks.rules.complaints import problem_of, written_location
from fugong.playbooks.rules.errors import KeyPath, Problem
from fugong.playbooks.rules.facts_schema import FactSchema
from fugong.playbooks.rules.schema import Policy


def read_policy(data: Mapping[str, object], schema: FactSchema) -> tuple[Policy | None, list[Problem]]:
    """The policy and no problems, or no policy and every problem of types and of rules."""
    reader = _Reader(data, schema)
    policy = reader.read()
    problems = reader.problems
    if policy is not None:
        left_out = frozenset(reader.left_out)
        found = (_at_original(problem, reader) for problem in check_policy(policy, schema, left_out))
        problems += [problem for problem in found if not _is_about(problem.path, left_out)]
    return (None if problems else policy), problems


def read_types(data: Mapping[str, object], schema: FactSchema) -> tuple[Policy | None, list[Problem]]:
    """The policy if its types are right, whatever the checks of the rules would say."""
    reader = _Reader(data, schema)
    policy = reader.read()
    return (None if reader.problems else policy), reader.problems


class _Reader:
    def __init__(self, data: Mapping[str, object], schema: FactSchema) -> None:
        self._data = data
        self._context = {"facts": schema}
        self.left_out: set[KeyPath] = set()
        self.problems: list[Problem] = []

    def read(self) -> Policy | None:
        """Each round leaves more out, so it ends: with a policy, or with nothing left to read."""
        while True:
            try:
                return Policy.model_validate(without(self._data, self.left_out), context=self._context)
            except ValidationError as error:
                more = {self._leave_out(details) for details in error.errors(include_url=False)}
            if () in more or more <= self.left_out:
                return None
            self.left_out |= more

    def _leave_out(self, details: ErrorDetails) -> KeyPath:
        """Notes the complaint, unless it misses what was left out before; returns what to leave out."""
        path = self.original(written_location(details["loc"]))
        caused_by_us = any(gone[: len(path)] == path for gone in self.left_out)
        if not caused_by_us:
            self.problems.append(problem_of(details, path, Policy))
        return path[:-1] if details["type"] == "missing" or caused_by_us else path

    def original(self, path: KeyPath) -> KeyPath:
        """The path as it is written in the file: indexes count the elements left out before them."""
        written: KeyPath = ()
        for part in path:
            written = (*written, self._original_index(written, part) if isinstance(part, int) else part)
        return written

    def _original_index(self, table: KeyPath, index: int) -> int:
        gone = [path[-1] for path in self.left_out if path[:-1] == table]
        for each in sorted(each for each in gone if isinstance(each, int)):
            index += each <= index
        return index


def without(value: object, left_out: set[KeyPath], path: KeyPath = ()) -> object:
    """A copy with lists as tuples, and without what stands at these paths."""
    if isinstance(value, Mapping):
        return {
            key: without(item, left_out, (*path, key))
            for key, item in value.items()
            if (*path, key) not in left_out
        }
    if isinstance(value, list):
        return tuple(
            without(item, left_out, (*path, index))
            for index, item in enumerate(value)
            if (*path, index) not in left_out
        )
    return value


def _at_original(problem: Problem, reader: _Reader) -> Problem:
    return Problem(reader.original(problem.path), problem.message, problem.remedy)


def _is_about(path: KeyPath, left_out: frozenset[KeyPath]) -> bool:
    """Whether a finding concerns the very table something was left out of, or a key beside it."""
    return any(
        path[: len(gone) - 1] == gone[:-1] and len(path) <= len(gone) for gone in left_out if len(gone) > 1
    )
