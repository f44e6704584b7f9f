"""`fugong demo`: everything from nothing to a running Fugong that holds the Datong case."""

from __future__ import annotations

import argparse
import importlib
import os
import shutil
import time
from pathlib import Path

import django

from fugong.cli import database
from fugong.core.postgres.cluster import Cluster

SCENARIO = "datong"
LOADED = "scenario-loaded"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000, help="port on this machine (8000)")
    parser.add_argument("--no-browser", action="store_true", help="do not open a browser")
    parser.add_argument("--fresh", action="store_true", help="start over: what was done in the demo is lost")
    parser.add_argument("--phone", action="store_true", help="let phones in the same network reach it")


def run(arguments: argparse.Namespace) -> int:
    home = database.home() / "demo"
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
        os.environ.setdefault("FUGONG_CLOCK", "2022-04-28T08:30+08:00")
        django.setup()
        # By name: what touches rows can be imported only now.
        demonstration = importlib.import_module("fugong.cli.demonstration")
        code: int = demonstration.run(arguments, home=home, scenario=SCENARIO, marker=home / LOADED)
        return code


def _clear(home: Path) -> None:
    """Also after a load that was cut off: half a story is none. Refuses while another demo runs on it."""
    Cluster(home, say=database.say).erase()
    shutil.rmtree(home / "files", ignore_errors=True)
    (home / LOADED).unlink(missing_ok=True)
