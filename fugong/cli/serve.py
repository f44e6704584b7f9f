"""`fugong serve`: the server, its jobs worker and the database, until Ctrl-C."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from fugong.cli import database
from fugong.hosting import record, schema
from fugong.hosting.certificates import Certificate, read_own, wall_clock
from fugong.hosting.faults import HostingFault
from fugong.hosting.reach import EVERYWHERE, local_certificate, phone_certificate
from fugong.hosting.server import Processes, serve


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--address", help="where to listen (127.0.0.1; 0.0.0.0 is on all networks)")
    parser.add_argument("--port", type=int, default=8000, help="8000; 0 takes any free one")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="web processes")
    parser.add_argument("--no-worker", action="store_true", help="run clocks and jobs elsewhere")
    secure = parser.add_argument_group("HTTPS")
    secure.add_argument("--certificate", type=Path, metavar="FILE", help="one's own, with its chain (PEM)")
    secure.add_argument("--key", type=Path, metavar="FILE", help="the key of --certificate (PEM, PKCS #8)")
    secure.add_argument("--local-authority", action="store_true", help="make certificates here")
    secure.add_argument("--phone", action="store_true", help="local authority, on all networks, for phones")
    secure.add_argument(
        "--host", action="append", default=[], metavar="NAME", help="a name or address of this server"
    )


def run(arguments: argparse.Namespace) -> int:
    schema.require_current(say=database.say)
    if told := record.missing_keys():
        database.say(told)
    return serve(
        address=arguments.address or (EVERYWHERE if arguments.phone else "127.0.0.1"),
        port=arguments.port,
        certificate=_certificate(arguments),
        processes=Processes(web=arguments.workers, jobs=not arguments.no_worker),
        every_moment=database.chores(),
    )


def _certificate(arguments: argparse.Namespace) -> Certificate | None:
    if bool(arguments.certificate) != bool(arguments.key):
        raise HostingFault("--certificate and --key go together.")
    if arguments.certificate:
        return read_own(arguments.certificate.absolute(), arguments.key.absolute(), now=wall_clock())
    if arguments.phone:
        return phone_certificate(database.home(), hosts=arguments.host)
    if arguments.local_authority:
        address = arguments.address or "127.0.0.1"
        return local_certificate(database.home(), address=address, hosts=arguments.host)
    return None
