"""`fugong gate`: the process to which gates send their scans. `serve` and `demo` start one."""

from __future__ import annotations

import argparse
from pathlib import Path

from django.conf import settings

from fugong.passage.ingest.process import Place
from fugong.passage.ingest.process import run as keep_gates


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--address", default="127.0.0.1", help="where to listen")
    parser.add_argument("--port", type=int, default=None, help="FUGONG_GATE_PORT; 0 takes any free one")
    parser.add_argument("--certificate", type=Path, metavar="FILE", help="for HTTPS, with its chain (PEM)")
    parser.add_argument("--key", type=Path, metavar="FILE", help="the key of --certificate (PEM)")


def run(arguments: argparse.Namespace) -> int:
    port = settings.FUGONG_GATE_PORT if arguments.port is None else arguments.port
    place = Place(
        address=arguments.address,
        port=port,
        certificate=arguments.certificate,
        key=arguments.key,
        admission=settings.FUGONG_GATE_ADMISSION or None,
    )
    keep_gates(place, on_ready=lambda taken: print(f"Gates are kept at port {taken}.", flush=True))
    return 0
