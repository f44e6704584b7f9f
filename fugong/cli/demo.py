"""`fugong demo`: everything from nothing to a running Fugong that holds one of the cases."""

from __future__ import annotations

import argparse
import importlib
import os
import shutil
import time
import tomllib
from pathlib import Path
from typing import Any

import django

from fugong.cli import database
from fugong.core.postgres.cluster import Cluster

SCENARIOS = Path(__file__).resolve().parents[1] / "scenarios"
FIRST = "datong"
LOADED = "scenario-loaded"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000, help="port on this machine (8000)")
    parser.add_argument("--no-browser", action="store_true", help="do not open a browser")
    parser.add_argument("--fresh", action="store_true", help="start over: what was done in the demo is lost")
    parser.add_argument("--phone", action="store_true", help="let phones in the same network reach it")
    parser.add_argument("--scenario", choices=list(_heads()), default=FIRST, help=f"the case ({FIRST})")
    parser.add_argument(
        "--part", type=_part, default=1, help="play one of so many equal parts of a large case, to be quick"
    )


def run(arguments: argparse.Namespace) -> int:
    home = database.home() / _folder(arguments)
    os.environ["FUGONG_HOME"] = str(home)
    if not arguments.phone:
        os.environ.setdefault("FUGONG_PUBLIC_URL", f"http://localhost:{arguments.port}")
    # The demonstration's administrators sign in with a password alone; a real site's do not.
    os.environ.setdefault("FUGONG_ADMIN_MFA", "0")
    if home.exists() and (arguments.fresh or not (home / LOADED).exists()):
        _clear(home)
    with database.running():
        # The clock starts where the story ends, or after what was done in the demonstration since.
        os.environ["FUGONG_CLOCK_ANCHOR"] = str(int(time.time()))
        os.environ.setdefault("FUGONG_CLOCK", _heads()[arguments.scenario]["ends_at"].isoformat())
        django.setup()
        # By name: what touches rows can be imported only now.
        demonstration = importlib.import_module("fugong.cli.demonstration")
        code: int = demonstration.run(arguments, home=home, marker=home / LOADED)
        return code


def _heads() -> dict[str, dict[str, Any]]:
    """What each case says of itself, by its name; read before anything else of Fugong can be."""
    files = sorted(SCENARIOS.glob("*/scenario.toml"))
    return {file.parent.name: tomllib.loads(file.read_text(encoding="utf-8")) for file in files}


def _part(text: str) -> int:
    part = int(text)
    if not 1 <= part <= 100:
        raise argparse.ArgumentTypeError("a whole number from 1 to 100")
    return part


def _folder(arguments: argparse.Namespace) -> str:
    """Each case has its own, and so has each part of one."""
    name = "demo" if arguments.scenario == FIRST else f"demo-{arguments.scenario}"
    return name if arguments.part == 1 else f"{name}-{arguments.part}"


def _clear(home: Path) -> None:
    """Also after a load that was cut off: half a story is none. Refuses while another demo runs on it."""
    Cluster(home, say=database.say).erase()
    shutil.rmtree(home / "files", ignore_errors=True)
    (home / LOADED).unlink(missing_ok=True)
