"""`fugong worker`: the clocks and the jobs, as a process of its own. `serve` and `demo` start one."""

from __future__ import annotations

import argparse

from fugong import worker


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """It takes none: all it does is in the database."""


def run(arguments: argparse.Namespace) -> int:
    worker.run()
    return 0
