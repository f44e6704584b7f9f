"""`fugong playbook`: list, show and check playbooks, and print their JSON Schema. Needs no database."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from fugong.people.facts import PERSON_FACTS
from fugong.playbooks.facts import Playbook
from fugong.playbooks.rules.errors import PlaybookError
from fugong.playbooks.rules.json_schema import json_schema
from fugong.playbooks.rules.library import LIBRARY, load_all
from fugong.playbooks.rules.outline import outline
from fugong.resumption.facts import APPLICANT

KNOWN = (APPLICANT, PERSON_FACTS)
"""Conditions can be read once the contexts that publish their facts are loaded."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="list | show | check | schema")
    listing = actions.add_parser("list", help="the playbooks of the library")
    showing = actions.add_parser("show", help="every value of a playbook with its origin")
    showing.add_argument("id")
    showing.add_argument(
        "--on", type=date.fromisoformat, help="the version in force that day (else the newest)"
    )
    for each in (listing, showing):
        each.add_argument("--lang", choices=("zh", "en"), default="en")
    checking = actions.add_parser("check", help="check files or folders (default: the library)")
    checking.add_argument("files", nargs="*", type=Path, metavar="FILE")
    actions.add_parser("schema", help="print the JSON Schema for editors")


def run(arguments: argparse.Namespace) -> int:
    match arguments.action:
        case "list":
            return _list(arguments.lang)
        case "show":
            return _show(arguments.id, arguments.on, arguments.lang)
        case "check":
            return _check(arguments.files)
        case _:
            sys.stdout.write(json_schema())
            return 0


def _list(language: str) -> int:
    loaded, errors = load_all(_files([LIBRARY]), facts=APPLICANT)
    for playbook in loaded:
        period = f"{playbook.effective_from} – {playbook.effective_to or ''}".rstrip()
        print(f"{playbook.id}  {playbook.version}  {period}  {playbook.title.in_language(language)}")
    return _report(errors)


def _show(id_: str, on: date | None, language: str) -> int:
    loaded, errors = load_all(_files([LIBRARY]), facts=APPLICANT)
    known = [each for each in loaded if each.id == id_ and (on is None or each.is_in_force(on))]
    if not known:
        ids = ", ".join(sorted({each.id for each in loaded})) or "none"
        day = f" in force on {on}" if on else ""
        print(f"no playbook “{id_}”{day}; the library has: {ids}", file=sys.stderr)
        return _report(errors) or 2
    for line in _shown(known[-1], language):
        print(line)
    return 0


def _shown(playbook: Playbook, language: str) -> Iterator[str]:
    yield f"{playbook.title.in_language(language)} ({playbook.id} {playbook.version})"
    yield f"{playbook.file}  sha256 {playbook.sha256}"
    yield ""
    for line in outline(playbook, language):
        references = f" {', '.join(line.ref)}" if line.ref else ""
        yield f"{line.path} = {line.value}  [{line.origin}{references}]"
        if line.why is not None:
            yield f"    {line.why.in_language(language)}"


def _check(files: list[Path]) -> int:
    found = _files(files or [LIBRARY])
    if not found:
        print("no playbook file there", file=sys.stderr)
        return 2
    loaded, errors = load_all(found, facts=APPLICANT)
    for playbook in loaded:
        examples = playbook.number_of_examples
        print(f"{playbook.file}: {playbook.id} {playbook.version} is in order, {examples} examples pass")
    return _report(errors)


def _files(paths: Iterable[Path]) -> list[Path]:
    return [file for path in paths for file in (sorted(path.glob("*.toml")) if path.is_dir() else [path])]


def _report(errors: list[PlaybookError]) -> int:
    for error in errors:
        print(error, file=sys.stderr)
    return 1 if errors else 0
