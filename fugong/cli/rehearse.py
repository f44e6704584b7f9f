"""`fugong rehearse`: a playbook that is not in force yet, tried on the record. Changes nothing."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from fugong.areas import queries as areas
from fugong.clearance.queries import Rehearsal, named_level, rehearse
from fugong.core import clock
from fugong.core.refusals import Invalid
from fugong.core.tenancy import acting_for
from fugong.hosting import schema
from fugong.playbooks import queries as playbooks


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the playbook, a TOML file")
    parser.add_argument("--authority", metavar="CODE", required=True, help="whose record it is tried on")
    parser.add_argument(
        "--from", dest="from_day", metavar="DAY", type=date.fromisoformat, help="in force from; else today"
    )
    parser.add_argument("--lang", choices=("zh", "en"), default="en")


def run(arguments: argparse.Namespace) -> int:
    schema.require_current(say=lambda said: print(said, file=sys.stderr))
    authority = areas.find_authority(arguments.authority)
    if authority is None:
        print("fugong rehearse: there is no such authority.", file=sys.stderr)
        return 2
    now = clock.now()
    try:
        playbook = playbooks.read_file(arguments.file)
    except Invalid as invalid:
        print(invalid, file=sys.stderr)
        return 1
    with acting_for(authority.id):
        found = rehearse(playbook, from_day=arguments.from_day or clock.local_date(now), now=now)
    _say(found, arguments.lang)
    return 0


def _say(found: Rehearsal, language: str) -> None:
    print(f"{found.changed} of {found.looked_at} people would stand at another level from {found.at} on.")
    for turn in found.turns:
        before, after = named_level(turn.before, found.before), named_level(turn.after, found.after)
        print(f"{len(turn.people):>8}  {before[language]} -> {after[language]}")
