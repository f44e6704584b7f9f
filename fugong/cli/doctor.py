"""`fugong doctor`: what is missing on this machine, and what to do about it. Needs no database."""

from __future__ import annotations

import argparse

from fugong.cli import database
from fugong.hosting import health


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--address", default="127.0.0.1", help="where the server is to listen (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="8000")
    parser.add_argument("--tests", action="store_true", help="also what the browser tests need")


def run(arguments: argparse.Namespace) -> int:
    found = health.checks(
        database.home(), address=arguments.address, port=arguments.port, for_tests=arguments.tests
    )
    for check in found:
        print(f"{'ok  ' if check.ok else 'MEND'}  {check.name:10} {check.sentence}")
        if check.remedy:
            print(f"{'':18}{check.remedy}")
    wrong = sum(not check.ok for check in found)
    print(f"{wrong} of {len(found)} must be mended." if wrong else "Nothing is missing.")
    return 1 if wrong else 0
