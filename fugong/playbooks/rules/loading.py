"""From TOML to a typed playbook, or to all that is wrong with it, each with file, line and key."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from fugong.playbooks.rules.errors import PlaybookError, PlaybookInvalid, Problem, written_path
from fugong.playbooks.rules.examples import run_examples, run_origin_examples
from fugong.playbooks.rules.facts_schema import FactSchema
from fugong.playbooks.rules.known_facts import registered_facts
from fugong.playbooks.rules.playbook import Playbook
from fugong.playbooks.rules.positions import Positions, lines_before, positions
from fugong.playbooks.rules.reading import read_policy, read_types

_AT = re.compile(r"\s*\(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")
_TWICE = ("Cannot overwrite", "Cannot declare", "Cannot mutate", "Duplicate inline table key")
MAX_BYTES = 2_000_000


def load_playbook(source: Path | str, name: str = "", *, facts: FactSchema | None = None) -> Playbook:
    """A path is read, a text is taken as it is; `name` is the file name the messages speak of.

    Raises PlaybookInvalid with every error found, in the order of the lines. Without `facts`, those
    registered for applications are used.
    """
    schema = facts or registered_facts()
    name = name or (source.name if isinstance(source, Path) else "playbook.toml")
    text = _read(source, name)
    draft = _Draft(name, _parsed(text, name), positions(text))
    policy, problems = read_policy(draft.data, schema)
    if policy is None:
        raise draft.invalid(problems)
    playbook = Playbook(policy, text, name, schema)
    failed = [*run_examples(playbook), *run_origin_examples(playbook)]
    if failed:
        raise draft.invalid(failed)
    return playbook


def load_stored(text: str, name: str, *, facts: FactSchema | None = None) -> Playbook:
    """A text that was checked when it was put in force, read without being judged again.

    A later Fugong may check more strictly; that must never make the law of an old decision unreadable.
    """
    schema = facts or registered_facts()
    draft = _Draft(name, _parsed(text, name), positions(text))
    policy, problems = read_types(draft.data, schema)
    if policy is None:
        raise draft.invalid(problems)
    return Playbook(policy, text, name, schema)


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


def decoded(content: bytes, name: str) -> str:
    """The bytes of a file as text, with one ending of lines whatever the system.

    Raises PlaybookInvalid for too many of them, or for another encoding than UTF-8.
    """
    if len(content) > MAX_BYTES:
        raise _single(
            name, 1, f"is larger than {MAX_BYTES} bytes", "a playbook is a text of some hundred lines"
        )
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise _single(name, line, "is not UTF-8 text", "save the file as UTF-8") from error


def _read(source: Path | str, name: str) -> str:
    if isinstance(source, str):
        return source
    try:
        with source.open("rb") as file:
            return decoded(file.read(MAX_BYTES + 1), name)
    except OSError as error:
        raise _single(
            name, 1, f"cannot be read: {error.strerror}", "check the path and its permissions"
        ) from error


def _parsed(text: str, name: str) -> Mapping[str, object]:
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise _syntax_error(str(error), text, name) from error
    except RecursionError as error:
        raise _single(name, 1, "is nested too deeply", "no list or table of a playbook needs that") from error


def _syntax_error(message: str, text: str, name: str) -> PlaybookInvalid:
    found = _AT.search(message)
    line = int(found["line"]) if found and found["line"] else text.count("\n") + 1
    said = _AT.sub("", message)
    if found and found["line"] and said.startswith(_TWICE):
        earlier = lines_before(text, line, int(found["column"]))
        if earlier is not None:
            path, first = earlier
            error = PlaybookError(
                name, line, written_path(path), f"is written twice, first on line {first}", "keep one of them"
            )
            return PlaybookInvalid([error])
    return _single(name, line, f"is not TOML: {said}", "correct the line; see https://toml.io")


def _single(name: str, line: int, message: str, remedy: str) -> PlaybookInvalid:
    return PlaybookInvalid([PlaybookError(name, line, "", message, remedy)])
