"""`fugong worker`: the clocks and the jobs, as a process of its own."""

from __future__ import annotations

import argparse

from fugong import worker


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--until-orphaned",
        action="store_true",
        help="stop when the process that started it is gone (serve starts its worker so)",
    )


def run(arguments: argparse.Namespace) -> int:
    worker.run(until_orphaned=arguments.until_orphaned)
    return 0
