"""From TOML to a typed playbook, or to all that is wrong with it, each with file, line and key."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from pydantic import ValidationError

from fugong.playbooks.rules.checks import check_policy
from fugong.playbooks.rules.complaints import problem_of
from fugong.playbooks.rules.errors import KeyPath, PlaybookError, PlaybookInvalid, Problem, written_path
from fugong.playbooks.rules.examples import run_examples
from fugong.playbooks.rules.facts_schema import FactSchema
from fugong.playbooks.rules.known_facts import registered_facts
from fugong.playbooks.rules.playbook import Playbook
from fugong.playbooks.rules.positions import Positions, positions
from fugong.playbooks.rules.schema import Policy

_AT_LINE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$")
_MAX_BYTES = 2_000_000


def load_playbook(source: Path | str, name: str = "", *, facts: FactSchema | None = None) -> Playbook:
    """A path is read, a text is taken as it is; `name` is the file name the messages speak of.

    Raises PlaybookInvalid with every error found, in the order of the lines. Without `facts`, those registered for
    applications are used.
    """
    schema = facts or registered_facts()
    name = name or (source.name if isinstance(source, Path) else "playbook.toml")
    text = _read(source, name)
    draft = _Draft(name, _parsed(text, name), positions(text))
    policy, problems = _validated(draft, schema)
    if problems:
        raise draft.invalid(problems)
    assert policy is not None
    playbook = Playbook(policy, text, name, schema)
    failed = list(run_examples(playbook))
    if failed:
        raise draft.invalid(failed)
    return playbook


@dataclass(frozen=True)
class _Draft:
    name: str
    data: Mapping[str, object]
    positions: Positions

    def invalid(self, problems: Iterable[Problem]) -> PlaybookInvalid:
        return PlaybookInvalid(self._error(problem) for problem in problems)

    def _error(self, problem: Problem) -> PlaybookError:
        line = self.positions.line_of(problem.path)
        return PlaybookError(self.name, line, written_path(problem.path), problem.message, problem.remedy)


def _read(source: Path | str, name: str) -> str:
    if isinstance(source, str):
        return source
    try:
        if source.stat().st_size > _MAX_BYTES:
            raise _single(
                name, 1, f"is larger than {_MAX_BYTES} bytes", "a playbook is a text of some hundred lines"
            )
        return source.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = source.read_bytes()[: error.start].count(b"\n") + 1
        raise _single(name, line, "is not UTF-8 text", "save the file as UTF-8") from error
    except OSError as error:
        raise _single(
            name, 1, f"cannot be read: {error.strerror}", "check the path and its permissions"
        ) from error


def _parsed(text: str, name: str) -> Mapping[str, object]:
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        found = _AT_LINE.search(str(error))
        last = text.count("\n") + 1
        line = int(found.group(1)) if found and found.group(1) else last
        message = f"is not TOML: {_AT_LINE.sub('', str(error))}"
        raise _single(name, line, message, "correct the line; see https://toml.io") from error


def _single(name: str, line: int, message: str, remedy: str) -> PlaybookInvalid:
    return PlaybookInvalid([PlaybookError(name, line, "", message, remedy)])


def _validated(draft: _Draft, schema: FactSchema) -> tuple[Policy | None, list[Problem]]:
    """The policy, or every problem of types and of rules at once.

    Entries with a wrong type are left out and the rest is checked all the same, so that an author sees everything in
    one go instead of one layer after the other.
    """
    context = {"facts": schema}
    data = _with_tuples(draft.data)
    assert isinstance(data, dict)
    problems: list[Problem] = []
    unread: set[KeyPath] = set()
    policy: Policy | None = None
    while policy is None:
        try:
            policy = Policy.model_validate(data, context=context)
        except ValidationError as error:
            found = error.errors(include_url=False)
            problems += [problem_of(details, Policy) for details in found]
            left_out = {_entry(details["loc"]) for details in found}
            if left_out <= unread or any(len(path) < 2 for path in left_out):
                return None, problems
            unread |= left_out
            data = _without(data, left_out)
    problems += check_policy(policy, schema, frozenset(unread))
    return (policy if not problems else None), problems


def _with_tuples(value: object) -> object:
    if isinstance(value, dict):
        return {key: _with_tuples(item) for key, item in value.items()}
    if isinstance(value, list):
        return tuple(_with_tuples(item) for item in value)
    return value


_NESTED_TABLES = ("organisation", "enterprise_plan")


def _entry(location: KeyPath) -> KeyPath:
    """The entry a complaint is about: `("routes", "above_size")`, or one level deeper in a nested table."""
    depth = 3 if location and location[0] in _NESTED_TABLES else 2
    return tuple(location[:depth])


def _without(data: dict[str, object], left_out: set[KeyPath]) -> dict[str, object]:
    return {
        key: _item_without(value, {path[1:] for path in left_out if path[0] == key and len(path) > 1})
        for key, value in data.items()
    }


def _item_without(value: object, left_out: set[KeyPath]) -> object:
    gone = {path[0] for path in left_out if len(path) == 1}
    if isinstance(value, dict):
        deeper = {path for path in left_out if len(path) > 1}
        kept = {key: item for key, item in value.items() if key not in gone}
        return _without(kept, deeper) if deeper else kept
    if isinstance(value, tuple):
        return tuple(item for index, item in enumerate(value) if index not in gone)
    return value
