"""Finds the command, brings up what it needs (nothing, or the database and Django), and runs it."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from contextlib import nullcontext
from dataclasses import dataclass

import django
import psycopg

from fugong.cli import database
from fugong.core.postgres.faults import DatabaseFault
from fugong.hosting.faults import HostingFault


@dataclass(frozen=True, slots=True)
class Command:
    summary: str
    needs_database: bool


COMMANDS = {
    "demo": Command("set up and run a demonstration with the Datong case", needs_database=False),
    "serve": Command("run the server", needs_database=True),
    "worker": Command("run the clocks and the jobs (serve starts one itself)", needs_database=True),
    "gate": Command("answer the gates (serve starts one itself)", needs_database=True),
    "turnstile": Command("be a turnstile, or try one out", needs_database=False),
    "found": Command("set up the first authority and its three administrators", needs_database=True),
    "migrate": Command("bring the database to this version's tables", needs_database=True),
    "playbook": Command("list, show and check playbooks", needs_database=False),
    "rehearse": Command("say whose level a playbook would change, if it were in force", needs_database=True),
    "bulletin": Command("print the bulletin of a day, or verify published ones", needs_database=True),
    "audit": Command("verify the audit chain", needs_database=True),
    "destroy": Command("plan, run, certify and verify the end of data", needs_database=True),
    "export": Command("say who received a list of people", needs_database=True),
    "facts": Command("list and send again what could not be delivered", needs_database=True),
    "backup": Command("keep the database and the files in one file", needs_database=True),
    "restore": Command("bring a backup back", needs_database=False),
    "upgrade": Command("back up, then bring the database to this version", needs_database=False),
    "keys": Command("keep the keys in a sealed file, bring them back, change them", needs_database=False),
    "doctor": Command("say what is missing on this machine", needs_database=False),
}


def main(argv: list[str] | None = None) -> int:
    words = sys.argv[1:] if argv is None else argv
    if not words or words[0] not in COMMANDS:
        _overview().parse_args(words or ["--help"])
        return 2
    name = words[0]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fugong.settings.base")
    try:
        with database.running() if COMMANDS[name].needs_database else nullcontext():
            return _run(name, words[1:])
    except (DatabaseFault, HostingFault, psycopg.OperationalError) as fault:
        print(f"fugong {name}: {fault}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _run(name: str, words: list[str]) -> int:
    if COMMANDS[name].needs_database:
        django.setup()
    # By name, because a command's module may only be imported once Django is ready for it.
    module = importlib.import_module(f"fugong.cli.{name}")
    parser = argparse.ArgumentParser(prog=f"fugong {name}", description=COMMANDS[name].summary)
    module.add_arguments(parser)
    code: int = module.run(parser.parse_args(words))
    return code


def _overview() -> argparse.ArgumentParser:
    lines = "\n".join(f"  {name:10} {command.summary}" for name, command in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="fugong",
        description="Fugong: who may go back to work, when and how, and the proof of every figure.",
        epilog=f"commands:\n{lines}\n\nfugong COMMAND --help tells more.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=COMMANDS, metavar="COMMAND")
    return parser
