"""`fugong export trace FILE`: who received a list of people that turned up somewhere."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from fugong.areas import queries as areas
from fugong.core.clock import LOCAL
from fugong.core.exports.tracing import trace
from fugong.hosting.faults import HostingFault

FOUND, UNKNOWN, NOT_DONE = 0, 1, 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=("trace",))
    parser.add_argument("file", type=Path, metavar="FILE", help="Excel, CSV or text, also a part of it")
    parser.add_argument("--authority", metavar="CODE", help="one authority (default: all)")
    parser.epilog = "Ends with 0; with 1 when it cannot be said; with 2 when it could not be done."


def run(arguments: argparse.Namespace) -> int:
    authorities = [each for each in areas.list_authorities() if arguments.authority in (None, each.code)]
    if not authorities:
        print("fugong export: there is no such authority.", file=sys.stderr)
        return NOT_DONE
    content, found = _read(arguments.file), False
    for authority in authorities:
        traced = trace(content, authority.id)
        for row in traced.exports:
            found = True
            made = row.made_at.astimezone(LOCAL)
            print(
                f"{authority.code}: export {row.number} of {row.table}, made for {row.by_name} on"
                f" {made:%Y-%m-%d %H:%M}: {row.reason}"
            )
        print(f"{authority.code}: {traced.signs} signs in the file, {traced.compared} exports compared.")
    if not found:
        print("It cannot be said: too little of the mark is left, or it is none of ours.")
    return FOUND if found else UNKNOWN


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise HostingFault(f"{file} cannot be read: {error.strerror}.") from None
