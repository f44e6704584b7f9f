"""`fugong serve`: the server, its jobs worker and the database, until Ctrl-C."""

from __future__ import annotations

import argparse
import os

from fugong.cli import database
from fugong.hosting.server import Processes, serve


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--address", default="127.0.0.1", help="where to listen (0.0.0.0: on all networks)")
    parser.add_argument("--port", type=int, default=8000, help="0: any free one")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="web processes")
    parser.add_argument("--no-worker", action="store_true", help="run clocks and jobs elsewhere")


def run(arguments: argparse.Namespace) -> int:
    return serve(
        address=arguments.address,
        port=arguments.port,
        processes=Processes(web=arguments.workers, jobs=not arguments.no_worker),
        every_moment=database.look_after,
    )
